import { isJsonObject, type JsonValue } from '../json';
import { DECISION_RECORD_VERSION, type DecisionRecord } from './record';

type Check = (value: JsonValue | undefined) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const objectOf =
  (members: { readonly [name: string]: Check }): Check =>
  (value) =>
    isJsonObject(value) && Object.entries(members).every(([name, check]) => check(value[name]));
const eachOf =
  (check: Check): Check =>
  (value) =>
    isJsonObject(value) && Object.values(value).every(check);

/** A time as records have it: in UTC, to the millisecond, and one that there is. */
const isTime: Check = (value) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) && !Number.isNaN(new Date(value).getTime());

const isInput = objectOf({
  principal: objectOf({ type: isText, id: optional(isText) }),
  fits: isFlag,
  everyClaim: isFlag,
  claims: isJsonObject,
  hasClaims: eachOf(isFlag),
  arguments: isJsonObject,
  hasArguments: eachOf(isFlag),
  pseudonyms: eachOf(isText),
});

const isRecord = objectOf({
  decisionRecord: (value) => value === DECISION_RECORD_VERSION,
  part: oneOf('request', 'response', 'call'),
  key: isText,
  time: isTime,
  requestId: optional(isText),
  caller: (value) => value === null || isText(value),
  tool: isText,
  mode: oneOf('ENFORCE', 'LOG_ONLY'),
  sample: (value) => typeof value === 'number' && value > 0 && value <= 1,
  schema: optional(isText),
  input: optional(isInput),
  outcome: oneOf('forwarded', 'allowed', 'denied', 'undecided', 'failed'),
  refusedBy: optional(oneOf('interceptor', 'policy', 'target')),
  reason: optional(isText),
  decided: optional(
    objectOf({ outcome: oneOf('ALLOW', 'DENY', 'ERROR'), policies: isTexts, flipping: isTexts, mismatched: isTexts }),
  ),
});

/** Whether a parsed line is a record of this version. A line may come from anywhere, and have anything in it. */
export function isDecisionRecord(value: unknown): value is DecisionRecord {
  return isRecord(value as JsonValue);
}
