import { PROOF_ARGUMENT } from '../../../contract/interceptor-proof';
import type { JsonObject } from '../../../contract/json';
import type { DeclaredTrustedField } from '../../../contract/trusted-context';
import type { ToolCall } from '../../decision/model';
import type { Counterexample } from './check-invariants';

/** Arguments as a person may see them: without the interceptor's proof, which only the gateway knows. */
export function shownInput({ input }: ToolCall): JsonObject {
  return Object.fromEntries(Object.entries(input).filter(([name]) => name !== PROOF_ARGUMENT));
}

/** Trusted fields that a call lacks: proofs take no step of the interceptor for granted, and a person who reads the call would. */
export function unfilledFields({ tool, input }: ToolCall, fields: readonly DeclaredTrustedField[]): string[] {
  return fields
    .filter(({ name, tools, source }) => source.kind !== 'proof' && tools.includes(tool) && !Object.hasOwn(input, name))
    .map(({ name }) => name);
}

/** A call in one line: `tool {"a":1}, caller {"department":"x"} is ALLOW`. */
export function describeCall({ witness: { call, claims }, decision }: Counterexample): string {
  const caller =
    claims === undefined ? (call.principal.id === '' ? 'anybody' : call.principal.id) : JSON.stringify(claims);
  return `\`${call.tool}\` with ${JSON.stringify(shownInput(call))} by ${caller} is ${decision.outcome}`;
}

/** Names of the policies that decided a call. */
export function describePolicies({ decision }: Pick<Counterexample, 'decision'>): string {
  const failed = decision.errors.flatMap(({ policy }) => (policy === undefined ? [] : [`\`${policy}\`, which fails`]));
  const named = [...decision.determining.map((id) => `\`${id}\``), ...failed];
  return named.length === 0 ? 'no policy' : named.join(', ');
}
