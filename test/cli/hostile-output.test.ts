import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { DecisionRecord } from '../../lib/contract/decision-record/record';
import { logLinesOf, recordOf } from '../decisions/observed';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

/** What somebody writes who wants to be more than text, in whatever shows it: terminals, logs of CI servers, Markdown, HTML, spreadsheets. */
const FRAGMENTS = [
  '\u001b[2J\u001b[31m',
  '\u001b]8;;https://evil.example\u0007',
  '\u009b31m',
  '\r  ok      all is well',
  '\n  ok      all is well',
  '\n::stop-commands::x',
  '\n##vso[task.complete]',
  '\u2028',
  '\u202edlrow',
  '\u2066\u200f',
  '\udb40\udc41',
  '\ud800',
  '\u0000\u0008\u007f',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</td></tr></table>',
  '[a](javascript:alert(1))',
  'https://evil.example/?q=1 www.evil.example',
  '@everyone #1',
  '`x` ```',
  ' | a | b |',
  "=cmd|' /C calc'!A0",
  '\\',
  '\t',
  'a'.repeat(3_000),
  '\u00e9\u4e2d\ud83d\ude00',
];

const hostile = fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const TOOLS = ['Underwriting___create_application', 'Underwriting___invoke_risk_model'];

/** Calls as our own records and as the platform's log have them, with a hostile text wherever a text can stand. */
const calls = fc.record({
  caller: hostile,
  tool: fc.oneof(hostile, fc.constantFrom(...TOOLS)),
  policy: hostile,
  key: hostile,
});
type Call = typeof calls extends fc.Arbitrary<infer T> ? T : never;

function linesOf({ caller, tool, policy, key }: Call): string {
  const more: Partial<DecisionRecord> = {
    key,
    caller,
    tool,
    outcome: 'denied',
    refusedBy: 'policy',
    reason: `Policy evaluation denied due to ${policy}`,
    decided: { outcome: 'DENY', policies: [policy], flipping: [policy], mismatched: [policy] },
  };
  const refused: Partial<DecisionRecord> = { ...more, key: `${key}2`, refusedBy: 'interceptor', reason: policy };
  return [recordOf(more), recordOf(refused), ...logLinesOf('DENY', false, [policy], key)]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

/** Signs that move a cursor, turn the direction of text, or that nobody sees. */
const HIDDEN = /(?![\n\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/u;
/** A line that a CI server takes for a command. */
const COMMAND = /^\s*(?:::|##)/m;
/** What is left in Markdown where a hostile text became more than text. */
const MARKUP = /[<>`]|\]\(|:\/\/|www\.|@(?!&#8203;)|(?<!&)#\d|javascript:alert\(/;

const app = new CommandLine(UNDERWRITING);
afterAll(() => app.remove());

async function shown(call: Call, command: string, format: string): Promise<string> {
  app.write('calls.jsonl', linesOf(call));
  const { out, err } = await app.run([
    command,
    ...(command === 'decisions' ? [] : INPUT),
    '--file',
    'calls.jsonl',
    '--format',
    format,
  ]);
  expect({ command, err }).toEqual({ command, err: '' });
  expect(out).not.toMatch(HIDDEN);
  return out;
}

/** Fewer runs of what runs policy tests each time. */
const runsOf = (command: string): { numRuns: number } => ({ numRuns: RUNS[command] ?? 25 });
const RUNS: { readonly [command: string]: number } = { promote: 8, report: 4 };

describe('what callers, tools and policies are called, and why something was refused', () => {
  it.each(['decisions', 'replay', 'promote'])(
    'adds no line, command or colour to what %s prints, and has its bounds',
    async (command) => {
      const benign = await shown({ caller: 'p_ann', tool: 'x___y', policy: 'cap', key: 'k' }, command, 'text');
      await fc.assert(
        fc.asyncProperty(calls, async (call) => {
          const out = await shown({ ...call, tool: TOOLS[0] ?? '' }, command, 'text');
          expect(out.split('\n').length).toBeLessThanOrEqual(benign.split('\n').length + 4);
          expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(1_500);
          expect(out).not.toMatch(COMMAND);
        }),
        runsOf(command),
      );
    },
  );

  it.each(['decisions', 'replay', 'promote', 'report'])('is text in the Markdown of %s', async (command) => {
    await fc.assert(
      fc.asyncProperty(calls, async (call) => {
        const out = await shown(call, command, 'markdown');
        // Policies of a report stand in code of their own; escaped signs mean nothing.
        const prose = out.replace(/^(`{3,})cedar\n[\s\S]*?^\1$/gm, '').replace(/\\[!-/:-@[-`{-~]/g, '');
        expect(prose.replace(/^> /gm, '')).not.toMatch(MARKUP);
        for (const table of prose.split(/\n(?!\|)/).filter((part) => part.startsWith('|'))) {
          const columns = table.split('\n').map((row) => row.split('|').length);
          expect(new Set(columns).size).toBe(1);
        }
      }),
      runsOf(command),
    );
  });

  it('is text in the page of a report', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (call) => {
        const out = await shown(call, 'report', 'html');
        const tags = [...out.matchAll(/<([a-z!/][a-z0-9]*)/gi)].map(([, tag = '']) =>
          tag.replace('/', '').toLowerCase(),
        );
        expect(
          tags.filter((tag) => ['script', 'img', 'iframe', 'object', 'embed', 'base', 'form'].includes(tag)),
        ).toEqual([]);
        expect(out).not.toMatch(/<[^>]*\son\w+=/);
        expect(out.match(/<table>/g)?.length).toBe(out.match(/<\/table>/g)?.length);
      }),
      runsOf('report'),
    );
  });

  it.each(['decisions', 'replay', 'promote'])(
    'is the same text to a program that reads the JSON of %s',
    async (command) => {
      await fc.assert(
        fc.asyncProperty(calls, async (call) => {
          const texts: unknown[] = [];
          JSON.parse(await shown({ ...call, tool: TOOLS[0] ?? '' }, command, 'json'), (_, value: unknown) => {
            texts.push(value);
            return value;
          });
          if (command === 'decisions')
            expect(JSON.stringify(texts)).toContain(JSON.stringify(call.caller).slice(1, -1));
        }),
        runsOf(command),
      );
    },
  );

  it('begins no finding of its own where a finding names it', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        for (const args of [
          [text],
          ['decisions', '--file', `${text}.jsonl`],
          ['decisions', `--${text}`],
          ['decisions', '--since', text, '--file', 'a'],
        ]) {
          const { code, out, err } = await app.run(args);
          expect(code).not.toBe(0);
          expect(out).toBe('');
          expect(err).not.toMatch(HIDDEN);
          expect(err).not.toMatch(COMMAND);
          expect(err.trimEnd().split('\n')).toHaveLength(2);
          expect(err).toMatch(/^error\[[A-Z_]+\]: .*\n {2}help: /);
        }
      }),
      runsOf('findings'),
    );
  });
});
