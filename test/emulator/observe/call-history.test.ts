import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../lib/emulator/call-record';
import { CallHistory } from '../../../lib/emulator/observe/call-history';

function record(number: number, more: Partial<CallRecord> = {}): CallRecord {
  return {
    number,
    requestId: `r-${number}`,
    mode: 'ENFORCE',
    time: '2026-01-01T00:00:00.000Z',
    method: 'tools/call',
    who: 'ann',
    determining: [],
    flips: [],
    status: 200,
    durations: {},
    total: 1,
    ...more,
  };
}

const noSteps = () => ({ steps: { request: [], response: [] } });
const numbers = (records: readonly CallRecord[]) => records.map(({ number }) => number);

describe('the history of calls', () => {
  const history = new CallHistory();
  for (let number = 1; number <= 12_000; number += 1) {
    const more = number % 100 === 0 ? { outcome: 'DENY' as const, refusedBy: 'policy' as const, who: 'Otto' } : {};
    history.add(record(number, { input: { number }, explanation: 'why', ...more }), noSteps());
  }

  it('remembers the last ten thousand, and the last five hundred of them in full', () => {
    expect(history.last).toBe(12_000);
    expect(history.find(2_000)).toBeUndefined();
    expect(history.find(2_001)?.record.requestId).toBe('r-2001');
    expect(history.find(11_500)).toEqual({ record: expect.not.objectContaining({ input: expect.anything() }) });
    expect(history.find(11_501)).toMatchObject({ record: { input: { number: 11_501 } }, details: {} });
  });

  it('gives pages of bounded length, forwards and backwards, and no more than is asked for', () => {
    expect(history.list({})).toHaveLength(500);
    expect(numbers(history.list({ after: 11_998 }))).toEqual([11_999, 12_000]);
    expect(numbers(history.list({ before: 6_000, limit: 2 }))).toEqual([5_998, 5_999]);
    expect(numbers(history.list({ before: 2_003 }))).toEqual([2_001, 2_002]);
    expect(numbers(history.list({ refused: true, limit: 2 }))).toEqual([11_900, 12_000]);
    expect(numbers(history.list({ text: 'oTTo', before: 12_000, limit: 1 }))).toEqual([11_900]);
    expect(history.list({ text: 'nobody' })).toEqual([]);
  });

  it('keeps the beginning of what is long, and arguments not at all', () => {
    const long = 'x'.repeat(1_000_000);
    const steps = { request: [{ step: 's', ms: 1, outcome: 'changed' as const, arguments: { long } }], response: [] };
    const decided = { now: new Date(), explanation: () => ({ decision: {} as never, candidates: [] }) };
    history.add(record(12_001, { input: { long } }), { steps, sent: { long }, answer: { long }, decided });
    const kept = history.find(12_001);
    expect(JSON.stringify(kept).length).toBeLessThan(50_000);
    expect(kept?.record).not.toHaveProperty('input');
    expect(kept?.details?.steps.request).toEqual([{ step: 's', ms: 1, outcome: 'changed' }]);
    expect(kept?.details).not.toHaveProperty('decided');
    expect(kept?.details?.sent).toMatch(/\.\.\. 1000011 characters$/);
  });
});
