import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import {
  BedrockAgentCoreControlClient,
  CreatePolicyCommand,
  DeletePolicyCommand,
  GetGatewayCommand,
  GetPolicyCommand,
  ListPoliciesCommand,
  paginateListPolicies,
  UpdateGatewayCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import { expect, it, onTestFinished } from 'vitest';
import { LOCAL_ENGINE_ID, LOCAL_GATEWAY_ARN, LOCAL_GATEWAY_ID } from '../../lib/contract/local-arn';
import type { Emulator } from '../../lib/emulator';
import { CommandLine } from '../cli/command-line';
import { claimsApp, FixtureApp, tool } from './fixture';
import { startClaimsApp } from './start-claims-app';

const policyEngineId = LOCAL_ENGINE_ID;
const gatewayIdentifier = LOCAL_GATEWAY_ID;
const WHY = ['--reason', 'it runs wild', '--for', '2h'];
const forbid = (action: string): string =>
  `forbid(principal is AgentCore::OAuthUser, ${action}, resource == AgentCore::Gateway::"${LOCAL_GATEWAY_ARN}");`;

function clientOf({ url }: Pick<Emulator, 'url'>): BedrockAgentCoreControlClient {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  return new BedrockAgentCoreControlClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
}

function command(emulator: Emulator, name: string, ...args: string[]): ReturnType<CommandLine['run']> {
  const terminal = new CommandLine();
  onTestFinished(() => terminal.remove());
  return terminal.run([name, '--emulator', emulator.url, ...args]);
}

async function call(emulator: Emulator, persona: string, tool: string): Promise<string> {
  const response = await fetch(emulator.mcpUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${await emulator.token(persona)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: tool, arguments: { id: '1' } },
    }),
  });
  return response.text();
}

it('locks, lists, proves and unlocks a running emulator', async () => {
  const emulator = await startClaimsApp();
  expect(await call(emulator, 'rita', 'Claims___query')).toContain('"isError":false');
  const { code, out, err } = await command(emulator, 'lock', '--tool', 'Claims___query', ...WHY);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^tool `Claims___query` locked until .*Z by policy lock_[0-9a-f]{24}-local00000\nasked the gateway: .* was refused\n$/,
  );
  const denied = await call(emulator, 'rita', 'Claims___query');
  expect(denied).toMatch(/due to lock_[0-9a-f]{24}-local00000/);
  expect((await command(emulator, 'lock', '--list')).out).toContain('denies  tool `Claims___query` until');
  expect((await command(emulator, 'unlock', '--tool', 'Claims___query')).code).toBe(0);
  expect(await call(emulator, 'rita', 'Claims___query')).toContain('"isError":false');
  expect((await command(emulator, 'unlock', '--tool', 'Claims___query')).err).toContain('there is no lock');
});

it('shows by a tool that needs no argument that the lock itself denies', async () => {
  const emulator = await startClaimsApp((app) => {
    const [claims] = claimsApp(app).targets;
    return { targets: claims === undefined ? [] : [{ ...claims, tools: [...claims.tools, tool('list')] }] };
  });
  const { code, out } = await command(emulator, 'lock', '--all', ...WHY);
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(
      /asked the gateway: Claims___list is not listed any more, and a call without arguments was denied by the lock\n$/,
    ),
  });
});

it('stops one caller alone, and asks as that caller', async () => {
  const emulator = await startClaimsApp();
  const token = await emulator.token('rita');
  const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  expect((await command(emulator, 'lock', '--caller', sub, ...WHY)).out).toContain('asked the gateway: ');
  expect(await call(emulator, 'rita', 'Claims___query')).toContain('due to lock_');
  const machine = await call(emulator, 'machine', 'Claims___query');
  expect(machine).not.toContain('due to lock_');
});

it('ends a lock by the time of the emulator', async () => {
  let time = Date.now();
  const emulator = await startClaimsApp(() => ({}), { clock: () => new Date(time) });
  await command(emulator, 'lock', '--all', ...WHY);
  expect(await call(emulator, 'rita', 'Claims___query')).toContain('due to lock_');
  time += 3 * 3_600_000;
  expect(await call(emulator, 'rita', 'Claims___query')).toContain('"isError":false');
});

it('keeps locks and mode over a reload of policies and of the whole application', async () => {
  const app = new FixtureApp();
  onTestFinished(() => app.remove());
  const manifest = claimsApp(app, { policySources: ['policies'] });
  const said: string[] = [];
  app.write('policies/readers-query.cedar', '');
  const emulator = await app.start(manifest, {
    watch: true,
    appDirectory: app.directory,
    frozen: true,
    print: (line) => said.push(line),
  });
  onTestFinished(() => emulator.stop());
  await command(emulator, 'lock', '--tool', 'Claims___query', ...WHY);
  app.manifest({ ...manifest, gateway: { ...manifest.gateway, instructions: 'changed' } });
  await expect.poll(() => said.join('\n')).toContain('reloaded the application');
  expect(await call(emulator, 'rita', 'Claims___query')).toContain('due to lock_');
  expect((await command(emulator, 'lock', '--list')).out).toContain('denies  tool');
});

it('switches the mode by a full update, and says what a lock stops on a gateway that only logs', async () => {
  const emulator = await startClaimsApp(() => ({}), { mode: 'LOG_ONLY' });
  const { code, err } = await command(emulator, 'lock', '--tool', 'Claims___query', ...WHY);
  expect(code).toBe(2);
  expect(err).toContain('only logs: the lock is there, and stops nothing');
  expect(await call(emulator, 'rita', 'Claims___query')).toContain('"isError":false');
  const { out } = await command(emulator, 'lock', '--target', 'Claims', ...WHY, '--enforce');
  expect(out).toContain('the gateway enforces its policies now');
  expect(await call(emulator, 'rita', 'Claims___query')).toContain('due to lock_');
  expect(emulator.manifest().gateway.mode).toBe('ENFORCE');
});

// Covers gateway.control-plane
it('speaks the protocol of the service: pages, conflicts, what is missing, what it does not follow', async () => {
  const emulator = await startClaimsApp();
  const client = clientOf(emulator);
  const create = (name: string, statement: string, clientToken?: string) =>
    client.send(new CreatePolicyCommand({ policyEngineId, name, definition: { cedar: { statement } }, clientToken }));
  const made = await create('freeze', forbid('action'), 'once-0000000000000000000000000000000000');
  expect(made).toMatchObject({ status: 'CREATING', policyId: 'freeze-local00000', name: 'freeze' });
  const again = await create('freeze', forbid('action'), 'once-0000000000000000000000000000000000');
  expect(again.policyId).toBe(made.policyId);
  await expect(create('freeze', forbid('action'))).rejects.toMatchObject({ name: 'ConflictException' });
  await expect(create('a-b', forbid('action'))).rejects.toMatchObject({ name: 'ValidationException' });
  const broken = await create('broken', 'forbid(principal, action, resource) when { this is not Cedar };');
  const failed = await client.send(new GetPolicyCommand({ policyEngineId, policyId: broken.policyId }));
  expect(failed.status).toBe('CREATE_FAILED');
  expect(failed.statusReasons?.length).toBeGreaterThan(0);
  const names: (string | undefined)[] = [];
  for await (const { policies = [] } of paginateListPolicies({ client, pageSize: 1 }, { policyEngineId })) {
    expect(policies).toHaveLength(1);
    names.push(policies[0]?.name);
  }
  expect(names).toEqual([...emulator.manifest().policies.map(({ name }) => name), 'broken']);
  await client.send(new DeletePolicyCommand({ policyEngineId, policyId: 'broken-local00000' }));
  await expect(
    client.send(new GetPolicyCommand({ policyEngineId, policyId: 'broken-local00000' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const declared = `${emulator.manifest().policies[0]?.name}-local00000`;
  await expect(client.send(new DeletePolicyCommand({ policyEngineId, policyId: declared }))).rejects.toThrow(
    'is a policy of the app',
  );
  await expect(
    client.send(new ListPoliciesCommand({ policyEngineId: 'other-engine-0000000000' })),
  ).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(
    client.send(new UpdatePolicyCommand({ policyEngineId, policyId: declared, description: { optionalValue: 'x' } })),
  ).rejects.toThrow('has no local stand-in');
});

it('refuses an update of the gateway that it cannot follow, such as a partial one', async () => {
  const emulator = await startClaimsApp();
  const client = clientOf(emulator);
  const { name, roleArn, authorizerType, policyEngineConfiguration } = await client.send(
    new GetGatewayCommand({ gatewayIdentifier }),
  );
  expect(policyEngineConfiguration).toMatchObject({ mode: 'ENFORCE' });
  const update = (rest: object) =>
    client.send(new UpdateGatewayCommand({ gatewayIdentifier, name, roleArn, authorizerType, ...rest } as never));
  const logs = { policyEngineConfiguration: { ...policyEngineConfiguration, mode: 'LOG_ONLY' } };
  await expect(update(logs)).rejects.toThrow('changes of the mode alone, and this one changes protocolType');
  await expect(update({ protocolType: 'MCP' })).rejects.toThrow('has no mode');
  expect(emulator.manifest().gateway.mode).toBe('ENFORCE');
  expect(await update({ protocolType: 'MCP', ...logs })).toMatchObject({ status: 'UPDATING' });
  expect(emulator.manifest().gateway.mode).toBe('LOG_ONLY');
});

it('answers no page, and nobody from the network where the emulator is open to it', async () => {
  const emulator = await startClaimsApp(() => ({}), { host: '0.0.0.0' });
  const { port } = new URL(emulator.url);
  const status = (host: string, headers: { [name: string]: string } = {}): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const path = `/policy-engines/${LOCAL_ENGINE_ID}/policies`;
      httpRequest({ host, port, path, headers: { host: `127.0.0.1:${port}`, ...headers } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await status('127.0.0.1')).toBe(200);
  expect(await status('127.0.0.1', { origin: 'http://localhost:6274' })).toBe(403);
  const address = Object.values(networkInterfaces())
    .flatMap((all = []) => all)
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
  if (address !== undefined) expect(await status(address)).toBe(403);
});
