import type { Location } from '../../diagnostics/diagnostic';
import type { Clause, Expr, PolicyJson } from '../cedar';
import type { PreparedPolicy } from '../policy-set';
import { locateInPolicy } from '../statement-text';
import type { ConditionCoverage, ExpressionCoverage, PolicyCoverage } from './coverage-report';
import { outline, type Span } from './statement-outline';

/** Value of a probe: undefined when its evaluation errs. */
export type Values = (probe: string) => boolean | undefined;

interface Seen {
  isTrue: boolean;
  isFalse: boolean;
}

interface ConditionCounter extends Seen {
  readonly clause: Clause;
  readonly operator: '&&' | '||' | undefined;
  readonly operands: readonly Expr[];
  readonly seen: readonly Seen[];
}

/** Counts what calls see of one policy. */
export class CoverageCounter {
  private reached = false;
  private applied = false;
  private readonly conditions: readonly ConditionCounter[];

  constructor(readonly policy: PreparedPolicy) {
    this.conditions = policy.json.conditions.map((clause) => {
      const { operator, operands } = operandsOf(clause.body);
      const seen = operands.map(() => ({ isTrue: false, isFalse: false }));
      return { clause, operator, operands, seen, isTrue: false, isFalse: false };
    });
  }

  /** Permits with the policy's scope and one expression each: those that hold are named in the decision. */
  probes(prefix: string): [string, PolicyJson][] {
    const { principal, action, resource } = this.policy.json;
    const probe = (conditions: Clause[]): PolicyJson => ({ effect: 'permit', principal, action, resource, conditions });
    const found: [string, PolicyJson][] = [[prefix, probe([])]];
    for (const [index, { clause, operands }] of this.conditions.entries()) {
      found.push([`${prefix}.${index}`, probe([{ kind: 'when', body: clause.body }])]);
      for (const [position, body] of operands.entries()) {
        found.push([`${prefix}.${index}.${position}`, probe([{ kind: 'when', body }])]);
      }
    }
    return found;
  }

  count(prefix: string, values: Values): void {
    if (values(prefix) !== true) return;
    this.reached = true;
    for (const [index, condition] of this.conditions.entries()) {
      const value = values(`${prefix}.${index}`);
      note(condition, value);
      for (const [position, seen] of condition.seen.entries()) {
        const operand = values(`${prefix}.${index}.${position}`);
        note(seen, operand);
        if (operand === undefined || operand === (condition.operator === '||')) break;
      }
      if (value !== (condition.clause.kind === 'when')) return;
    }
    this.applied = true;
  }

  report(gatewayArn: string): PolicyCoverage {
    const { policy, text } = this.policy;
    const place = ({ start, end }: Span): Location => locateInPolicy(policy, gatewayArn, start, end);
    const found = outline(text);
    const conditions = this.conditions.map((condition, index): ConditionCoverage => {
      const written = found?.conditions[index];
      const whole = written?.body ?? { start: 0, end: text.length };
      // Brackets can hide how the text is joined; then the operands stand where the whole condition stands.
      const spans = written?.operands.length === condition.operands.length ? written.operands : [];
      const expression = (span: Span, seen: Seen): ExpressionCoverage => ({
        text: text.slice(span.start, span.end),
        seenTrue: seen.isTrue,
        seenFalse: seen.isFalse,
        location: place(span),
      });
      const operands = condition.seen.map((seen, position) => expression(spans[position] ?? whole, seen));
      return {
        ...expression(whole, condition),
        kind: condition.clause.kind,
        operands: operands.length > 1 ? operands : [],
      };
    });
    const expressions = conditions.flatMap((condition) => [condition, ...condition.operands]);
    const marks = [this.applied, ...expressions.flatMap((entry) => [entry.seenTrue, entry.seenFalse])];
    return {
      policy: policy.id,
      reached: this.reached,
      applied: this.applied,
      conditions,
      points: { seen: marks.filter(Boolean).length, total: marks.length },
      location: place(found?.effect ?? { start: 0, end: 1 }),
    };
  }
}

function note(seen: Seen, value: boolean | undefined): void {
  if (value === true) seen.isTrue = true;
  if (value === false) seen.isFalse = true;
}

/** What `&&` or `||` joins at the top of an expression. Cedar's tree leans to the left. */
function operandsOf(body: Expr): { operator: '&&' | '||' | undefined; operands: Expr[] } {
  for (const operator of ['&&', '||'] as const) {
    const joined = joint(body, operator);
    if (joined === undefined) continue;
    const left = operandsOf(joined.left);
    const first = left.operator === operator ? left.operands : [joined.left];
    return { operator, operands: [...first, joined.right] };
  }
  return { operator: undefined, operands: [body] };
}

function joint(body: Expr, operator: '&&' | '||'): { left: Expr; right: Expr } | undefined {
  return (body as { readonly [key: string]: { left: Expr; right: Expr } | undefined })[operator];
}
