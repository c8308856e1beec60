import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { type FunctionManifest, type GatewayManifest, MANIFEST_VERSION } from '../../lib/contract/manifest';
import { MCP_PROTOCOL_VERSIONS, type ToolDefinition } from '../../lib/contract/mcp';
import type { DesiredPolicy } from '../../lib/contract/policy-set-document';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator';

/** A temporary cloud assembly; what it makes is removed by {@link FixtureApp.remove}. */
export class FixtureApp {
  readonly directory = mkdtempSync(join(tmpdir(), 'governed-gateway-'));

  /** Bundles source text as an app's function would be. */
  bundle(name: string, source: string, options: Partial<FunctionManifest> = {}): FunctionManifest {
    const asset = `asset.${name}`;
    const file = join(asset, 'index.js');
    // Bundling takes longer than most tests: what imports nothing is rewritten by hand.
    if (source.includes('import ')) this.write(file, bundled(source));
    else this.write(file, source.replaceAll(/export const (\w+) =/g, 'exports.$1 ='));
    return { asset, handler: 'index.handler', environment: {}, timeoutSeconds: 5, memoryMb: 128, ...options };
  }

  write(file: string, text: string): string {
    const path = join(this.directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  manifest(manifest: GatewayManifest): string {
    return this.write(`${manifest.stackName}.Gateway.gateway.json`, JSON.stringify(manifest));
  }

  async start(manifest: GatewayManifest, options: EmulatorOptions = {}): Promise<Emulator> {
    this.manifest(manifest);
    return await startEmulator({ assembly: this.directory, port: 0, ...options });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function bundled(source: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents: source, loader: 'ts', resolveDir: process.cwd() },
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['@aws-sdk/*', '@smithy/*'],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** A policy whose text has `?resource` for the gateway. */
export function policy(
  id: string,
  text: string,
  enforcementMode: DesiredPolicy['enforcementMode'] = 'ACTIVE',
): DesiredPolicy {
  return {
    id,
    name: id.replaceAll('-', '_'),
    effect: text.trimStart().startsWith('forbid') ? 'forbid' : 'permit',
    statementParts: text.replaceAll('?resource', 'AgentCore::Gateway::"\u0000"').split('\u0000'),
    validationMode: 'FAIL_ON_ANY_FINDINGS',
    enforcementMode,
    origin: { file: `policies/${id}.cedar`, line: 1, column: 1 },
  };
}

export function tool(
  name: string,
  properties: ToolDefinition['inputSchema'] = {},
  required: string[] = [],
): ToolDefinition {
  return {
    name,
    description: `Does ${name.replaceAll('_', ' ')}`,
    inputSchema: { type: 'object', properties, required },
  };
}

export const CLIENT = 'people-client';
export const MACHINE = 'machine-client';

/** Where the client for people is sent after signing in. */
export const CALLBACK = 'http://127.0.0.1:9999/callback';

/** A gateway of one target `Claims` with three tools; readers may query, nobody may purge. */
export function claimsManifest(parts: Partial<GatewayManifest> = {}): GatewayManifest {
  return {
    manifestVersion: MANIFEST_VERSION,
    path: 'Test/Gateway',
    stackName: 'Test',
    gateway: {
      name: 'test',
      logicalId: 'Gateway',
      mode: 'ENFORCE',
      protocolVersions: [...MCP_PROTOCOL_VERSIONS],
      semanticSearch: false,
      responseStreaming: false,
      toolListPagination: true,
    },
    identity: {
      kind: 'cognito',
      authorization: 'jwt',
      allowedClients: [CLIENT, MACHINE],
      allowedAudiences: [],
      allowedScopes: [],
      customClaims: [],
      groups: ['readers', 'writers'],
      clients: [
        {
          name: 'people',
          clientId: CLIENT,
          flow: 'code',
          scopes: ['openid', 'claims/read'],
          callbackUrls: [CALLBACK],
          logoutUrls: ['http://localhost:6274/'],
        },
        { name: 'machine', clientId: MACHINE, flow: 'client-credentials', scopes: ['claims/read'] },
      ],
    },
    targets: [],
    trustedContext: [],
    interceptors: {},
    policies: [],
    invariants: [],
    schema: 'Test.Gateway.cedarschema',
    policySources: [],
    tests: [],
    sources: [],
    outputs: {},
    local: {
      tables: [],
      personas: [
        { username: 'rita', groups: ['readers'], attributes: { department: 'finance' } },
        { username: 'walt', groups: ['writers'], attributes: {} },
      ],
    },
    ...parts,
  };
}

export const READERS_MAY_QUERY = `permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource)
when { principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"readers\\"*" };`;

const CLAIMS_TOOLS: readonly ToolDefinition[] = [
  tool('query', { id: { type: 'string' }, limit: { type: 'integer' } }, ['id']),
  tool('purge', { id: { type: 'string' } }, ['id']),
];

/** Answers with what it was called with. */
const ECHO = `export const handler = async (event, context) => ({ event, tool: context.clientContext.custom.bedrockAgentCoreToolName });`;

/** The plain application: one echoing target, readers may query. */
export function claimsApp(app: FixtureApp, parts: Partial<GatewayManifest> = {}): GatewayManifest {
  return claimsManifest({
    targets: [{ name: 'Claims', kind: 'lambda', tools: CLAIMS_TOOLS, function: app.bundle('claims', ECHO) }],
    policies: [policy('readers-query', READERS_MAY_QUERY)],
    invariants: [],
    ...parts,
  });
}

/** A JSON-RPC answer, as loose as tests need it. */
export interface RpcBody {
  readonly id?: string | number | null;
  readonly error: { readonly code: number; readonly message: string; readonly data?: unknown };
  readonly result: {
    readonly isError: boolean;
    readonly content: { readonly type: string; readonly text: string }[];
    readonly tools: ToolDefinition[];
    readonly nextCursor?: string;
    readonly [member: string]: unknown;
  };
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: RpcBody;
}

let nextId = 1;

/** Calls a method that every caller may call, to see whether a token is taken. */
export function ping(emulator: Emulator, token: string): Promise<HttpAnswer> {
  return post(emulator, 'ping', undefined, { authorization: `Bearer ${token}` });
}

/** One JSON-RPC request over plain HTTP. */
export async function post(
  emulator: Emulator,
  method: string,
  params: object | undefined,
  headers: { [name: string]: string } = {},
): Promise<HttpAnswer> {
  const response = await fetch(emulator.mcpUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-06-18',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: nextId++, method, ...(params === undefined ? {} : { params }) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as RpcBody };
}

/** Calls a tool as a persona. */
export async function call(emulator: Emulator, who: string, name: string, input: object = {}): Promise<RpcBody> {
  const token = await emulator.token(who);
  const { body } = await post(emulator, 'tools/call', { name, arguments: input }, { authorization: `Bearer ${token}` });
  return body;
}

/** Result of a tool that returns JSON. */
export function answerOf(body: RpcBody): Record<string, unknown> {
  return JSON.parse(body.result.content[0]?.text ?? '') as Record<string, unknown>;
}
