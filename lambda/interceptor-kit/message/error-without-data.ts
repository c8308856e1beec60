import { INTERCEPTOR_DENIAL_TEXT } from '../../../lib/contract/decision';
import { isJsonObject, type JsonObject } from '../../../lib/contract/json';
import { DENIALS, type DenialReason } from './denial';

/** The reason of a denial that the kit itself made, told by its code and words; undefined for whatever else an error is. */
export function ownReason({ code, message, data }: JsonObject): DenialReason | undefined {
  const reason = isJsonObject(data) ? data['reason'] : undefined;
  if (typeof reason !== 'string' || !Object.hasOwn(DENIALS, reason)) return undefined;
  const denial = DENIALS[reason as DenialReason];
  const text = `${INTERCEPTOR_DENIAL_TEXT} ${denial.text}`;
  const isOwn = message === text || (typeof message === 'string' && message.startsWith(`${text}: `));
  return isOwn && code === denial.code ? (reason as DenialReason) : undefined;
}

/**
 * An error without the data that a target attached, in which nobody can tell rows and fields. Its message stays; of a denial of the kit's own,
 * its reason and the id of the invocation as well.
 */
export function errorWithoutData(error: JsonObject): JsonObject {
  const { code, message } = error;
  const bare: JsonObject = {};
  if (code !== undefined) bare['code'] = code;
  if (message !== undefined) bare['message'] = message;
  const reason = ownReason(error);
  if (reason === undefined) return bare;
  const requestId = isJsonObject(error['data']) ? error['data']['requestId'] : undefined;
  const isId = typeof requestId === 'string' && /^[0-9a-z-]{1,36}$/i.test(requestId);
  return { ...bare, data: isId ? { reason, requestId } : { reason } };
}
