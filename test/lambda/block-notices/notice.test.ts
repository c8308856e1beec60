import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settledWindow } from '../../../lambda/block-notices/handler';
import { noticesOf } from '../../../lambda/block-notices/notice';
import { renderChat } from '../../../lambda/block-notices/render/chat';
import { renderText } from '../../../lambda/block-notices/render/text';
import { safeText } from '../../../lambda/block-notices/safe-text';
import { tokenOf } from '../../../lambda/interceptor-kit/testing';
import type { DenialLine } from '../../../lib/contract/denial-line';
import { CONFIG, denialLine } from './lines';

const WINDOW = { from: Date.parse('2026-11-20T02:35:00Z'), to: Date.parse('2026-11-20T02:40:00Z') };
const PLACE = { region: 'eu-west-1', logGroup: '/aws/lambda/response' };
const noticesFor = (...lines: DenialLine[]) => noticesOf(lines, WINDOW, CONFIG);

describe('a block notice', () => {
  it('lets you go back to sleep', () => {
    const lines = Array.from({ length: 12 }, (_, n) =>
      denialLine({ invocation: `i-${10 + n}`, arguments: { amount: String(9_000 + n), 'owner.ssn': '123-45' } }),
    );
    const [notice, ...others] = noticesFor(...lines);
    expect(others).toEqual([]);
    if (notice === undefined) throw new Error('no notice');
    expect(renderText(notice, PLACE)).toBe(
      [
        'Blocked 12 times: ann called Claims___pay at claims',
        'When: 2026-11-20 02:35 to 02:40 UTC',
        'Tool: the tool never ran',
        'Reason: Policy evaluation denied due to amount_cap-abcdefghij',
        'Policy: amount_cap: Payments of up to 5,000',
        'Argument: amount = 9000, 9001, 9002',
        'Argument: owner.ssn = [masked]',
        '',
        '- Nothing, if this call should not go through: it did not.',
        '- If it should: write it as a policy test, and change policies/amount-cap.cedar until it passes.',
        '- If somebody is trying: governed-gateway lock --caller ann --for 2h --reason TEXT',
        '',
        'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#xray:traces/1-0123abcd-0123456789abcdef01234567',
      ].join('\n'),
    );
    expect(JSON.parse(renderChat(notice, PLACE))).toMatchObject({
      version: '1.0',
      source: 'custom',
      content: { textType: 'client-markdown', title: ':no_entry: Blocked 12 times: ann called Claims___pay at claims' },
    });
  });

  it('is one per caller, tool and reason, in any order of the lines', () => {
    const lines = [
      denialLine({ invocation: 'a' }),
      denialLine({ invocation: 'b', caller: 'bob' }),
      denialLine({ invocation: 'c', tool: 'Claims___query' }),
      denialLine({ invocation: 'd', reason: 'No policy applies to the request (denied by default).', policies: [] }),
      denialLine({ invocation: 'e', time: '2026-11-20T02:36:00.000Z' }),
    ];
    const expected = noticesFor(...lines);
    expect(expected.map(({ count }) => count)).toEqual([2, 1, 1, 1]);
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(noticesFor(...shuffled)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it.each<[DenialLine['by'], string, string]>([
    ['policy', 'the tool never ran', 'it did not'],
    ['request-interceptor', 'the tool never ran', 'docs/interceptors.md'],
    ['response-interceptor', 'may have run', 'whether the tool changed anything'],
  ])('of a denial by the %s says only what is known', (by, ran, step) => {
    const text = noticesFor(denialLine({ by })).map((notice) => renderText(notice, PLACE));
    expect(text.join()).toContain(ran);
    expect(text.join()).toContain(step);
  });

  it('of what has no trace leads to its line in the log', () => {
    const [notice] = noticesFor(denialLine({ trace: undefined, tool: 'other', caller: null }));
    const text = notice === undefined ? '' : renderText(notice, PLACE);
    expect(text).toContain('an unknown caller called tools/call');
    expect(text).toContain('log-group/$252Faws$252Flambda$252Fresponse/log-events$3FfilterPattern$3D');
  });
});

describe('a block notice of hostile denials', () => {
  const SECRETS = [
    tokenOf({ sub: 'eve' }),
    'AKIAIOSFODNN7EXAMPLE',
    'password=hunter2hunter2',
    'xoxb-123456789012-abcdefghijkl',
  ];
  const MARKUP = [
    '<!channel>',
    '<https://evil.example|click>',
    '```',
    '<script>alert(1)</script>',
    '&lt;b&gt;',
    '*bold*',
    '~gone~',
  ];
  const LINES = ['\n', '\r\n', '\u2028', '\u0000', '\u202e', '\u001b[31m', '\u200b'];
  const piece = fc.oneof(
    fc.constantFrom(...SECRETS, ...MARKUP, ...LINES),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const hostile = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(' '));
  const line = fc.record({
    caller: hostile,
    reason: hostile,
    method: hostile,
    name: hostile,
    value: hostile,
    trace: hostile,
  });

  it('shows no secret, opens no markup, and stays short', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (all) => {
        const lines = all.map(({ name, value, ...more }, index) =>
          denialLine({ ...more, invocation: String(index), arguments: { [name]: value, ssn: value } }),
        );
        for (const notice of noticesFor(...lines)) {
          const text = renderText(notice, PLACE);
          const chat = JSON.parse(renderChat(notice, PLACE)) as { content: { title: string; description: string } };
          const { title, description } = chat.content;
          for (const secret of SECRETS) expect(text + title + description).not.toContain(secret);
          const link = description.slice(description.lastIndexOf('\n'));
          const shown = [text, title, description.slice(0, -link.length), notice.steps.join()];
          for (const each of shown) expect(each).not.toMatch(/[<>&~|]|[^\P{C}\n]|\p{Zl}/u);
          for (const each of description.split('\n').slice(0, -1)) expect(each).toMatch(/^\*[A-Z]\w+\* `[^`\n]*`$/);
          expect(link).toMatch(/^\n<https:\/\/eu-west-1\.console\.aws\.amazon\.com\/[^<>|\s]+\|Show the call>$/);
          expect(text.split('\n').length).toBeLessThan(24);
          expect(text.length).toBeLessThan(4_500);
          expect(title.length).toBeLessThanOrEqual(250);
          for (const { name, values } of notice.arguments) if (name === 'ssn') expect(values).toEqual(['[masked]']);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('names a caller in a command only when no shell reads more into it', () => {
    const many = (caller: string) =>
      noticesFor(...Array.from({ length: 10 }, (_, n) => denialLine({ caller, invocation: String(n) }))).flatMap(
        ({ steps }) => steps,
      );
    expect(many('ann@example.com').join()).toContain('--caller ann@example.com ');
    for (const caller of ['$(rm -rf .)', '; reboot', '--all', 'a b'])
      expect(many(caller).join()).toContain('--caller SUB ');
  });

  it('is cut by characters, never in the middle of one', () => {
    expect(safeText('😀'.repeat(10), 3)).toBe('😀😀😀…');
  });
});

describe('the window of a schedule', () => {
  it('is whole, settled, and comes once, however late or early the schedule is', () => {
    const start = Date.parse('2026-11-20T02:00:00Z');
    fc.assert(
      fc.property(
        fc.constantFrom(2, 3, 4, 5, 6, 10, 12, 15, 20, 30),
        fc.array(fc.integer({ min: -29_000, max: 59_000 }), { minLength: 10, maxLength: 10 }),
        (minutes, jitters) => {
          const length = minutes * 60_000;
          const windows = jitters.map((jitter, n) => settledWindow(start + n * length + 60_000 + jitter, minutes));
          for (const [n, { from, to }] of windows.entries())
            expect([from, to]).toEqual([start + (n - 1) * length, start + n * length]);
        },
      ),
    );
  });
});
