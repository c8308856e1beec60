import { withoutProofs } from '../interceptor-proof';
import type { JsonValue } from '../json';
import type { Difference } from './difference';

const MAX_SHOWN = 160;

/** A value on one line, cut, without a proof and without characters that steer a terminal. */
export function shownValue(value: JsonValue | undefined): string {
  const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const line = withoutProofs(text)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN - 1)}…` : line;
}

/** A difference in one line, for notices and logs. */
export function differenceText({ kind, subject, name, member, declared, deployed }: Difference): string {
  const what = `${subject} ${shownValue(name)}${member === undefined ? '' : ` ${shownValue(member)}`}`;
  const now = deployed === undefined ? '' : `: is ${shownValue(deployed)}`;
  const before = declared === undefined ? '' : `${now === '' ? ':' : ','} declared ${shownValue(declared)}`;
  return `${kind}: ${what}${now}${before}`;
}
