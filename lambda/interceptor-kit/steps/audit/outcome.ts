import type { AuditRecord } from '../../../../lib/contract/audit-record';
import { DENIAL_TEXT } from '../../../../lib/contract/decision';
import { isJsonObject, type JsonValue } from '../../../../lib/contract/json';
import type { Conclusion } from '../../chain/step';

type Ending = Pick<AuditRecord, 'outcome' | 'reason'>;

/** How a message ended, told from what the client gets to see. */
export function outcomeOf({ point, outcome, denial, body }: Conclusion): Ending {
  if (outcome === 'probe') return { outcome };
  if (denial !== undefined) return { outcome: 'denied', reason: denial.reason };
  if (point === 'REQUEST') return { outcome: outcome === 'answered' ? 'answered' : 'forwarded' };
  return isJsonObject(body) ? (errorEnding(body['error']) ?? resultEnding(body['result'])) : { outcome: 'allowed' };
}

/** An error of the REQUEST interceptor, of a policy, or of the gateway or target. */
function errorEnding(error: JsonValue | undefined): Ending | undefined {
  if (!isJsonObject(error)) return undefined;
  const { data, message, code } = error;
  if (isJsonObject(data) && typeof data['reason'] === 'string')
    return { outcome: 'denied', reason: data['reason'].slice(0, 64) };
  return policyDenial(message) ?? { outcome: 'failed', reason: `error ${typeof code === 'number' ? code : ''}`.trim() };
}

/** A result can be a denial too, see `denialResponse`. */
function resultEnding(result: JsonValue | undefined): Ending {
  if (!isJsonObject(result) || result['isError'] !== true) return { outcome: 'allowed' };
  const [first] = Array.isArray(result['content']) ? result['content'] : [];
  const text = isJsonObject(first) ? first['text'] : undefined;
  return policyDenial(text) ?? { outcome: 'failed', reason: 'tool error' };
}

function policyDenial(text: JsonValue | undefined): Ending | undefined {
  if (typeof text !== 'string' || !text.includes(DENIAL_TEXT)) return undefined;
  const reason = /\[(.{1,512})\]/.exec(text)?.[1];
  return { outcome: 'denied', reason: reason === undefined ? 'policy' : `policy: ${reason}` };
}
