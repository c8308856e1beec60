import { describe, expect, it } from 'vitest';
import type { GatewayManifest } from '../../lib/contract/manifest';
import type { Emulator } from '../../lib/emulator';
import {
  answerOf,
  call,
  claimsApp,
  type FixtureApp,
  policy,
  post,
  READERS_MAY_QUERY,
  type RpcBody,
  tool,
} from './fixture';
import { startClaimsApp } from './start-claims-app';

let emulator: Emulator;

async function start(...parts: Parameters<typeof startClaimsApp>): Promise<void> {
  emulator = await startClaimsApp(...parts);
}

const gatewayWith = (parts: Partial<GatewayManifest['gateway']>) => (app: FixtureApp) => ({
  gateway: { ...claimsApp(app).gateway, ...parts },
});

function tools(source: string, options = {}): (app: FixtureApp) => Partial<GatewayManifest> {
  return (app) => ({
    targets: [
      {
        ...(claimsApp(app).targets[0] as GatewayManifest['targets'][number]),
        function: app.bundle('t', source, options),
      },
    ],
  });
}

async function list(who: string, params: object = {}): Promise<RpcBody> {
  return (await post(emulator, 'tools/list', params, { authorization: `Bearer ${await emulator.token(who)}` })).body;
}

const names = (body: RpcBody): string[] => body.result.tools.map(({ name }) => name);
const query = (input: object = { id: 'c-1' }): Promise<RpcBody> => call(emulator, 'rita', 'Claims___query', input);
const GENERIC = { content: [{ type: 'text', text: 'An internal error occurred. Please retry later.' }], isError: true };

describe('a tool', () => {
  // Covers target.invocation
  it.each([
    ['throws', `export const handler = async () => { throw new Error('secret'); };`],
    ['ends its process', `export const handler = async () => process.exit(3);`],
    [
      'breaks after a while',
      `export const handler = () => new Promise(() => setTimeout(() => { throw new Error('late'); }, 20));`,
    ],
    ['hangs', `export const handler = () => new Promise(() => setInterval(() => {}, 1000));`],
    ['spins', `export const handler = async () => { for (;;); };`],
    ['answers 7 MB', `export const handler = async () => 'x'.repeat(7 * 1024 * 1024);`],
    [
      'fills its memory',
      `export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())); };`,
    ],
    ['cannot be loaded', `import 'no-such-package-at-all'; export const handler = 1;`],
  ])('that %s is a failed result without detail, and the emulator goes on', async (_, source) => {
    await start(
      tools(source.replace(`import 'no-such-package-at-all'`, `require(['no-such', 'package'].join('-'))`), {
        timeoutSeconds: 1,
        memoryMb: 64,
      }),
    );
    expect((await query()).result).toEqual(GENERIC);
    expect((await query()).result).toEqual(GENERIC);
    expect(names(await list('rita'))).toEqual(['Claims___query']);
  });

  it("has a timeout, a remaining time, and an environment without the developer's credentials", async () => {
    process.env['AWS_SESSION_TOKEN'] = 'real';
    await start(
      tools(
        `export const handler = async (event, context) => ({
           left: context.getRemainingTimeInMillis(), name: context.functionName,
           own: process.env.OWN, token: process.env.AWS_SESSION_TOKEN ?? null, endpoint: process.env.AWS_ENDPOINT_URL,
           client: context.clientContext,
         });`,
        { environment: { OWN: { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, '-x']] } } },
      ),
    );
    delete process.env['AWS_SESSION_TOKEN'];
    const answer = answerOf(await query());
    expect(answer['left']).toBeGreaterThan(4_000);
    expect(answer).toMatchObject({ name: 'tool-Claims', own: 'us-east-1-x', token: null });
    expect(answer['endpoint']).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(answer['client']).toEqual({
      client: null,
      env: null,
      custom: {
        bedrockAgentCoreMessageVersion: '1.0',
        bedrockAgentCoreAwsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        bedrockAgentCoreMcpMessageId: expect.stringMatching(/^\d+$/),
        bedrockAgentCoreGatewayId: 'local-0000000000',
        bedrockAgentCoreTargetId: expect.stringMatching(/^[0-9A-Z]{10}$/),
        bedrockAgentCoreToolName: 'Claims___query',
      },
    });
  });

  it('is warm from one call to the next, and alone in its thread', async () => {
    await start(
      tools(`let count = 0; let running = 0;
        export const handler = async () => { running += 1; const alone = running === 1; await new Promise((r) => setTimeout(r, 30)); running -= 1; return { count: ++count, alone }; };`),
    );
    await query();
    expect(answerOf(await query())['count']).toBe(2);
    const answers = (await Promise.all([query(), query(), query(), query()])).map(answerOf);
    expect(answers.every((answer) => answer['alone'] === true)).toBe(true);
  });

  it('may answer by callback', async () => {
    await start(
      tools(
        `export const handler = (event, context, callback) => setTimeout(() => callback(null, { by: 'callback' }), 5);`,
      ),
    );
    expect(answerOf(await query())).toEqual({ by: 'callback' });
  });

  // Covers gateway.exception-level
  it('has its failure told at exception level DEBUG', async () => {
    await start((app) => ({
      ...tools(`export const handler = async () => { throw new TypeError('no such column'); };`)(app),
      ...gatewayWith({ exceptionLevel: 'DEBUG' })(app),
    }));
    const { result } = await query();
    expect(result.content[0]?.text).toContain('no such column');
    expect(result['_meta']).toEqual({ debug: result.content[0] });
  });

  // Covers target.result, assumed.native-content
  it('answers as text, and as its own result when the switch says so', async () => {
    const native = tools(
      `export const handler = async () => ({ content: [{ type: 'text', text: 'own' }], isError: false });`,
    );
    await start(native);
    expect(answerOf(await query())).toHaveProperty('content');
    await start(native, { switches: { nativeContent: true } });
    expect((await query()).result.content[0]?.text).toBe('own');
  });
});

describe('a denial', () => {
  const FORBID = `forbid(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource) when { context.input.id == "secret" };`;
  const parts = () => ({ policies: [policy('readers-query', READERS_MAY_QUERY), policy('no-secrets', FORBID)] });

  // Covers assumed.denial-policy
  it('names the forbidding policy by id, or by name when the switch says so', async () => {
    await start(parts);
    expect((await query({ id: 'secret' })).error.message).toMatch(
      /\[Policy evaluation denied due to no_secrets-[a-z0-9]{10}\]$/,
    );
    await start(parts, { switches: { denialPolicy: 'name' } });
    expect((await query({ id: 'secret' })).error.message).toMatch(/denied due to no_secrets\]$/);
  });

  // Covers assumed.denial-shape
  it('is a tool result when the switch says so', async () => {
    await start(parts, { switches: { denialShape: 'result' } });
    const { result } = await query({ id: 'secret' });
    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toMatch(/^AuthorizeActionException - Tool Execution Denied: /);
  });

  it.each([
    ['a missing required argument', {}],
    ['an argument of another type', { id: 5 }],
    ['an argument that the schema does not know', { id: 'x', more: 1 }],
    ['an integer that no double can carry', { id: 'x', limit: 2 ** 60 }],
  ])('is the answer to %s', async (_, input) => {
    await start(parts);
    expect((await query(input)).error.message).toContain('Tool Execution Denied:');
  });

  // Covers assumed.unknown-arguments
  it('drops unknown arguments only when the switch says so', async () => {
    await start(parts, { switches: { unknownArguments: 'drop' } });
    expect((await query({ id: 'x', more: 1 })).result.isError).toBe(false);
  });
});

describe('LOG_ONLY', () => {
  // Covers assumed.list-under-log-only
  it('on the gateway lets everything through, filters no list, and tells what would have been', async () => {
    const printed: string[] = [];
    await start(() => ({}), { mode: 'LOG_ONLY', print: (line) => printed.push(line) });
    expect((await call(emulator, 'walt', 'Claims___purge', { id: '1' })).result.isError).toBe(false);
    expect(names(await list('walt'))).toEqual(['Claims___query', 'Claims___purge']);
    expect(printed.join('\n')).toContain('DENY, let through by LOG_ONLY');
  });

  it('on a policy changes nothing and is reported as a flip', async () => {
    const printed: string[] = [];
    const forbid = `forbid(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource) when { principal has id };`;
    await start(
      () => ({ policies: [policy('readers-query', READERS_MAY_QUERY), policy('trial', forbid, 'LOG_ONLY')] }),
      { print: (line) => printed.push(line) },
    );
    expect((await query()).result.isError).toBe(false);
    expect(printed.join('\n')).toContain('(LOG_ONLY trial: DENY)');
  });
});

describe('tools/list', () => {
  it('shows what some call could be permitted for, to each caller their own', async () => {
    await start(() => ({}));
    expect(names(await list('rita'))).toEqual(['Claims___query']);
    expect(names(await list('walt'))).toEqual([]);
  });

  // Covers assumed.tool-list-page
  it('is paged, with a cursor that only the gateway can make', async () => {
    await start(gatewayWith({ mode: 'LOG_ONLY' }), { switches: { toolListPageSize: 1 } });
    const first = await list('rita');
    expect(names(first)).toEqual(['Claims___query']);
    const second = await list('rita', { cursor: first.result.nextCursor });
    expect([names(second), second.result.nextCursor]).toEqual([['Claims___purge'], undefined]);
    expect((await list('rita', { cursor: 'nonsense' })).error.code).toBe(-32602);
  });

  it('is one page when the gateway was made so', async () => {
    await start(gatewayWith({ mode: 'LOG_ONLY', toolListPagination: false }), { switches: { toolListPageSize: 1 } });
    expect(names(await list('rita'))).toHaveLength(2);
  });
});

describe('the search tool', () => {
  // Covers gateway.search, assumed.search-allowed
  it('comes first, finds by words, and finds nothing that the caller may not see', async () => {
    await start(gatewayWith({ semanticSearch: true }));
    expect(names(await list('rita'))).toEqual(['x_amz_bedrock_agentcore_search', 'Claims___query']);
    const find = async (who: string, text: string): Promise<unknown[]> =>
      (
        (await call(emulator, who, 'x_amz_bedrock_agentcore_search', { query: text })).result['structuredContent'] as {
          tools: { name: string }[];
        }
      ).tools.map(({ name }) => name);
    expect(await find('rita', 'query or purge claims')).toEqual(['Claims___query']);
    expect(await find('walt', 'query or purge claims')).toEqual([]);
  });

  it('is unknown where the gateway has none', async () => {
    await start(() => ({}));
    expect((await call(emulator, 'rita', 'x_amz_bedrock_agentcore_search', { query: 'x' })).error).toMatchObject({
      code: -32602,
    });
  });

  it('does not look into trusted fields', async () => {
    await start((app) => ({
      ...gatewayWith({ semanticSearch: true, mode: 'LOG_ONLY' })(app),
      targets: [
        {
          name: 'Claims',
          kind: 'lambda',
          tools: [tool('query', { geography: { type: 'string' } })],
          function: app.bundle('t', 'export const handler = async () => 1;'),
        },
      ],
      policies: [],
      trustedContext: [
        {
          name: 'geography',
          type: 'string',
          description: '',
          source: { kind: 'constant', value: 'EU' },
          tools: ['Claims___query'],
        },
      ],
    }));
    const { result } = await call(emulator, 'rita', 'x_amz_bedrock_agentcore_search', { query: 'geography' });
    expect(result['structuredContent']).toEqual({ tools: [] });
  });
});

describe('an unknown tool', () => {
  // Covers assumed.codes
  it('is told so, whoever asks, and never reaches a target', async () => {
    await start(() => ({}));
    expect((await call(emulator, 'rita', 'kb_search')).error).toEqual({
      code: -32602,
      message: 'Unknown tool: kb_search',
    });
    expect((await call(emulator, 'rita', '__proto__')).error.code).toBe(-32602);
  });
});
