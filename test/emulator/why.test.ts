import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionManifest, TargetManifest } from '../../lib/contract/manifest';
import type { Emulator } from '../../lib/emulator';
import { call, claimsApp, FixtureApp, policy, post, READERS_MAY_QUERY, tool } from './fixture';

const KIT = join(process.cwd(), 'lambda/interceptor-kit');
/** Denies by a step of its own, by the input check, or by failing. */
const CHAIN = `import { deny, inputCheck, proceed, requestInterceptor } from '${KIT}';
const schema = { type: 'object', properties: { id: { type: 'string' }, limit: { type: 'integer' } }, required: ['id', 'limit'] };
export const handler = requestInterceptor(
  { name: 'closed', request: (call) => (call.arguments?.id === 'closed' ? deny('closed', 'the desk is closed') : proceed()) },
  { name: 'broken', request: (call) => { if (call.arguments?.id === 'broken') throw new TypeError('no table'); return proceed(); } },
  inputCheck({ tools: ['Claims___query'], denyWithoutSchema: true }, { Claims___query: schema }),
);`;
const CONFIG = { version: 1, authorization: 'jwt', steps: [], inputSchemas: {} };

let app: FixtureApp;
let emulator: Emulator;
let lines: string[];
let now = new Date();

beforeAll(async () => {
  app = new FixtureApp();
  lines = [];
  const request: FunctionManifest = app.bundle('chain', CHAIN);
  app.write(join(request.asset, 'config.json'), JSON.stringify(CONFIG));
  const api: TargetManifest = {
    name: 'Api',
    kind: 'openapi',
    tools: [tool('get', { secret: { type: 'string' } })],
    endpoint: 'http://127.0.0.1:9',
    requests: { get: { method: 'GET', path: '/cases', parameters: [{ name: 'secret', in: 'query' }] } },
  };
  const plain = claimsApp(app);
  const permit = (name: string): string =>
    `permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"${name}", resource == ?resource) when { principal.hasTag("username") };`;
  const manifest = {
    ...plain,
    targets: [...plain.targets, api],
    interceptors: { request },
    policies: [policy('readers-query', READERS_MAY_QUERY), policy('api', permit('Api___get'))],
  };
  const logFile = join(app.directory, 'calls.jsonl');
  emulator = await app.start(manifest, { logFile, clock: () => now, print: (line) => lines.push(line) });
});

afterAll(async () => {
  await emulator.stop();
  app.remove();
});

/** What the console said of the last message beneath its line. */
async function why(work: () => Promise<unknown>): Promise<string> {
  lines.length = 0;
  await work();
  return lines.slice(1).join('\n').trim();
}

describe('the console says why, in one line', () => {
  const query = (who: string, input: object) => () => call(emulator, who, 'Claims___query', input);

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'the condition of a policy',
      query('walt', { id: '1', limit: 1 }),
      /readers-query.*like "\*\\"readers\\"\*".*does not hold/,
    ],
    ['a tool that no policy permits', () => call(emulator, 'rita', 'Claims___purge', { id: '1' }), /no permit/],
    ['a step of the interceptor', query('rita', { id: 'closed' }), /step closed: .*the desk is closed \(closed\)/],
    ['a step that failed', query('rita', { id: 'broken' }), /step broken: .*step-failed/],
    ['the argument that is missing', query('rita', { id: '1' }), /step input-check: .*limit is missing/],
    [
      'the URL of a target',
      () => call(emulator, 'rita', 'Api___get', { secret: 's3cret' }),
      /GET http:\/\/127\.0\.0\.1:9\/cases: fetch failed: /,
    ],
    ['no token', () => post(emulator, 'ping', undefined), /no header `Authorization`/],
    ['no bearer token', () => post(emulator, 'ping', undefined, { authorization: 'Basic x' }), /not `Bearer`/],
    ['a signature', () => post(emulator, 'ping', undefined, { authorization: 'Bearer a.b.c' }), /signature/],
    ['a method', () => post(emulator, 'tools/none', undefined, {}), /Authorization/],
  ])('of %s', async (_what, work, expected) => {
    const said = await why(work);
    expect(said).toMatch(expected);
    expect(said).not.toContain('s3cret');
    expect(said.split('\n').filter((line) => !line.startsWith('warning:'))).toHaveLength(1);
  });

  it('of an expiry, and of a client that is not allowed', async () => {
    const token = await emulator.token('rita');
    const ask = () => post(emulator, 'ping', undefined, { authorization: `Bearer ${token}` });
    expect(await why(ask)).toBe('');
    now = new Date(Date.now() + 86_400_000);
    expect(await why(ask)).toMatch(/the token expired at 20\d\d-/);
    now = new Date();
    const other = await emulator.tokenFor({ username: 'rita', claims: { client_id: 'other' } });
    const asked = () => post(emulator, 'ping', undefined, { authorization: `Bearer ${other}` });
    expect(await why(asked)).toMatch(/claim `client_id` of the token is not one of the allowed clients/);
  });

  it('and the log file does too, without arguments', () => {
    const records = readFileSync(join(app.directory, 'calls.jsonl'), 'utf8').trim().split('\n');
    const reasons = records.map((line) => (JSON.parse(line) as { why?: string }).why);
    expect(reasons.filter((reason) => reason?.includes('limit is missing'))).toHaveLength(1);
    expect(records.join('')).not.toContain('s3cret');
  });
});
