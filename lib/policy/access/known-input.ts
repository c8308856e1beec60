import type { TrustedValue } from '../../contract/trusted-value';
import type { Expr, PolicyJson } from '../cedar/cedar';

/** The arguments that a call has: their values, or undefined where the value is unknown. */
export type KnownInput = ReadonlyMap<string, TrustedValue | undefined>;

/**
 * A policy in which `context.input has x` and `context.input.x` are answered as far as they are known. Cedar's own partial
 * evaluation takes a record with an unknown member as unknown altogether.
 */
export function withKnownInput(policy: PolicyJson, input: KnownInput): PolicyJson {
  const conditions = policy.conditions.map((clause) => ({ ...clause, body: answer(clause.body, input) as Expr }));
  return { ...policy, conditions };
}

function answer(node: unknown, input: KnownInput): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((item) => answer(item, input));
  const { has, '.': member } = node as { has?: Access; '.'?: Access };
  if (has !== undefined && isInput(has.left) && typeof has.attr === 'string') return { Value: input.has(has.attr) };
  if (member !== undefined && isInput(member.left) && typeof member.attr === 'string' && input.has(member.attr)) {
    const value = input.get(member.attr);
    return value === undefined ? { unknown: [{ Value: member.attr }] } : { Value: value };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, answer(value, input)]));
}

interface Access {
  readonly left: unknown;
  readonly attr: unknown;
}

/** Whether an expression is `context.input`. */
function isInput(node: unknown): boolean {
  const member = (node as { '.'?: { left?: { Var?: string }; attr?: string } } | undefined)?.['.'];
  return member?.left?.Var === 'context' && member.attr === 'input';
}
