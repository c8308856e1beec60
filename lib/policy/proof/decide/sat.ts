import type { Literal } from './clauses';
import type { Steps } from './steps';

const ACTIVITY_GROWTH = 1.05;
const ACTIVITY_LIMIT = 1e100;

/**
 * Search for an assignment that satisfies clauses: unit propagation over two watched literals, learning from each conflict, and a preference
 * for variables of recent conflicts. Source: N. Een, N. Sorensson, "An extensible SAT-solver" (2003).
 */
export class Sat {
  private readonly values: (boolean | undefined)[];
  private readonly levels: number[];
  private readonly reasons: (readonly Literal[] | undefined)[];
  private readonly activities: number[];
  private readonly watches = new Map<Literal, Literal[][]>();
  private readonly trail: Literal[] = [];
  /** Length of the trail at each decision. */
  private readonly decisions: number[] = [];
  private propagated = 0;
  private growth = 1;
  private isContradiction = false;

  constructor(
    private readonly variables: number,
    clauses: readonly Literal[][],
    private readonly steps: Steps,
  ) {
    this.values = Array.from({ length: variables + 1 }, () => undefined);
    this.levels = Array.from({ length: variables + 1 }, () => 0);
    this.reasons = Array.from({ length: variables + 1 }, () => undefined);
    this.activities = Array.from({ length: variables + 1 }, () => 0);
    for (const clause of clauses) this.add(clause);
  }

  /** Adds a clause and takes every decision back. */
  add(clause: readonly Literal[]): void {
    this.backtrack(0);
    const open = clause.filter((literal) => this.valueOf(literal) !== false);
    if (open.some((literal) => this.valueOf(literal) === true)) return;
    const [first, second] = open;
    if (first === undefined) this.isContradiction = true;
    else if (second === undefined) this.assign(first, undefined);
    else this.watch(open);
  }

  /** The values of the variables by number, or undefined if there is no assignment. */
  solve(): readonly (boolean | undefined)[] | undefined {
    while (!this.isContradiction) {
      const conflict = this.propagate();
      if (conflict !== undefined) this.learn(conflict);
      else if (!this.decide()) return this.values;
    }
    return undefined;
  }

  private valueOf(literal: Literal): boolean | undefined {
    const value = this.values[Math.abs(literal)];
    return value === undefined ? undefined : value === literal > 0;
  }

  private watch(clause: Literal[]): void {
    for (const literal of clause.slice(0, 2)) {
      const watching = this.watches.get(-literal);
      if (watching === undefined) this.watches.set(-literal, [clause]);
      else watching.push(clause);
    }
  }

  private assign(literal: Literal, reason: readonly Literal[] | undefined): void {
    const variable = Math.abs(literal);
    this.values[variable] = literal > 0;
    this.levels[variable] = this.decisions.length;
    this.reasons[variable] = reason;
    this.trail.push(literal);
  }

  /** The clause that cannot hold any more, if the assignment has consequences that contradict it. */
  private propagate(): readonly Literal[] | undefined {
    for (; this.propagated < this.trail.length; this.propagated += 1) {
      const literal = this.trail[this.propagated] as Literal;
      const watching = this.watches.get(literal) ?? [];
      const kept: Literal[][] = [];
      this.watches.set(literal, kept);
      for (const [index, clause] of watching.entries()) {
        this.steps.take();
        if (this.moveWatch(clause, -literal)) continue;
        kept.push(clause);
        const [other] = clause as [Literal];
        if (this.valueOf(other) === true) continue;
        if (this.valueOf(other) === false) {
          kept.push(...watching.slice(index + 1));
          return clause;
        }
        this.assign(other, clause);
      }
    }
    return undefined;
  }

  /** Lets a clause whose watched literal became false watch another one; puts the watched literal that stays first. */
  private moveWatch(clause: Literal[], falsified: Literal): boolean {
    if (clause[0] === falsified) [clause[0], clause[1]] = [clause[1] as Literal, falsified];
    if (this.valueOf(clause[0] as Literal) === true) return false;
    const index = clause.findIndex((literal, at) => at > 1 && this.valueOf(literal) !== false);
    if (index < 0) return false;
    [clause[1], clause[index]] = [clause[index] as Literal, falsified];
    const watching = this.watches.get(-(clause[1] as Literal));
    if (watching === undefined) this.watches.set(-(clause[1] as Literal), [clause]);
    else watching.push(clause);
    return true;
  }

  private learn(conflict: readonly Literal[]): void {
    if (this.decisions.length === 0) {
      this.isContradiction = true;
      return;
    }
    const clause = this.analyze(conflict);
    const [asserted, second] = clause as [Literal, Literal | undefined];
    this.backtrack(second === undefined ? 0 : (this.levels[Math.abs(second)] ?? 0));
    if (second !== undefined) this.watch(clause);
    this.assign(asserted, second === undefined ? undefined : clause);
  }

  /** The clause of the first unique implication point; the literal that it asserts is first, then one of the highest level. */
  private analyze(conflict: readonly Literal[]): Literal[] {
    const seen = new Set<number>();
    const learnt: Literal[] = [];
    let open = 0;
    let at = this.trail.length;
    let reason = conflict;
    let point: Literal = 0;
    do {
      for (const literal of reason) {
        const variable = Math.abs(literal);
        if (literal === point || seen.has(variable) || this.levels[variable] === 0) continue;
        seen.add(variable);
        this.activities[variable] = (this.activities[variable] ?? 0) + this.growth;
        if (this.levels[variable] === this.decisions.length) open += 1;
        else learnt.push(literal);
      }
      do at -= 1;
      while (!seen.has(Math.abs(this.trail[at] as Literal)));
      point = this.trail[at] as Literal;
      reason = this.reasons[Math.abs(point)] ?? [];
      open -= 1;
    } while (open > 0);
    this.grow();
    const level = (literal: Literal): number => this.levels[Math.abs(literal)] ?? 0;
    return [-point, ...learnt.sort((a, b) => level(b) - level(a))];
  }

  private grow(): void {
    this.growth *= ACTIVITY_GROWTH;
    if (this.growth < ACTIVITY_LIMIT) return;
    this.growth /= ACTIVITY_LIMIT;
    for (const [variable, activity] of this.activities.entries()) this.activities[variable] = activity / ACTIVITY_LIMIT;
  }

  private backtrack(level: number): void {
    const length = this.decisions[level];
    if (length === undefined) return;
    for (const literal of this.trail.slice(length)) this.values[Math.abs(literal)] = undefined;
    this.trail.length = length;
    this.decisions.length = level;
    this.propagated = length;
  }

  /** Takes the open variable of the highest activity to be false; false if none is open. */
  private decide(): boolean {
    let best = 0;
    for (let variable = 1; variable <= this.variables; variable += 1) {
      if (this.values[variable] !== undefined) continue;
      if (best === 0 || (this.activities[variable] ?? 0) > (this.activities[best] ?? 0)) best = variable;
    }
    if (best === 0) return false;
    this.steps.take();
    this.decisions.push(this.trail.length);
    this.assign(-best, undefined);
    return true;
  }
}
