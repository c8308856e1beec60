// One of the servers under measurement, in a process of its own: `emulator`, `large` (1,000 tools) or `bare`.
import { join } from 'node:path';
import { bundledChain } from '../../lib/constructs/interceptors/bundled-chain';
import type { InterceptionPoint } from '../../lib/contract/interceptor-payload';
import type { FunctionManifest } from '../../lib/contract/manifest';
import type { InterceptorConfig } from '../../lib/contract/steps/interceptor-config';
import type { DeclaredTrustedField } from '../../lib/contract/trusted-context';
import { bareServer } from '../../test/emulator/bare-server';
import { claimsManifest, FixtureApp, policy, tool } from '../../test/emulator/fixture';

/** Name of the measured tool without target. */
export const TOOL = 'tool_7';

export type Command = 'memory';

export interface Report {
  readonly role: 'emulator' | 'large' | 'bare';
  readonly url: string;
  readonly token: string;
  readonly tool: string;
  /** Tokens of callers whom the server has not seen. */
  readonly strangers: readonly string[];
}

const STRANGERS = 20;

const POLICIES = 200;

const role = process.argv[2] as Report['role'];

function trustedField(tools: readonly string[]): DeclaredTrustedField {
  return {
    name: 'geography',
    type: 'string',
    description: 'Where the caller is',
    source: { kind: 'claim', claim: 'department' },
    tools,
  };
}

/** A real bundle of this library with a real configuration. */
function interceptor(app: FixtureApp, point: InterceptionPoint, config: InterceptorConfig): FunctionManifest {
  for (const [file, text] of Object.entries(bundledChain(point, config))) app.write(join(point, file), text);
  return { asset: point, handler: 'index.handler', environment: {}, timeoutSeconds: 5, memoryMb: 256 };
}

async function startEmulator(tools: number): Promise<Report> {
  const app = new FixtureApp();
  process.on('exit', () => app.remove());
  const names = Array.from({ length: tools }, (_, index) => `tool_${index}`);
  const full = names.map((name) => `Bench___${name}`);
  const fields = [trustedField(full)];
  const schema = { id: { type: 'string' }, geography: { type: 'string' } };
  const definitions = names.map((name) => tool(name, schema, ['id']));
  const config: InterceptorConfig = {
    version: 1,
    authorization: 'jwt',
    steps: [{ step: 'trusted-context', fields, onSpoof: 'overwrite' }],
    inputSchemas: Object.fromEntries(definitions.map((one) => [`Bench___${one.name}`, one.inputSchema])),
  };
  const policies = Array.from({ length: POLICIES }, (_, index) => {
    const covered = full.filter((_name, tool) => tool % POLICIES === index % Math.min(tools, POLICIES));
    const actions = covered.map((name) => `AgentCore::Action::"${name}"`).join(', ');
    return policy(
      `policy-${index}`,
      `permit(principal is AgentCore::OAuthUser, action in [${actions}], resource == ?resource)
       when { principal.hasTag("department") && principal.getTag("department") == "finance" && context.input.id != "x${index}" };`,
    );
  });
  const manifest = claimsManifest({
    targets: [
      {
        name: 'Bench',
        kind: 'lambda',
        tools: definitions,
        function: app.bundle('bench', 'export const handler = async ({ id }) => ({ id, status: "open" });'),
      },
    ],
    policies,
    trustedContext: fields,
    interceptors: {
      request: interceptor(app, 'REQUEST', config),
      response: interceptor(app, 'RESPONSE', config),
    },
  });
  const emulator = await app.start(
    { ...manifest, gateway: { ...manifest.gateway, toolListPagination: false } },
    { appDirectory: process.cwd() },
  );
  const token = await emulator.tokenFor({ username: 'rita', claims: { department: 'finance' } });
  const strangers = Array.from({ length: STRANGERS }, (_, index) =>
    emulator.tokenFor({ username: `stranger-${index}`, claims: { department: index % 4 === 0 ? 'sales' : 'finance' } }),
  );
  return { role, url: emulator.mcpUrl, token, tool: `Bench___${TOOL}`, strangers: await Promise.all(strangers) };
}

async function main(): Promise<void> {
  if (role === 'bare') {
    const { url } = await bareServer(TOOL, ({ id }) => ({ id, status: 'open' }));
    process.send?.({ role, url, token: 'none', tool: TOOL, strangers: [] } satisfies Report);
  } else {
    process.send?.(await startEmulator(role === 'large' ? 1_000 : 50));
  }
}

process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage().heapUsed);
});
if (process.send !== undefined) void main();
