import type { JsonValue } from '../../contract/json';
import type { ArgumentFacts } from '../statements/argument-types';
import type { PolicyCondition } from '../statements/expression';
import { ANYBODY, listed } from './callers';
import type { PackCaller, PackCase, PackContent, PackStatement } from './pack';
import type { PackGateway } from './pack-gateway';

/** A value of the argument, and what becomes of a call with it. */
export interface Tried {
  readonly name: string;
  readonly value: JsonValue;
  readonly expect: PackCase['expect'];
  /** @default - anybody */
  readonly caller?: PackCaller;
}

/** A condition on one argument of some tools. */
export interface ArgumentLimit {
  readonly tools: readonly string[];
  readonly argument: string;
  /** Calls for which it does not hold are denied. */
  readonly allowed: PolicyCondition;
  readonly description: string;
  readonly comment: string;
  /** Sentence of the invariant, by how the tools are called. */
  readonly invariant: (tools: string) => string;
  /** Calls for the tests, by what the argument is. */
  readonly tried: (facts: ArgumentFacts) => readonly Tried[];
}

/** A pack that forbids calls by an argument: one policy for all tools in which it is the same, tested on the first of them. */
export function argumentLimit(gateway: PackGateway, limit: ArgumentLimit): PackContent {
  const { tools, argument, allowed, description, comment, invariant, tried } = limit;
  const groups = gateway.alike(gateway.tools(tools), argument);
  const statements = groups.map(
    ({ actions }, index): PackStatement => ({
      ...(index > 0 && { name: String(index + 1) }),
      effect: 'forbid',
      on: { actions },
      unless: allowed,
      description,
      comment,
      invariant: invariant(listed(actions)),
    }),
  );
  const cases = groups.flatMap(({ actions: [tool], facts }): PackCase[] => {
    if (tool === undefined) return [];
    const given = tried(facts).map(({ value, caller = ANYBODY, ...one }) => ({
      ...one,
      caller,
      tool,
      arguments: { [argument]: value },
    }));
    const without = { name: `no ${argument}`, caller: ANYBODY, tool, expect: 'DENY' } as const;
    // A trusted field is always there: without it the interceptor denies the call.
    return facts.optional && !gateway.isTrusted(tool, argument) ? [...given, without] : given;
  });
  return { description, statements, cases };
}
