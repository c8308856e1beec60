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
  const member = inputMember(node);
  if (member?.operator === 'has') return { Value: input.has(member.name) };
  if (member !== undefined && input.has(member.name)) {
    const value = input.get(member.name);
    return value === undefined ? { unknown: [{ Value: member.name }] } : { Value: value };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, answer(value, input)]));
}

/** The argument that `context.input has x` or `context.input.x` names; undefined for any other expression. */
function inputMember(node: object): { readonly operator: 'has' | '.'; readonly name: string } | undefined {
  for (const operator of ['has', '.'] as const) {
    const access = (node as { readonly [O in typeof operator]?: Access })[operator];
    if (access !== undefined && isInput(access.left) && typeof access.attr === 'string') {
      return { operator, name: access.attr };
    }
  }
  return undefined;
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
