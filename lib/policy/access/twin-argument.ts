import type { CedarRecord } from '../../contract/arguments/cedar-type';
import type { Expr, PolicyJson } from '../cedar/cedar';
import type { ToolSchema } from '../schema/schema-json';
import { inputMember, isInput } from './known-input';

/** The time of a call, which decides as an argument may. No argument has this name: a policy reads the time elsewhere. */
export const TIME = 'context.system.now';

/** A tool whose calls have a second value for one argument, or for the time, and what policies say of that value. */
export interface Twin {
  readonly tool: ToolSchema;
  /** Name of the argument that holds the second value. */
  readonly name: string;
  /** A policy that looks at the second value in the place of the first. Undefined for one that looks at all arguments as a whole. */
  readonly reading: (policy: PolicyJson) => PolicyJson | undefined;
}

/** Two calls that differ in nothing but one argument, as one call of a tool that has this argument twice. */
export function twinOf(tool: ToolSchema, argument: string): Twin {
  const { attributes } = tool.input;
  let name = `${argument} (second)`;
  while (attributes.has(name)) name += '+';
  const attribute =
    argument === TIME ? { type: { kind: 'datetime' } as const, required: true } : attributes.get(argument);
  const input: CedarRecord = {
    ...tool.input,
    attributes: new Map([...attributes, ...(attribute === undefined ? [] : [[name, attribute] as const])]),
  };
  return { tool: { ...tool, input }, name, reading: (policy) => reading(policy, argument, name) };
}

class LooksAtWhole extends Error {}

function reading(policy: PolicyJson, argument: string, twin: string): PolicyJson | undefined {
  try {
    const conditions = policy.conditions.map((clause) => ({
      ...clause,
      body: rewrite(clause.body, argument, twin) as Expr,
    }));
    return { ...policy, conditions };
  } catch (error) {
    if (error instanceof LooksAtWhole) return undefined;
    throw error;
  }
}

function rewrite(node: unknown, argument: string, twin: string): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((item) => rewrite(item, argument, twin));
  if (argument === TIME && isTime(node)) return { '.': { left: INPUT, attr: twin } };
  const member = inputMember(node);
  if (member !== undefined) {
    return member.name === argument ? { [member.operator]: { left: INPUT, attr: twin } } : node;
  }
  if (isInput(node)) throw new LooksAtWhole();
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, rewrite(value, argument, twin)]));
}

const INPUT = { '.': { left: { Var: 'context' }, attr: 'input' } } as const;

function isTime(node: unknown): boolean {
  const { '.': now } = node as { '.'?: { left?: { '.'?: { left?: { Var?: string }; attr?: string } }; attr?: string } };
  return now?.attr === 'now' && now.left?.['.']?.attr === 'system' && now.left['.'].left?.Var === 'context';
}
