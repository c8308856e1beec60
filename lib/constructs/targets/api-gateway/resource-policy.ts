import type { JsonObject, JsonValue } from '../../../contract/json';
import { listOf, objectOf } from '../source/members';
import type { OutboundCredential } from '../source/target-limits';

/** Conditions on where a request comes from. The gateway calls from a network of AWS's own, through the public endpoint. */
const NETWORK = /^aws:(?:sourcevpce?|vpcsourceip|sourceip|sourcevpcarn)$/i;

/**
 * Why a resource policy refuses the gateway, or undefined where that cannot be told. Source: developer guide of API Gateway, page
 * apigateway-authorization-flow: without credentials of IAM a request needs a statement that allows it; the gateway's role may be allowed
 * by its own policies instead.
 */
export function resourcePolicyProblem(policy: JsonValue | undefined, used: OutboundCredential): string | undefined {
  const statements = listsOf(objectOf(policy)['Statement']).map(objectOf).filter(isAboutCalls);
  if (statements.length === 0) return undefined;
  const denies = statements.filter(({ Effect, Principal }) => Effect === 'Deny' && isAnybody(Principal));
  if (denies.some((statement) => conditionKeys(statement).some((key) => NETWORK.test(key))))
    return 'denies calls by the network that they come from';
  if (used === 'role') return undefined;
  const allows = statements.filter(({ Effect, Principal }) => Effect === 'Allow' && isAnybody(Principal));
  if (allows.length === 0) return 'allows no caller without credentials of IAM, and the target sends none';
  const isBound = (statement: JsonObject): boolean => conditionKeys(statement).some((key) => NETWORK.test(key));
  return allows.every(isBound) ? 'allows calls from certain networks only' : undefined;
}

function isAboutCalls({ Action }: JsonObject): boolean {
  return listsOf(Action).some(
    (action) => typeof action === 'string' && /^(?:\*|execute-api:(?:\*|invoke))$/i.test(action),
  );
}

function isAnybody(principal: JsonValue | undefined): boolean {
  return principal === '*' || listsOf(objectOf(principal)['AWS']).includes('*');
}

function conditionKeys({ Condition }: JsonObject): string[] {
  return Object.values(objectOf(Condition)).flatMap((operands) => Object.keys(objectOf(operands)));
}

/** A list, or the one thing that stands for a list of one. */
function listsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value === undefined || Array.isArray(value) ? listOf(value) : [value];
}
