import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Emulator } from '../../lib/emulator';
import { answerOf, call, claimsApp, FixtureApp, READERS_MAY_QUERY, type RpcBody } from './fixture';

const DENY_ONE = `forbid(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource)
when { context.input.id == "1" };`;

let app: FixtureApp;
let emulator: Emulator;
let said: string[];

beforeEach(async () => {
  app = new FixtureApp();
  said = [];
  app.write('app/policies/readers.cedar', READERS_MAY_QUERY);
  app.write('app/tool.ts', TOOL);
  app.write('app/answer.ts', `export const answer: string = 'first';`);
  const asset = app.bundle('answer', `export const handler = async () => ({ answer: 'first' });`, { entry: 'tool.ts' });
  app.write('app/interceptor.ts', INTERCEPTOR);
  app.write('app/tenant.ts', `export const tenant = 'none';`);
  const request = app.bundle('r', PASS, { entry: 'interceptor.ts' });
  const manifest = claimsApp(app, { policies: [], policySources: ['policies'], interceptors: { request } });
  const [target] = manifest.targets;
  if (target === undefined) throw new Error('the fixture has no target');
  emulator = await app.start(
    { ...manifest, targets: [{ ...target, function: asset }] },
    { watch: true, appDirectory: join(app.directory, 'app'), print: (line) => said.push(line) },
  );
});

afterEach(async () => {
  await emulator.stop();
  app.remove();
});

const TOOL = `import { answer } from './answer';\nexport const handler = async () => ({ answer });`;

const PASS = `export const handler = async (event) => ({
  interceptorOutputVersion: '1.0',
  mcp: { transformedGatewayRequest: { body: event.mcp.gatewayRequest.body } },
});`;

/** Ends calls of one tenant by itself. */
const INTERCEPTOR = `import { tenant } from './tenant';
export const handler = async (event) => {
  const { id, params } = event.mcp.gatewayRequest.body;
  const answer = { jsonrpc: '2.0', id, error: { code: -32002, message: \`not for \${tenant}\` } };
  return {
    interceptorOutputVersion: '1.0',
    mcp: params?.arguments?.id === tenant
      ? { transformedGatewayResponse: { statusCode: 200, body: answer } }
      : { transformedGatewayRequest: { body: event.mcp.gatewayRequest.body } },
  };
};`;

/** Calls until the answer is the wanted one; returns how long that took from the change on. */
async function becomes(isWanted: (body: RpcBody) => boolean): Promise<number> {
  const started = performance.now();
  for (;;) {
    const body = await call(emulator, 'rita', 'Claims___query', { id: '1' });
    if (isWanted(body)) return performance.now() - started;
    if (performance.now() - started > 10_000)
      throw new Error(`not taken over: ${JSON.stringify(body)}\n${said.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const allowed = (body: RpcBody): boolean => body.error === undefined;
const answers = (text: string) => (body: RpcBody) => allowed(body) && answerOf(body)['answer'] === text;

describe('hot reload', () => {
  it('takes over a changed policy', async () => {
    app.write('app/policies/readers.cedar', `${READERS_MAY_QUERY} `);
    await becomes(allowed);
    app.write('app/policies/deny.cedar', DENY_ONE);
    await becomes((body) => !allowed(body));
    expect(said.some((line) => line.startsWith('reloaded policies in'))).toBe(true);
  });

  it('keeps the last good policies when the new ones are broken, and says where', async () => {
    app.write('app/policies/readers.cedar', `${READERS_MAY_QUERY} `);
    await becomes(allowed);
    app.write('app/policies/deny.cedar', 'forbid(principal, action, resource');
    await expect.poll(() => said.join('\n')).toContain('last good version');
    expect(said.join('\n')).toContain('policies/deny.cedar:1');
    expect(allowed(await call(emulator, 'rita', 'Claims___query', { id: '1' }))).toBe(true);
  });

  it('takes over a changed source of a tool, and keeps the last good one when it is broken', async () => {
    app.write('app/policies/readers.cedar', `${READERS_MAY_QUERY} `);
    await becomes(answers('first'));
    app.write('app/answer.ts', `export const answer: string = 'second';`);
    await becomes(answers('second'));
    app.write('app/answer.ts', `export const answer: string = ;`);
    await expect.poll(() => said.join('\n')).toContain('EMULATOR_BUNDLE_BROKEN');
    await becomes(answers('second'));
    app.write('app/answer.ts', `throw new Error('at load'); export const answer = 'x';`);
    await expect.poll(() => said.join('\n')).toContain('at load');
    await becomes(answers('second'));
    app.write('app/answer.ts', `export const answer: string = 'third';`);
    await becomes(answers('third'));
  });

  it('takes over a policy that denies while a tool is broken, and the other way round', async () => {
    app.write('app/policies/readers.cedar', `${READERS_MAY_QUERY} `);
    await becomes(answers('first'));
    app.write('app/answer.ts', `export const answer: string = ;`);
    await expect.poll(() => said.join('\n')).toContain('EMULATOR_BUNDLE_BROKEN');
    app.write('app/policies/deny.cedar', DENY_ONE);
    await becomes((body) => !allowed(body));
    app.write('app/policies/deny.cedar', DENY_ONE.replace('"1"', '"2"'));
    await becomes(answers('first'));
    app.write('app/policies/deny.cedar', 'forbid(');
    await expect.poll(() => said.join('\n')).toContain('POLICY_SYNTAX');
    app.write('app/answer.ts', `export const answer: string = 'second';`);
    await becomes(answers('second'));
  });

  it('takes over a changed source of an interceptor, and keeps the last good one when it is broken', async () => {
    app.write('app/policies/readers.cedar', `${READERS_MAY_QUERY} `);
    await becomes(answers('first'));
    const refused = (body: RpcBody): boolean => body.error?.message === 'not for 1';
    app.write('app/tenant.ts', `export const tenant = '1';`);
    await becomes(refused);
    app.write('app/tenant.ts', `export const tenant = ;`);
    await expect.poll(() => said.join('\n')).toContain('EMULATOR_BUNDLE_BROKEN');
    expect(refused(await call(emulator, 'rita', 'Claims___query', { id: '1' }))).toBe(true);
    app.write('app/tenant.ts', `export const tenant = '2';`);
    await becomes(allowed);
  });

  it('keeps the last good application when a new synthesis holds a bundle that cannot be loaded', async () => {
    app.write('app/policies/readers.cedar', `${READERS_MAY_QUERY} `);
    await becomes(answers('first'));
    app.bundle('broken', `throw new Error('at load');`);
    const file = join(app.directory, 'Test.Gateway.gateway.json');
    const manifest = readFileSync(file, 'utf8');
    writeFileSync(file, manifest.replace('"asset":"asset.r"', '"asset":"asset.broken"'));
    await expect.poll(() => said.join('\n')).toContain('at load');
    await becomes(answers('first'));
  });

  it('takes over a new synthesis', async () => {
    app.write('app/policies/readers.cedar', `${READERS_MAY_QUERY} `);
    await becomes(answers('first'));
    const file = join(app.directory, 'Test.Gateway.gateway.json');
    const manifest = readFileSync(file, 'utf8');
    writeFileSync(file, manifest.slice(0, 100));
    await expect.poll(() => said.join('\n')).toContain('MANIFEST_INVALID');
    await becomes(answers('first'));
    writeFileSync(file, manifest.replace('"mode":"ENFORCE"', '"mode":"LOG_ONLY"'));
    await expect.poll(() => emulator.manifest().gateway.mode).toBe('LOG_ONLY');
  });
});
