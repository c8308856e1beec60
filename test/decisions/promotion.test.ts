import { describe, expect, it } from 'vitest';
import { readExpectations } from '../../lib/decisions/expectations';
import { EvidenceCollector, type EvidenceOptions } from '../../lib/decisions/promote/evidence';
import { promotionText } from '../../lib/decisions/promote/render-promotion';
import { promotionOf } from '../../lib/decisions/promote/verdict';
import { callsOf, recordOf } from './observed';

const NOW = new Date('2026-11-28T12:00:00Z');
const TOOLS = ['a___x', 'a___y'];
const TERMS = { minDecisions: 4, minDays: 7, tools: TOOLS };
const FINE = { validation: [], failedTests: [], tests: 3, drift: [] };
const ALLOW = { outcome: 'ALLOW', policies: ['p'], flipping: [], mismatched: [] } as const;
const DENY = { outcome: 'DENY', policies: ['cap'], flipping: [], mismatched: [] } as const;

function call(tool: string, day: number, decided: object = ALLOW, more: object = {}) {
  const time = `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`;
  return recordOf({ tool, time, key: `p_${tool}_${day}`, mode: 'LOG_ONLY', decided: decided as typeof ALLOW, ...more });
}

const WEEK = [call('a___x', 20), call('a___y', 22), call('a___x', 25), call('a___y', 28)];

function promoted(lines: readonly object[], more: Partial<EvidenceOptions> = {}, findings = FINE) {
  const settledAt = new Date(NOW.getTime() - 900_000);
  const collector = new EvidenceCollector({ expectations: [], now: NOW, settledAt, logOnly: new Map(), ...more });
  for (const one of callsOf(...lines).calls) collector.add(one);
  return promotionOf(collector.result(), TERMS, findings);
}

const wrongIn = (report: ReturnType<typeof promoted>) =>
  report.checks.flatMap(({ name, answer }) => (answer === 'yes' || answer === 'not asked' ? [] : [name]));

describe('a gateway may go to ENFORCE', () => {
  it('when everything was seen for long enough and nothing speaks against it', () => {
    const report = promoted(WEEK);
    expect([report.promote, wrongIn(report)]).toEqual([true, []]);
    expect(promotionText(report, 'text')).toMatch(/^yes: the gateway may go to ENFORCE/);
  });

  it.each<[string, readonly object[], object, string]>([
    ['too few decisions', WEEK.toSpliced(2, 1), {}, 'enough decisions'],
    ['too short a time', [...WEEK.slice(0, 2), call('a___x', 23), call('a___y', 24)], {}, 'long enough'],
    ['a tool that nobody called', WEEK.map((one) => ({ ...one, tool: 'a___x' })), {}, 'every tool seen'],
    ['a would-be denial', [...WEEK, call('a___x', 26, DENY)], {}, 'would-be denials are expected'],
    ['an undecided call', [...WEEK, call('a___x', 26, { ...DENY, outcome: 'ERROR' })], {}, 'no undecided call'],
    [
      'a policy in LOG_ONLY that cannot be evaluated',
      [...WEEK, call('a___x', 26, { ...ALLOW, mismatched: ['later'] })],
      {},
      'LOG_ONLY policies can be evaluated',
    ],
    [
      'nothing that knows it',
      WEEK.map((one) => ({ ...one, decided: undefined, mode: 'ENFORCE' })),
      {},
      'LOG_ONLY policies can be evaluated',
    ],
    [
      'a call that nobody can decide',
      [...WEEK, { ...call('a___x', 26), decided: undefined }],
      {},
      'every decision is known',
    ],
    ['a finding of the validation', WEEK, { validation: ['POLICY_X: wrong'] }, 'policies are valid'],
    ['a failed test', WEEK, { failedTests: ['f: t'] }, 'policy tests pass'],
    ['no test', WEEK, { tests: 0 }, 'policy tests pass'],
    ['something else deployed', WEEK, { drift: ['policy cap is missing'] }, 'deployed as declared'],
  ])('not with %s', (_, lines, findings, name) => {
    const report = promoted(lines, {}, { ...FINE, ...findings });
    expect([report.promote, wrongIn(report)]).toEqual([false, [name]]);
    expect(promotionText(report, 'markdown')).toContain('may not go to ENFORCE');
  });

  it('with would-be denials that are listed with a reason, until their day', () => {
    const lines = [...WEEK, call('a___x', 26, DENY)];
    const list = (until: string) =>
      readExpectations('e', `- { tool: a___x, policy: cap, reason: meant, until: "${until}" }`);
    expect(promoted(lines, { expectations: list('2026-12-31') }).promote).toBe(true);
    expect(promoted(lines, { expectations: list('2026-11-27') }).promote).toBe(false);
  });

  it('by calls that have settled: a younger one neither helps nor hurts', () => {
    const young = { ...call('a___x', 28, DENY), time: '2026-11-28T11:50:00.000Z', key: 'p_young' };
    const report = promoted([...WEEK, young]);
    expect(report.promote).toBe(true);
    expect(report.checks.find(({ name }) => name === 'settled')?.detail).toBe('1 younger calls are left out');
  });
});

describe('a policy in LOG_ONLY may become ACTIVE', () => {
  const logOnly = new Map([['later', new Set(['a___x'])]]);
  const x = [20, 21, 25, 28].map((day) => call('a___x', day));

  it('when it was evaluated often enough, never erred, and changes nothing unexpected', () => {
    expect(promoted([...x, call('a___y', 26)], { logOnly }).policies).toMatchObject([
      { policy: 'later', promote: true },
    ]);
  });

  it.each<[string, readonly object[], string]>([
    ['calls of other tools only', WEEK, 'enough decisions'],
    [
      'a change that nobody expects',
      [...x, call('a___x', 26, { ...ALLOW, flipping: ['later'] })],
      'changes are expected',
    ],
    ['an error', [...x, call('a___x', 26, { ...ALLOW, mismatched: ['later'] })], 'it can be evaluated'],
  ])('not after %s', (_, lines, name) => {
    const [policy] = promoted(lines, { logOnly }).policies;
    expect([
      policy?.promote,
      policy?.checks.filter(({ answer }) => answer === 'no').map((check) => check.name),
    ]).toEqual([false, [name]]);
  });
});
