import { OAUTH_USER, type Principal, UNAUTHENTICATED_USER } from '../../contract/claims';
import { LIMITS } from '../../contract/limits';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { TrustedField } from '../../contract/trusted-context';
import { isIdentifier } from '../schema/identifier';
import { policyName } from '../source/policy-name';
import { quote } from '../text/cedar-string';
import { tokens } from '../text/lexer';
import { cutAtGateway } from '../text/statement-text';

/** Start of the ids of policies that the library adds to a set. */
const GUARD_ID_PREFIX = 'governed-gateway/requires-';

/** Stands in the origin of policies that no file holds. */
export const GUARD_ORIGIN = 'trusted-context';

/** Characters of the longest gateway ARN with quotes, which takes the slot's place. */
const ARN_ROOM = 170;

/**
 * One policy per trusted field that denies a call of its tools when the field is missing: without the interceptor that fills
 * it, forbids on the field would no longer match. Fields of many tools need several policies, because statements are limited.
 * There are none for a gateway without authorization: the service refuses policies about its callers.
 * @param callers entity type of the gateway's callers: every gateway has one type
 */
export function trustedContextGuards(
  fields: readonly TrustedField[],
  nameSeed: string,
  callers: Principal['type'] = OAUTH_USER,
): DesiredPolicy[] {
  if (callers === UNAUTHENTICATED_USER) return [];
  return fields.flatMap((field) => {
    const chunks = chunked(field, callers);
    return chunks.map((actions, index) => {
      const id = `${GUARD_ID_PREFIX}${field.name}${chunks.length === 1 ? '' : `-${index + 1}`}`;
      const description = `Denies calls whose trusted argument ${field.name} was not filled by the gateway.`;
      return guardPolicy(id, statement(field.name, actions, callers), description, nameSeed);
    });
  });
}

/** A policy that the library adds to a set. */
export function guardPolicy(id: string, text: string, description: string, nameSeed: string): DesiredPolicy {
  return {
    id,
    name: policyName(nameSeed, id),
    effect: 'forbid',
    description,
    statementParts: cutAtGateway(text, 0, text.length, tokens(text)),
    validationMode: 'FAIL_ON_ANY_FINDINGS',
    enforcementMode: 'ACTIVE',
    origin: { file: GUARD_ORIGIN, line: 1, column: 1 },
  };
}

/** The principal is typed, because the service judges a forbid for every type of principal overly restrictive. */
function statement(field: string, actions: readonly string[], callers: string): string {
  const scope = actions.length === 1 ? `action == ${actions[0]}` : `action in [\n    ${actions.join(',\n    ')}\n  ]`;
  const name = isIdentifier(field) ? field : quote(field);
  return `forbid(
  principal is ${callers},
  ${scope},
  resource == ?resource
) unless {
  context.input has ${name}
};`;
}

/** The field's actions in lists that keep a statement below its limits. */
function chunked(field: TrustedField, callers: string): string[][] {
  const room = LIMITS.statementMaxBytes - Buffer.byteLength(statement(field.name, ['', ''], callers)) - ARN_ROOM;
  const chunks: string[][] = [];
  let left = 0;
  for (const tool of new Set(field.tools)) {
    const action = `AgentCore::Action::${quote(tool)}`;
    const size = Buffer.byteLength(action) + ',\n    '.length;
    if (size > left) {
      chunks.push([]);
      left = room;
    }
    chunks.at(-1)?.push(action);
    left -= size;
  }
  return chunks;
}
