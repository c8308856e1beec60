import type { AuditRecord } from '../../../lib/contract/audit-record';
import { DENIAL_TEXT } from '../../../lib/contract/decision';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { JSON_RPC_ERROR } from '../../../lib/contract/mcp';
import { ownReason } from '../message/error-without-data';
import type { Conclusion } from './step';

type Ending = Pick<AuditRecord, 'outcome' | 'reason' | 'toldBy'>;

/** How the reason of a denial by policy begins. */
export const BY_POLICY = 'policy: ';

/** The gateway's words for a denial by policy, and nothing else beside them: a target's answer only looks like it if it is the same. */
const POLICY_DENIAL = new RegExp(
  `^(?:AuthorizeActionException - )?${DENIAL_TEXT} Tool call not allowed due to policy enforcement \\[([^\\[\\]]{1,512})\\]$`,
);

/**
 * How a message ended. What a target says decides between success and failure only: a denial is told by the interceptor's own decision, and
 * by whole answers in the exact form of the kit's and the gateway's denials. Which of the two it was, the record says.
 */
export function outcomeOf({ point, outcome, denial, body }: Conclusion): Ending {
  if (outcome === 'probe') return { outcome };
  if (denial !== undefined) return { outcome: 'denied', reason: denial.reason, toldBy: 'interceptor' };
  if (point === 'REQUEST') return { outcome: outcome === 'answered' ? 'answered' : 'forwarded' };
  if (!isJsonObject(body)) return { outcome: 'allowed' };
  return isJsonObject(body['error']) ? errorEnding(body['error']) : resultEnding(body['result']);
}

/** An error of the REQUEST interceptor, of a policy, or of the gateway or target. */
function errorEnding(error: JsonObject): Ending {
  const reason = ownReason(error);
  if (reason !== undefined) return { outcome: 'denied', reason, toldBy: 'answer' };
  const { code, message } = error;
  const isBare = code === JSON_RPC_ERROR.denied && Object.keys(error).length === 2;
  const failed: Ending = { outcome: 'failed', reason: `error ${typeof code === 'number' ? code : ''}`.trim() };
  return (isBare ? policyDenial(message) : undefined) ?? failed;
}

/** A result can be a denial too, see `denialResponse`. */
function resultEnding(result: JsonValue | undefined): Ending {
  if (!isJsonObject(result) || result['isError'] !== true) return { outcome: 'allowed' };
  const content = Array.isArray(result['content']) ? result['content'] : [];
  const [first] = content;
  const isBare = content.length === 1 && !Object.hasOwn(result, 'structuredContent');
  const text = isBare && isJsonObject(first) ? first['text'] : undefined;
  return policyDenial(text) ?? { outcome: 'failed', reason: 'tool error' };
}

function policyDenial(text: JsonValue | undefined): Ending | undefined {
  const reason = typeof text === 'string' ? POLICY_DENIAL.exec(text)?.[1] : undefined;
  return reason === undefined ? undefined : { outcome: 'denied', reason: `${BY_POLICY}${reason}`, toldBy: 'answer' };
}
