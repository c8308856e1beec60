import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnforcementMode, GovernedGateway, PolicySource, Steps, ToolList, Tools, TrustedField } from '../../lib';
import { PROOF_ARGUMENT, PROOF_PLACEHOLDER, proofOf } from '../../lib/contract/interceptor-proof';
import type { JsonObject } from '../../lib/contract/json';
import type { FunctionManifest, GatewayManifest } from '../../lib/contract/manifest';
import { INTERCEPTOR_CONFIG_FILE, type InterceptorConfig } from '../../lib/contract/steps/interceptor-config';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { localRoleArn } from '../../lib/emulator/template-values';
import { ROOT } from '../house/source-files';
import { declaredSteps } from '../lambda/interceptor-kit/every-step';
import { post, type RpcBody } from './fixture';

/** Headers in which the target gets the caller's credentials, as a caller may send them herself. */
const CREDENTIALS = {
  accessKeyId: 'x-key',
  secretAccessKey: 'x-secret',
  sessionToken: 'x-token',
};
const EXCHANGED = 'Exchanged';

const app = new App();
const stack = new Stack(app, 'Claims');
const role = Role.fromRoleArn(stack, 'Exchange', localRoleArn(EXCHANGED));
const STEPS = declaredSteps(Steps, { role, headers: CREDENTIALS });
const toolOf = (step: string): string => step.replace('-', '_');
const TOOLS = ['trusted-context', ...STEPS.keys()].map(toolOf);

/** What a caller sends who knows everything but the secret. */
function feigned(tool: string, proof = PROOF_PLACEHOLDER): JsonObject {
  return { text: 'a', [PROOF_ARGUMENT]: proof, ...(tool === 'trusted_context' && { region: 'EU' }) };
}

/** The guard denied, not the interceptor. */
const BY_GUARD = /^Tool Execution Denied: .*requires_interceptor/;
/** Nothing answered, or the interceptor itself denied. */
const BEFORE = /^(?:An internal error occurred|Request denied)/;

/** Shows what arrives of a call: its arguments, and the headers that passed. */
const ECHO = `exports.handler = async (event, { clientContext }) => ({
  ...event, headers: clientContext.custom.bedrockAgentCorePropagatedHeaders,
});`;
const HANGS = 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000));';
const THROTTLED = 'exports.handler = async () => { throw new Error("Rate exceeded"); };';
const PASSES = `exports.handler = async (event) => ({
  interceptorOutputVersion: '1.0', mcp: { transformedGatewayRequest: { body: event.mcp.gatewayRequest.body } },
});`;

let directory: string;
let manifest: GatewayManifest;
let emulator: Emulator | undefined;

beforeAll(() => {
  const fn = new LambdaFunction(stack, 'Fn', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(ECHO),
  });
  const properties = { text: { type: 'string' } };
  const list = ToolList.fromInline(
    ...[...TOOLS, 'free'].map((name) => ({ name, description: name, inputSchema: { type: 'object', properties } })),
  );
  new GovernedGateway(stack, 'Gateway', {
    mode: EnforcementMode.ENFORCE,
    targets: {
      Claims: Tools.fromFunction(fn, list, { allowedRequestHeaders: Object.values(CREDENTIALS) }),
      Other: Tools.fromFunction(
        fn,
        ToolList.fromInline({ name: 'nothing', description: 'Nothing', inputSchema: { type: 'object', properties } }),
      ),
    },
    policies: [
      PolicySource.fromInline(`permit (principal is AgentCore::OAuthUser, action in AgentCore::Action::"Claims", resource == ?resource)
when { principal.hasTag("token_use") && principal.getTag("token_use") == "access" };`),
    ],
    trustedContext: { region: TrustedField.constant('EU', { tools: ['Claims___trusted_context'] }) },
    // Each is required for a tool of its own; trusted context is required by itself.
    steps: [...STEPS].map(([name, step]) => step.required(`Claims___${toolOf(name)}`)),
  });
  directory = app.synth().directory;
  const read = readFileSync(join(directory, 'Claims.Gateway.gateway.json'), 'utf8');
  manifest = JSON.parse(read) as GatewayManifest;
});

afterAll(async () => emulator?.stop());

/** A function in the assembly. */
function functionOf(name: string, source: string): FunctionManifest {
  const asset = `asset.${name}`;
  mkdirSync(join(directory, asset), { recursive: true });
  writeFileSync(join(directory, asset, 'index.js'), source);
  return { asset, handler: 'index.handler', environment: {}, timeoutSeconds: 1, memoryMb: 128 };
}

/** Runs the application with other interceptors, or with none. */
async function startWith(interceptors: GatewayManifest['interceptors']): Promise<Emulator> {
  await emulator?.stop();
  const role = { logicalId: EXCHANGED, grants: [] };
  const changed: GatewayManifest = {
    ...manifest,
    targets: manifest.targets.map((target) => ({ ...target, function: functionOf('echo', ECHO) })),
    interceptors,
    local: {
      ...manifest.local,
      personas: [{ username: 'rita', groups: [], attributes: {} }],
      sql: { database: 'none', tables: [], roles: [role] },
    },
  };
  const file = join(directory, 'Attack.Gateway.gateway.json');
  writeFileSync(file, JSON.stringify(changed));
  emulator = await startEmulator({ assembly: file, port: 0, appDirectory: ROOT });
  return emulator;
}

const deployed = (): FunctionManifest => manifest.interceptors.request as FunctionManifest;

/** A call by somebody who sends credentials of her own beside what she feigns. */
async function attack(running: Emulator, tool: string, input: JsonObject): Promise<RpcBody> {
  const headers = Object.fromEntries(Object.values(CREDENTIALS).map((name) => [name, 'feigned']));
  const authorization = `Bearer ${await running.token('rita')}`;
  const params = { name: `Claims___${tool}`, arguments: input };
  return (await post(running, 'tools/call', params, { ...headers, authorization })).body;
}

function configOf({ asset }: FunctionManifest): InterceptorConfig {
  return JSON.parse(readFileSync(join(directory, asset, INTERCEPTOR_CONFIG_FILE), 'utf8')) as InterceptorConfig;
}

/** The deployed interceptor with another configuration. */
function withConfig(name: string, change: (config: InterceptorConfig) => InterceptorConfig): FunctionManifest {
  const asset = `asset.${name}`;
  cpSync(join(directory, deployed().asset), join(directory, asset), { recursive: true });
  writeFileSync(join(directory, asset, INTERCEPTOR_CONFIG_FILE), JSON.stringify(change(configOf(deployed()))));
  return { ...deployed(), asset };
}

/** Before the proof: trusted fields are filled, and nothing is proven. */
const withoutProof = (config: InterceptorConfig): InterceptorConfig => ({
  ...config,
  steps: config.steps.map((step) =>
    step.step === 'trusted-context'
      ? { ...step, fields: step.fields.filter(({ name }) => name !== PROOF_ARGUMENT) }
      : step,
  ),
});

/** Of another deployment: the same secret, other steps. */
const ofOtherSteps = (config: InterceptorConfig): InterceptorConfig =>
  JSON.parse(JSON.stringify(config).replace(/"fingerprint":"[^"]*"/, '"fingerprint":"older"')) as InterceptorConfig;

const ATTACKS: readonly [string, () => FunctionManifest | undefined, RegExp][] = [
  ['is detached', () => undefined, BY_GUARD],
  ['does not answer in time', () => functionOf('hangs', HANGS), BY_GUARD],
  ['is throttled', () => functionOf('throttled', THROTTLED), BEFORE],
  ['is replaced by one that lets everything through', () => functionOf('passes', PASSES), BY_GUARD],
  ['is of a version before the proof', () => withConfig('before', withoutProof), BY_GUARD],
  ['is of a version with other steps', () => withConfig('older', ofOtherSteps), BY_GUARD],
  ['cannot read its secret', () => ({ ...deployed(), environment: {} }), BEFORE],
];

describe.each(ATTACKS)('when the REQUEST interceptor %s', (_, request, denial) => {
  const answers = new Map<string, RpcBody>();

  beforeAll(async () => {
    const interceptor = request();
    const running = await startWith({ ...(interceptor && { request: interceptor }) });
    const all = [...TOOLS, 'free'].map(async (tool) => answers.set(tool, await attack(running, tool, feigned(tool))));
    await Promise.all(all);
  });

  it.each(TOOLS)('a call that relies on `%s` is denied, whatever it brings', (tool) => {
    expect(answers.get(tool)?.result).toBeUndefined();
    expect(answers.get(tool)?.error.message).toMatch(denial);
  });
});

describe('when the REQUEST interceptor runs', () => {
  it('the same calls get through, with nothing in them that the client feigned', async () => {
    const running = await startWith({ request: deployed() });
    for (const tool of TOOLS) {
      const answer = await attack(running, tool, feigned(tool, proofOf('x', 'y')));
      expect(answer.error).toBeUndefined();
      expect(JSON.stringify(answer)).toContain('ggp_');
      expect(JSON.stringify(answer)).not.toContain(proofOf('x', 'y'));
      if (tool === 'token_exchange') expect(JSON.stringify(answer)).not.toContain('feigned');
    }
  });

  it('asks no proof of tools that rely on nothing', async () => {
    const answer = await attack(await startWith({}), 'free', { text: 'a' });
    expect(answer.error).toBeUndefined();
  });
});

const AT_RESPONSE: readonly [string, () => FunctionManifest][] = [
  ['does not answer in time', () => functionOf('hangs', HANGS)],
  ['is throttled', () => functionOf('throttled', THROTTLED)],
  ['answers with nothing', () => functionOf('nothing', 'exports.handler = async () => ({});')],
];

// Covers assumed.slow-response-interceptor
describe('when the RESPONSE interceptor', () => {
  it.each(AT_RESPONSE)('%s, no result gets to the client', async (_, response) => {
    const running = await startWith({ request: deployed(), response: response() });
    for (const tool of ['redaction', 'row_scope']) {
      const answer = await attack(running, tool, { text: 'ann@example.com' });
      expect(answer.result).toBeUndefined();
      expect(JSON.stringify(answer)).not.toContain('example.com');
    }
  });

  it('is detached, trusted fields hold; what it would have hidden shows, as docs/interceptors.md says', async () => {
    const running = await startWith({ request: deployed() });
    const input = { text: 'ann@example.com', region: 'US', [PROOF_ARGUMENT]: PROOF_PLACEHOLDER };
    expect(JSON.stringify(await attack(running, 'trusted_context', input))).toContain('\\"region\\":\\"EU\\"');
    expect(JSON.stringify(await attack(running, 'redaction', { text: input.text }))).toContain('ann@example.com');
  });
});
