import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GATEWAY_ARN } from '../contract/drift/drift-fixture';
import { Deployment } from '../deployed/deployment';
import type { GeneratedAsset } from '../doubles/control-plane/generation-store';
import { policy } from '../emulator/fixture';
import { CommandLine } from './command-line';

const SENTENCE = 'Finance may write notes';
const scope = (tool: string): string =>
  `principal is AgentCore::OAuthUser, action == AgentCore::Action::"${tool}", resource == AgentCore::Gateway::"${GATEWAY_ARN}"`;
const FINANCE = 'when { principal.hasTag("department") && principal.getTag("department") == "finance" }';
const GOOD: GeneratedAsset = {
  rawTextFragment: SENTENCE,
  statement: `permit(${scope('Notes___write')}) ${FINANCE};`,
  findings: [{ type: 'VALID' }],
};

const READERS = policy('readers', `permit(${scope('Notes___read')}) ${FINANCE};`);

let deployment: Deployment;
let app: CommandLine;

beforeEach(async () => {
  app = new CommandLine();
  mkdirSync(join(app.cwd, 'policies'));
  deployment = new Deployment({ generation: 20 });
  deployment.change({ policySources: ['policies'], policies: [READERS] });
  await deployment.start();
});

afterEach(async () => {
  app.remove();
  await deployment.stop();
});

const generate = (sentence = SENTENCE, ...args: string[]) =>
  app.run(['generate', sentence, '--app', deployment.directory, ...args]);

function made(...assets: GeneratedAsset[]): void {
  deployment.controlPlane.generations.translate = () => assets;
}

describe('governed-gateway generate', () => {
  it('writes a policy with its tests, beside what it says and whose access it changes', async () => {
    made(GOOD);
    const { code, out, err } = await generate();
    expect(code).toBe(0);
    expect(err).toMatch(/^(the service is at work, which takes some 15 seconds\n)?$/);
    expect(out).toContain(`you said:  ${SENTENCE}
it says:   Callers with a token may call \`Notes___write\` if their claim \`department\` is "finance".
`);
    expect(out).toContain('gained     Notes___write');
    expect(out).toContain(
      'policies/finance-may-write-notes.cedar written\npolicies/finance-may-write-notes.test.yaml written\n',
    );
    expect(app.read('policies/finance-may-write-notes.cedar')).toContain('resource == ?resource');
    const tests = app.read('policies/finance-may-write-notes.test.yaml');
    expect(tests).toContain('expect: ALLOW');
    expect(tests).toContain('expect: DENY');
  });

  it('tells a program the same, and what is wrong with a text that it does not write', async () => {
    made(GOOD);
    const { code, out } = await generate(SENTENCE, '--format', 'json');
    expect(code).toBe(0);
    const name = 'policies/finance-may-write-notes';
    expect(JSON.parse(out)).toMatchObject({
      policies: [
        {
          id: 'finance-may-write-notes',
          request: SENTENCE,
          sentence: 'Callers with a token may call `Notes___write` if their claim `department` is "finance".',
          file: `${name}.cedar`,
          text: app.read(`${name}.cedar`),
        },
      ],
      access: { changes: [{ direction: 'gained', tools: ['Notes___write'] }] },
      written: [`${name}.cedar`, `${name}.test.yaml`],
      diagnostics: [],
    });
    made({ ...GOOD, statement: `permit(${scope('Notes___write')}) whenever;` });
    const refused = await generate(SENTENCE, '--format', 'json');
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.out)).toMatchObject({
      policies: [{ sentence: null, text: expect.stringContaining('whenever') }],
      access: null,
      written: [],
      diagnostics: [{ severity: 'error', location: { file: `${name}-2.cedar` } }],
    });
  });

  it('overwrites nothing', async () => {
    made(GOOD);
    app.write('policies/finance-may-write-notes.test.yaml', 'mine');
    expect((await generate()).out).toContain('policies/finance-may-write-notes-2.cedar written');
    expect(app.read('policies/finance-may-write-notes.test.yaml')).toBe('mine');
  });

  it.each<[string, GeneratedAsset[], string]>([
    [
      'a part that cannot be said in Cedar',
      [
        GOOD,
        { rawTextFragment: 'and be kind', findings: [{ type: 'NOT_TRANSLATABLE', description: 'no such thing' }] },
      ],
      'could not make a policy of `and be kind`: NOT_TRANSLATABLE: no such thing',
    ],
    ['a part without any finding', [{ rawTextFragment: 'and be kind', findings: [] }], 'a policy of `and be kind`'],
    ...['INVALID', 'ALLOW_ALL', 'ALLOW_NONE', 'DENY_ALL', 'DENY_NONE'].map(
      (type): [string, GeneratedAsset[], string] => [
        `what the service finds to be ${type}`,
        [{ ...GOOD, findings: [{ type, description: 'look at it' }] }],
        `the service finds ${type} in the policy that it made of \`${SENTENCE}\`: look at it`,
      ],
    ),
    [
      'a tool that the gateway has not',
      [{ ...GOOD, statement: `permit(${scope('Notes___wirte')}) ${FINANCE};` }],
      'did you mean `Notes___write`?',
    ],
    ['text that is no Cedar', [{ ...GOOD, statement: `permit(${scope('Notes___write')}) whenever;` }], 'error['],
    [
      'another gateway',
      [{ ...GOOD, statement: GOOD.statement?.replace('notes-abc', 'other-abc') ?? '' }],
      'GENERATION_OTHER_GATEWAY',
    ],
    ['no policy at all', [], 'the service made no policy'],
  ])('writes nothing of %s', async (_, assets, message) => {
    made(...assets);
    const { code, err } = await generate();
    expect(code).toBe(3);
    expect(err).toContain(message);
    expect(existsSync(join(app.cwd, 'policies/finance-may-write-notes.cedar'))).toBe(false);
  });

  it('asks for a folder where policies come from none', async () => {
    deployment.change({ policySources: [], policies: [READERS] });
    const { code, err } = await generate();
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('GENERATION_FOLDER') });
    expect(deployment.controlPlane.requests).toEqual([]);
    made(GOOD);
    expect((await generate(SENTENCE, '--out', 'new')).out).toContain('new/finance-may-write-notes.cedar written');
  });
});
