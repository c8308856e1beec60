import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GovernanceError } from '../../lib/diagnostics/governance-error';
import type { Emulator } from '../../lib/emulator';
import { checkPackages } from '../../lib/emulator/functions/check-packages';
import { moduleFolders } from '../../lib/emulator/functions/task-root';
import { answerOf, call, claimsApp, FixtureApp, policy, tool } from './fixture';

// Nothing that an app names is called unless its developer says so: what answers instead, and how that is said.

const TARGETS = ['Api', 'Remote', 'Python', 'Java', 'Container'];
const ANYONE = `permit(principal is AgentCore::OAuthUser, action in [${TARGETS.map((name) => `AgentCore::Action::"${name}"`).join(', ')}], resource == ?resource) when { principal has id };`;
const PYTHON = `import json, os, time
def answer(event, context):
    # In pieces, as an unbuffered print writes: a line is a line all the same.
    print("called ", end="", flush=True)
    time.sleep(0.05)
    print(context.aws_request_id != "")
    if event.get("id") == "fail":
        raise ValueError("no such claim")
    if event.get("id") == "wait":
        time.sleep(30)
    return {"id": event.get("id"), "tool": context.client_context.custom["bedrockAgentCoreToolName"],
            "left": context.get_remaining_time_in_millis() > 0, "home": os.environ.get("HOME")}
`;
const ID = { id: { type: 'string' } };
const outputSchema = {
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' },
    lines: { type: 'array', items: { type: 'integer', minimum: 3 } },
  },
};

const app = new FixtureApp();
const answers = join(app.directory, 'answers');
const printed: string[] = [];
let emulator: Emulator;

const manifest = () => {
  const functionOf = (runtime: string) => ({
    ...{ asset: 'asset.python', handler: 'claims.answer', environment: {}, timeoutSeconds: 1, memoryMb: 128 },
    runtime,
  });
  return claimsApp(app, {
    gateway: { ...claimsApp(app).gateway, exceptionLevel: 'DEBUG' },
    targets: [
      {
        name: 'Api',
        kind: 'openapi',
        endpoint: 'https://api.example.com',
        requests: { list: { method: 'GET', path: '/claims', parameters: [], answer: { claims: ['CLM-1'] } } },
        tools: [tool('list'), { ...tool('read', ID), outputSchema }, tool('drop', ID)],
      },
      { name: 'Remote', kind: 'mcp-server', endpoint: 'https://mcp.example.com/mcp', tools: [tool('greet', ID)] },
      { name: 'Python', kind: 'lambda', function: functionOf('python3.13'), tools: [tool('answer', ID)] },
      { name: 'Java', kind: 'lambda', function: functionOf('java21'), tools: [tool('answer', ID)] },
      { name: 'Container', kind: 'lambda', tools: [tool('answer', ID)] },
    ],
    policies: [policy('anyone', ANYONE)],
  });
};

beforeAll(async () => {
  app.write('asset.python/claims.py', PYTHON);
  mkdirSync(answers);
  writeFileSync(join(answers, 'Java___answer.json'), '{"from":"a file"}');
  writeFileSync(join(answers, 'Remote___greet.json'), '"hello"');
  emulator = await app.start(manifest(), { answers, print: (line) => printed.push(line), explain: true });
});

afterAll(async () => {
  await emulator.stop();
  app.remove();
});

const answer = async (name: string, input = {}): Promise<unknown> =>
  answerOf(await call(emulator, 'rita', name, input));

describe('a target that is not called', () => {
  it('answers with the example of its document, or a value of its schema', async () => {
    expect(await answer('Api___list')).toEqual({ claims: ['CLM-1'] });
    expect(await answer('Api___read')).toEqual({ id: '00000000-0000-4000-8000-000000000000', lines: [3] });
  });

  it('answers from the folder of answers', async () => {
    expect(await answer('Java___answer')).toEqual({ from: 'a file' });
    expect(await answer('Remote___greet')).toBe('hello');
  });

  it.each([
    ['Api___drop', 'its API is not called'],
    ['Container___answer', 'its function does not run here'],
  ])('fails for %s, about which nothing is known, and says what to write', async (name, why) => {
    const { result } = await call(emulator, 'rita', name);
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result)).toContain(
      `${why}, and nothing says what it answers: write ${name}.json into the folder`,
    );
  });

  it('is said at the start, with what changes it', () => {
    expect(emulator.notices()).toEqual([
      'Api: not called, answers are examples; `--live` calls https://api.example.com, `--endpoint Api=URL` another, `--answers DIR` gives them',
      'Remote: not called, answers are examples; `--live` calls https://mcp.example.com/mcp, `--endpoint Remote=URL` another, `--answers DIR` gives them',
      'Java: its function (java21) does not run here; `--answers DIR` gives its answers',
      'Container: its function (a container, or code of another app) does not run here; `--answers DIR` gives its answers',
    ]);
  });

  it.each([
    [{ endpoints: { Apy: 'http://127.0.0.1:1' } }, 'EMULATOR_ENDPOINT_UNKNOWN', 'did you mean `Api`?'],
    [{ endpoints: { Python: 'http://127.0.0.1:1' } }, 'EMULATOR_ENDPOINT_UNKNOWN', 'use one of `Api`, `Remote`'],
    [{ answers: 'nowhere' }, 'EMULATOR_ANSWERS_MISSING', 'make the folder'],
  ])('is not chosen by %j', async (options, code, help) => {
    await expect(app.start(manifest(), options)).rejects.toMatchObject({
      diagnostics: [{ code, help: expect.stringContaining(help) }],
    });
  });

  it('has no answer under a wrong name, or in a file that is no JSON', async () => {
    const wrong = join(app.directory, 'wrong');
    mkdirSync(wrong);
    writeFileSync(join(wrong, 'read.json'), '{}');
    writeFileSync(join(wrong, 'Api___list.json'), '{');
    await expect(app.start(manifest(), { answers: wrong })).rejects.toMatchObject({
      diagnostics: [
        { code: 'EMULATOR_ANSWER_UNREADABLE' },
        { code: 'EMULATOR_ANSWER_UNKNOWN', help: 'did you mean `Api___read.json`?' },
      ],
    });
  });
});

describe('a function in Python', () => {
  it('runs as on Lambda, without the environment of the developer', async () => {
    const expected = { id: '1', tool: 'Python___answer', left: true, home: null };
    expect(await answer('Python___answer', { id: '1' })).toEqual(expected);
    // What it prints comes on a stream of its own, at times behind its answer.
    await expect.poll(() => printed.join('\n')).toContain('called True');
  });

  it('fails as there, and serves the next call', async () => {
    const failed = await call(emulator, 'rita', 'Python___answer', { id: 'fail' });
    expect(JSON.stringify(failed.result)).toContain('the function failed (error): ValueError: no such claim');
    const late = await call(emulator, 'rita', 'Python___answer', { id: 'wait' });
    expect(JSON.stringify(late.result)).toContain('the function failed (timeout)');
    expect(await answer('Python___answer', { id: '2' })).toMatchObject({ id: '2' });
  });
});

describe('packages that functions leave out of their bundles', () => {
  const modules = moduleFolders(process.cwd());
  const missing = (files: { readonly [file: string]: string }): string[] => {
    const name = `asset.${Object.keys(files).length}-${Math.random()}`;
    for (const [file, text] of Object.entries(files)) app.write(join(name, file), text);
    const one = { asset: name, handler: 'index.handler', environment: {}, timeoutSeconds: 1, memoryMb: 128 };
    try {
      checkPackages([['tool:Claims', one]], app.directory, modules);
      return [];
    } catch (error) {
      if (!GovernanceError.is(error)) throw error;
      return error.diagnostics.map(({ message, help }) => `${message}; ${help}`);
    }
  };
  const NONE = '@aws-sdk/client-nothing';

  it('are all named before the first call, with the command that installs each', () => {
    expect(
      missing({ 'index.js': `require("${NONE}");require("@smithy/none");require("@aws-sdk/client-sts")` }),
    ).toEqual([
      `the function \`tool:Claims\` needs the package \`${NONE}\`, which is not installed; run \`npm install --save-dev ${NONE}\``,
      'the function `tool:Claims` needs the package `@smithy/none`, which is not installed; run `npm install --save-dev @smithy/none`',
    ]);
    expect(
      missing({ 'index.js': `require("@aws-sdk/client-sts")`, 'more.mjs': `import {a} from"${NONE}"` }),
    ).toHaveLength(1);
  });

  it('are those that the configured steps of an interceptor use', () => {
    const chain = 'import("@aws-sdk/client-dynamodb");import("@aws-sdk/client-firehose")';
    const without = (config: string): string[] => {
      const name = 'asset.chain';
      app.write(`${name}/index.js`, chain);
      app.write(`${name}/config.json`, config);
      const one = { asset: name, handler: 'index.handler', environment: {}, timeoutSeconds: 1, memoryMb: 128 };
      try {
        checkPackages([['request-interceptor', one]], app.directory, []);
        return [];
      } catch (error) {
        if (!GovernanceError.is(error)) throw error;
        return error.diagnostics.map(({ message }) => message);
      }
    };
    expect(without('{"steps":[{"step":"audit"}]}')).toEqual([]);
    expect(without('{"steps":[{"fields":[{"source":{"kind":"lookup"}}]}]}')).toEqual([
      'the function `request-interceptor` needs the package `@aws-sdk/client-dynamodb`, which is not installed',
    ]);
  });
});
