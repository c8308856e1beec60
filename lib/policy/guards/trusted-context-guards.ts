import { quote } from '../../contract/cedar-string';
import { OAUTH_USER, type Principal, UNAUTHENTICATED_USER } from '../../contract/claims';
import { PROOF_ARGUMENT, PROOF_CONDITION, PROOF_PLACEHOLDER } from '../../contract/interceptor-proof';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { DeclaredTrustedField } from '../../contract/trusted-context';
import { isIdentifier } from '../schema/identifier';
import { actionIn, chunked, forbid, guard } from './guard';

/** Bytes by which two proofs in the place of the placeholder make a statement longer. */
const PROOF_ROOM = 2 * PROOF_CONDITION.replace(PROOF_PLACEHOLDER, '0'.repeat(68)).length;

/**
 * Policies that deny a call which the REQUEST interceptor did not see. Where the gateway has a proof, they ask its tools for it; of every
 * other tool they ask whether its trusted fields are there, which a client can feign. Many tools need several policies, because statements
 * are limited. There are none for a gateway without authorization: the service refuses policies about its callers.
 * @param callers entity type of the gateway's callers: every gateway has one type
 */
export function trustedContextGuards(
  fields: readonly DeclaredTrustedField[],
  nameSeed: string,
  callers: Principal['type'] = OAUTH_USER,
): DesiredPolicy[] {
  if (callers === UNAUTHENTICATED_USER) return [];
  const proven = new Set(fields.filter(({ source }) => source.kind === 'proof').flatMap(({ tools }) => tools));
  return fields.flatMap((field) => {
    const isProof = field.source.kind === 'proof';
    const tools = isProof ? field.tools : field.tools.filter((tool) => !proven.has(tool));
    const text = (actions: readonly string[]): string =>
      forbid(callers, actionIn(actions), isProof ? PROVEN : present(field.name));
    const description = isProof
      ? 'Denies calls that the REQUEST interceptor did not see.'
      : `Denies calls whose trusted argument ${field.name} was not filled by the gateway.`;
    const chunks = chunked(tools, (actions) => text(actions) + ' '.repeat(isProof ? PROOF_ROOM : 0));
    return chunks.map((actions, index) => {
      const what = `${isProof ? 'interceptor' : field.name}${chunks.length === 1 ? '' : `-${index + 1}`}`;
      return guard(`requires-${what}`, description, text(actions), nameSeed);
    });
  });
}

const PROVEN = `context.input has ${PROOF_ARGUMENT} && ${PROOF_CONDITION}`;

function present(field: string): string {
  return `context.input has ${isIdentifier(field) ? field : quote(field)}`;
}
