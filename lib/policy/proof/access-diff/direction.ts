import { coversTool } from '../../decision/scope';
import type { Formula } from '../formula/formula';
import type { Witness } from '../witness/witness';
import type { AccessCause, AccessChange, AccessDecider, UndecidedAccess } from './access-change';
import type { Allowances } from './allowances';
import { isUntouched, type PreparedGateway, SharedDecisions } from './compared-gateway';
import { opening, type PolicyChange } from './policy-changes';
import { ToolComparison } from './tool-comparison';

/** One direction of a difference: calls that the first gateway allows and the second does not. */
export interface DirectionInput {
  readonly direction: AccessChange['direction'];
  readonly first: PreparedGateway;
  readonly second: PreparedGateway;
  readonly policies: readonly PolicyChange[];
  readonly allowances?: Allowances;
  readonly attack: boolean;
}

/** The gains, or the losses, of a change. */
export interface DirectionResult {
  readonly changes: readonly AccessChange[];
  readonly undecided: readonly UndecidedAccess[];
}

/** Looks at every tool of the first gateway. */
export function lookInto(input: DirectionInput): DirectionResult {
  const search = new Search(input);
  for (const tool of toolsOf(input.first)) search.tool(tool);
  return { changes: [...search.changes.values()], undecided: search.undecided };
}

/** Tools that somebody may be able to call. */
export function toolsOf({ set: { schema } }: PreparedGateway): string[] {
  return [...schema.tools.keys()].filter((tool) => !schema.denied.has(tool)).sort();
}

class Search {
  readonly changes = new Map<string, AccessChange>();
  readonly undecided: UndecidedAccess[] = [];
  private readonly decisions: SharedDecisions;

  constructor(private readonly input: DirectionInput) {
    this.decisions = new SharedDecisions(input.first, input.second);
  }

  tool(name: string): void {
    const { first, second, policies, allowances, attack } = this.input;
    if (isUntouched(name, first, second)) return;
    const comparison = new ToolComparison(name, first, second, this.decisions);
    const { prover } = this.decisions;
    const { formulas } = prover;
    const { tool, formula } = comparison;
    if (formula === formulas.false) return;
    const meant = allowances?.of(tool, formula, prover) ?? formulas.false;
    const found = this.causes(comparison).map(({ cause, among }) => this.ask(comparison, cause, among, meant));
    const isTouched = policies.some(
      ({ before, after }) => (before && coversTool(before.json, tool)) || (after && coversTool(after.json, tool)),
    );
    if (attack && isTouched && found.every((one) => one === 'never')) comparison.attack();
  }

  /** Why the tool's calls may differ, with the calls of each reason. */
  private causes(comparison: ToolComparison): { readonly cause: AccessCause; readonly among: Formula }[] {
    const { direction, policies, first, second } = this.input;
    const { prover } = this.decisions;
    const { formulas } = prover;
    if (comparison.otherHas === 'nothing') {
      const isSameCaller = first.gateway.principalType === second.gateway.principalType;
      return [{ cause: { kind: isSameCaller ? 'tool' : 'callers' }, among: formulas.true }];
    }
    const openings = policies.flatMap((change) => {
      const [own, other] = direction === 'gained' ? [change.after, change.before] : [change.before, change.after];
      const among = opening(own, other, comparison.tool, prover);
      return among === formulas.false ? [] : [{ cause: { kind: 'policy', change } as const, among }];
    });
    if (comparison.otherHas === 'the same') return openings;
    const rest = formulas.not(formulas.or(...openings.map(({ among }) => among)));
    return [...openings, { cause: { kind: 'arguments' }, among: rest }];
  }

  private ask(comparison: ToolComparison, cause: AccessCause, among: Formula, meant: Formula): string {
    const { formulas } = this.decisions.prover;
    const isNotMeant = formulas.and(among, formulas.not(meant));
    const answer = comparison.find(isNotMeant, !this.changes.has(keyOf(cause, false)));
    if (answer.kind === 'undecided') {
      const { direction } = this.input;
      this.undecided.push({ direction, cause, tool: comparison.name, reason: answer.reason });
    }
    if (answer.kind === 'found')
      this.add(comparison, { cause, among: isNotMeant, isMeant: false, witness: answer.found });
    if (answer.kind !== 'never' || meant === formulas.false) return answer.kind;
    const isMeant = formulas.and(among, meant);
    const covered = comparison.find(isMeant, !this.changes.has(keyOf(cause, true)));
    if (covered.kind === 'found')
      this.add(comparison, { cause, among: isMeant, isMeant: true, witness: covered.found });
    return covered.kind;
  }

  private add(comparison: ToolComparison, { cause, among, isMeant, witness }: Found): void {
    const key = keyOf(cause, isMeant);
    const known = this.changes.get(key) ?? {
      direction: this.input.direction,
      cause,
      isMeant,
      example: comparison.exampleOf(witness),
      tools: [],
      wholly: [],
      deciders: [],
    };
    const { name, isEveryCall } = comparison;
    this.changes.set(key, {
      ...known,
      tools: [...known.tools, name],
      wholly: [...known.wholly, ...(isEveryCall ? [name] : [])],
      deciders: isEveryCall ? known.deciders : joined([...known.deciders, ...comparison.deciders(among)]),
    });
  }
}

/** Calls that only one gateway allows, for one reason. */
interface Found {
  readonly cause: AccessCause;
  readonly among: Formula;
  readonly isMeant: boolean;
  readonly witness: Witness;
}

function keyOf(cause: AccessCause, isMeant: boolean): string {
  return JSON.stringify([cause.kind, cause.kind === 'policy' ? cause.change.id : '', isMeant]);
}

/** One entry for each part, with the first values that are known. */
function joined(deciders: readonly AccessDecider[]): AccessDecider[] {
  const found = new Map<string, AccessDecider>();
  for (const decider of deciders) {
    const key = JSON.stringify([decider.part.kind, decider.part.name, decider.isOfCaller]);
    const known = found.get(key);
    const tools = [...(known?.tools ?? []), ...decider.tools];
    found.set(key, { ...decider, ...known, tools });
  }
  return [...found.values()];
}
