import { describe, expect, it } from 'vitest';
import { projectionOf } from '../../lib/contract/decision-record/projection';
import type { DecisionRecord } from '../../lib/contract/decision-record/record';
import type { JsonObject } from '../../lib/contract/json';
import { readExpectations } from '../../lib/decisions/expectations';
import { DecideAgain } from '../../lib/decisions/replay/decide-again';
import { replayText } from '../../lib/decisions/replay/render-replay';
import { Replay, type ReplayOptions } from '../../lib/decisions/replay/replay';
import { recordedTools } from '../../lib/policy/decision/recorded-tools';
import { NOW, PAY, payPolicy, setOf, targets } from '../policy/subject';
import { callsOf, logLinesOf, recordOf } from './observed';

const BEFORE = payPolicy(
  'context.input.amount.lessThan(decimal("100.0")) && principal.hasTag("department")',
  'permit',
  '@id("cap")',
);
const before = setOf(BEFORE);

/** A record of a call under the policies as they were. */
function recorded(
  amount: number,
  more: Partial<DecisionRecord> = {},
  claims: JsonObject = { department: 'sales' },
): DecisionRecord {
  const tool = before.schema.tools.get(PAY);
  const facts = recordedTools(before)[PAY];
  if (tool === undefined || facts === undefined) throw new Error('no such tool');
  const projection = projectionOf({ claims, arguments: { 'employee-id': 'e', amount } }, facts.reads, tool.input);
  const input = { principal: { type: 'AgentCore::OAuthUser' as const }, pseudonyms: {}, ...projection };
  return recordOf({ schema: facts.schema, input, ...more });
}

function replayed(text: string, lines: readonly object[], more: Partial<ReplayOptions> = {}) {
  const replay = new Replay({ after: new DecideAgain(setOf(text)), now: NOW, ...more });
  for (const call of callsOf(...lines).calls) replay.add(call);
  return replay.result();
}

const CHANGED = payPolicy('context.input.amount.lessThan(decimal("50.0"))', 'permit', '@id("lower-cap")');

describe('a replay', () => {
  it('shows who loses and who gains a call, with the policies before and after', () => {
    const denied = {
      outcome: 'denied',
      refusedBy: 'policy',
      reason: 'No policy applies to the request (denied by default).',
    } as const;
    const report = replayed(CHANGED, [
      recorded(10, { key: 'p_1' }),
      recorded(70, { key: 'p_2' }),
      recorded(80, { key: 'p_3', time: '2026-11-21T10:00:00.000Z' }),
      recorded(20, { key: 'p_4', caller: 'p_bob', ...denied }, {}),
    ]);
    expect(report).toMatchObject({ calls: 4, compared: 4, same: 1, unexpected: 3, notRecorded: [], refused: 0 });
    expect(report.flips).toEqual([
      {
        tool: PAY,
        caller: 'p_alice',
        from: 'ALLOW',
        to: 'DENY',
        before: undefined,
        after: [],
        expected: false,
        calls: 2,
        firstTime: '2026-11-20T10:00:00.000Z',
        lastTime: '2026-11-21T10:00:00.000Z',
      },
      expect.objectContaining({
        caller: 'p_bob',
        from: 'DENY',
        to: 'ALLOW',
        before: [],
        after: ['lower-cap'],
        calls: 1,
      }),
    ]);
    expect(replayText(report, 'text')).toContain('allowed -> denied');
    expect(replayText(report, 'markdown')).toContain('| UNEXPECTED |');
  });

  it('decides by the policies as they were, where they are given', () => {
    const report = replayed(CHANGED, [recorded(70, { mode: 'LOG_ONLY' })], { before: new DecideAgain(before) });
    expect(report.flips).toMatchObject([{ from: 'ALLOW', before: ['cap'], to: 'DENY' }]);
    expect(replayed(CHANGED, [recorded(70, { mode: 'LOG_ONLY' })])).toMatchObject({ unknownBefore: 1, compared: 0 });
  });

  it('never guesses: says which policy reads what was not recorded', () => {
    const text = payPolicy('context.input has region && context.input.region == "EU"', 'permit', '@id("by-region")');
    expect(replayed(text, [recorded(1)])).toMatchObject({
      compared: 0,
      unexpected: 0,
      notRecorded: [{ key: 'argument /region, read by by-region', total: 1 }],
    });
  });

  it.each([
    ['a line that was cut', { ...recorded(1), input: { ...recorded(1).input, cut: true } }, /too long/],
    ['another schema of the tool', { ...recorded(1), schema: 'other' }, /schema of the tool/],
    ['a tool that is gone', { ...recorded(1), tool: 'hr-payroll___gone' }, /tool hr-payroll___gone/],
    ['a line of the response alone', recordOf({ part: 'response' }), /the call itself/],
  ])('gives no answer about %s', (_, line, text) => {
    const report = replayed(CHANGED, [line]);
    expect(report.compared).toBe(0);
    expect(report.notRecorded[0]?.key).toMatch(text);
  });

  it('gives no answer about log lines, which have no claims and no arguments', () => {
    expect(replayed(CHANGED, logLinesOf('ALLOW', true, ['a'])).notRecorded).toMatchObject([
      { key: expect.stringContaining('no record'), total: 1 },
    ]);
  });

  it('leaves out what an interceptor refused, and decides a misfit as the platform does', () => {
    const refused = recordOf({ outcome: 'denied', refusedBy: 'interceptor', reason: 'not-allowed' });
    const misfit = recorded(1e300, {
      key: 'p_2',
      outcome: 'undecided',
      refusedBy: 'policy',
      reason: 'Policy evaluation failed.',
    });
    expect(misfit.input?.fits).toBe(false);
    expect(replayed(CHANGED, [refused, misfit])).toMatchObject({ refused: 1, compared: 1, same: 1 });
  });

  it('is content with flips that somebody expects, until their day', () => {
    const list = (until: string) =>
      readExpectations('e.yaml', `expected:\n  - { tool: ${PAY}, to: DENY, reason: lower cap, until: "${until}" }`);
    const flip = [recorded(70)];
    expect(replayed(CHANGED, flip, { expectations: list('2026-11-20') })).toMatchObject({
      unexpected: 0,
      flips: [{ expected: true }],
    });
    expect(replayed(CHANGED, flip, { expectations: list('2026-11-19') })).toMatchObject({ unexpected: 1 });
  });
});

describe('a list of expectations', () => {
  it.each([
    ['no list', 'a: 1', 'no list'],
    ['broken YAML', '[', 'e.yaml'],
    ['no reason', '- { tool: "*" }', 'no `reason`'],
    ['no tool', '- { reason: r }', 'no `tool`'],
    ['a typo', '- { tool: "*", reason: r, polcy: x }', 'unknown member `polcy`'],
    ['no day', '- { tool: "*", reason: r, until: soon }', 'no day'],
    ['no outcome', '- { tool: "*", reason: r, to: NO }', 'none of ALLOW'],
    ['a number', '- { tool: 5, reason: r }', 'no text'],
  ])('says what is wrong with %s', (_, text, message) => {
    expect(() => readExpectations('e.yaml', text)).toThrow(message);
  });
});

it('shows hostile names as text', () => {
  const caller = '\u001b[31m<script>|x\n=cmd()';
  const report = replayed(CHANGED, [recorded(70, { caller })]);
  expect(replayText(report, 'text')).not.toContain('\u001b');
  expect(replayText(report, 'markdown')).toContain('?\\[31m\\<script\\>\\|x?=cmd\\(\\)');
  expect(targets).toHaveLength(1);
});
