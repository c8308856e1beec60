import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readToolList } from '../../lib/cli/tool-list';
import type { DecisionRecord, RecordedInput } from '../../lib/contract/decision-record/record';
import { schemaHash } from '../../lib/contract/decision-record/schema-hash';
import { generateSchema } from '../../lib/policy/schema/schema';
import { recordOf } from '../decisions/observed';
import { CommandLine, UNDERWRITING } from './command-line';

const TOOLS = ['create_application', 'invoke_risk_model', 'approve_application'].map(
  (name) => `Underwriting___${name}`,
);
const [CREATE = '', RISK = ''] = TOOLS;
const FILES = ['--policies', 'policies', '--tools', 'tools.json'];
const app = new CommandLine(UNDERWRITING);
let schema: { readonly [tool: string]: string };

function recorded(tool: string, more: Partial<DecisionRecord>, daysAgo = 1): DecisionRecord {
  const isCreate = tool === CREATE;
  const input: RecordedInput = {
    principal: { type: 'AgentCore::OAuthUser' },
    fits: true,
    everyClaim: false,
    claims: isCreate ? {} : { department: 'finance' },
    hasClaims: {},
    arguments: isCreate ? { '/coverage_amount': 3_000_000 } : {},
    hasArguments: {},
    pseudonyms: {},
  };
  const time = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  return recordOf({ tool, time, input, schema: schema[tool] ?? '', key: `p_${tool}_${daysAgo}`, ...more });
}

function jsonLines(records: readonly object[]): string {
  return records.map((record) => JSON.stringify(record)).join('\n');
}

beforeAll(async () => {
  const targets = await readToolList('tools.json', UNDERWRITING['tools.json']);
  const tools = [...generateSchema(targets).tools.values()];
  schema = Object.fromEntries(tools.map(({ action, input }) => [action, schemaHash(input)]));
  const days = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const week = days.flatMap((day) => [
    recorded(CREATE, { mode: 'LOG_ONLY' }, day),
    recorded(RISK, { mode: 'LOG_ONLY' }, day),
  ]);
  app.write('log-only.jsonl', jsonLines(week));
  const refused = recorded(CREATE, {
    key: 'p_refused',
    outcome: 'denied',
    refusedBy: 'interceptor',
    reason: 'not-allowed',
  });
  app.write(
    'enforced.jsonl',
    `START\n${jsonLines([recorded(CREATE, {}), recorded(RISK, { caller: 'p_bob' }), refused])}\n`,
  );
  writeFileSync(join(app.cwd, 'enforced.jsonl.gz'), gzipSync(jsonLines([recorded(CREATE, {})])));
  app.write('changed/create.cedar', UNDERWRITING['policies/create.cedar'].replace('5000000.0', '2000000.0'));
  app.write('changed/risk.cedar', UNDERWRITING['policies/risk.cedar']);
});
afterAll(() => app.remove());

describe('decisions', () => {
  it('sums up by tool, caller and day, and says what was read', async () => {
    const { code, out } = await app.run(['decisions', '--file', 'enforced.jsonl', '--file', 'enforced.jsonl.gz']);
    expect(code).toBe(0);
    expect(out).toMatch(/4 calls from .* to /);
    expect(out).toMatch(new RegExp(`${CREATE} +2 +1\n`));
    expect(out).toContain('read: 4 from record');
  });

  it('is data and Markdown too, and knows since when', async () => {
    const json = await app.run(['decisions', '--file', 'log-only.jsonl', '--since', '3d', '--format', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({ total: 4, verdicts: { unknown: 4 }, lines: { record: 18, other: 0 } });
    const markdown = await app.run(['decisions', '--file', 'enforced.jsonl', '--format', 'markdown']);
    expect(markdown.out).toContain('### by tool\n\n|  | allowed | refused |');
  });

  it.each([
    ['no source', ['decisions'], 1, 'COMMAND_OPTION_MISSING'],
    ['no such file', ['decisions', '--file', 'none.jsonl'], 1, 'COMMAND_FILE_UNREADABLE'],
    ['a file about something else', ['decisions', '--file', 'tools.json'], 1, 'DECISIONS_NONE'],
    [
      'a time that is none',
      ['decisions', '--file', 'enforced.jsonl', '--since', 'monday'],
      3,
      'COMMAND_OPTION_INVALID',
    ],
  ])('says what is wrong with %s', async (_, args, code, finding) => {
    const answer = await app.run([...args, '--format', 'json']);
    expect([answer.code, JSON.parse(answer.out).diagnostics[0].code]).toEqual([code, finding]);
  });
});

describe('replay', () => {
  const changed = ['--policies', 'changed', '--tools', 'tools.json'];

  it('finds nothing where nothing changes', async () => {
    const { code, out } = await app.run(['replay', '--file', 'enforced.jsonl', ...FILES]);
    expect([code, out]).toEqual([0, expect.stringContaining('3 calls, 2 decided again: 2 as before, 0 otherwise')]);
  });

  it('ends with 2 for a flip that nobody expects, and with 0 for one that somebody does', async () => {
    const { code, out } = await app.run(['replay', '--file', 'enforced.jsonl', ...changed]);
    expect([code, out]).toEqual([2, expect.stringMatching(/allowed -> denied .* no policy +1 +UNEXPECTED/)]);
    app.write('expected.yaml', `expected:\n  - { tool: ${CREATE}, to: DENY, reason: the cap is lower }\n`);
    const expected = await app.run(['replay', '--file', 'enforced.jsonl', '--expect', 'expected.yaml', ...changed]);
    expect(expected.code).toBe(0);
  });
});

describe('promote', () => {
  const terms = ['--min-decisions', '10', '--min-days', '7'];

  it('decides what LOG_ONLY hides, and asks for every tool', async () => {
    const { code, out } = await app.run(['promote', '--file', 'log-only.jsonl', ...terms, ...FILES]);
    expect(code).toBe(2);
    expect(out).toMatch(/NO +every tool seen +never called: Underwriting___approve_application/);
    expect(out).toMatch(/ok +would-be denials are expected/);
    expect(out).toMatch(/ok +policy tests pass +8 passed|ok +policy tests pass/);
    expect(out).toMatch(/- +deployed as declared +no deployment was named/);
  });
});
