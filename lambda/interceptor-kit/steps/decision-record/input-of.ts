import type { CedarRecord } from '../../../../lib/contract/arguments/cedar-type';
import { type Claims, IAM_ENTITY, OAUTH_USER, UNAUTHENTICATED_USER } from '../../../../lib/contract/claims';
import { projectionOf } from '../../../../lib/contract/decision-record/projection';
import { withPseudonyms } from '../../../../lib/contract/decision-record/pseudonyms';
import type { RecordedInput } from '../../../../lib/contract/decision-record/record';
import type { JsonValue } from '../../../../lib/contract/json';
import type { DecisionRecordConfig, RecordedTool } from '../../../../lib/contract/steps/decision-record';
import type { InterceptorConfig } from '../../../../lib/contract/steps/interceptor-config';
import type { ToolCall } from '../../message/call';
import { maskSecrets } from '../../message/secret-text';

/** A tool of the configuration with the type of its arguments. */
export interface KnownTool extends RecordedTool {
  readonly type: CedarRecord;
}

const CALLERS = { jwt: OAUTH_USER, iam: IAM_ENTITY, none: UNAUTHENTICATED_USER } as const;

/** What policies can read of a call that goes on. A value that looks like a secret is none of it: only its presence is recorded. */
export function inputOf(
  call: ToolCall,
  claims: Claims | undefined,
  { reads, type }: KnownTool,
  {
    key,
    authorization,
    config,
  }: { key: string; authorization: InterceptorConfig['authorization']; config: DecisionRecordConfig },
): RecordedInput {
  const projection = projectionOf({ claims, arguments: call.arguments }, reads, type);
  const id = authorization === 'none' ? '' : claims?.['sub'];
  const isKnown = reads.callerId && typeof id === 'string' && !config.pseudonymize.includes('sub');
  return {
    principal: { type: CALLERS[authorization], ...(isKnown ? { id } : {}) },
    ...withPseudonyms(projection, key, config.pseudonymize, looksSecret),
  };
}

function looksSecret(value: JsonValue): boolean {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return maskSecrets(text, '[redacted]') !== text;
}
