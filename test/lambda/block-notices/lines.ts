import { type DenialLine, embeddedMetric } from '../../../lib/contract/denial-line';

/** A denial in the window from 02:35 to 02:40, with some members of its own. */
export function denialLine(more: Partial<DenialLine> = {}): DenialLine {
  return {
    denial: 1,
    time: '2026-11-20T02:37:00.000Z',
    gateway: 'claims',
    tool: 'Claims___pay',
    method: 'tools/call',
    caller: 'ann',
    by: 'policy',
    reason: 'Policy evaluation denied due to amount_cap-abcdefghij',
    policies: ['amount_cap-abcdefghij'],
    arguments: { amount: '9000' },
    trace: '0123abcd0123456789abcdef01234567',
    invocation: 'i-1',
    ...more,
  };
}

/** The line as it stands in the log. */
export function logged(line: DenialLine): string {
  return JSON.stringify(embeddedMetric(line));
}

export const CONFIG = {
  version: 1,
  maskedFields: ['ssn'],
  policies: [{ name: 'amount_cap', description: 'Payments of up to 5,000', file: 'policies/amount-cap.cedar' }],
} as const;
