import type { JsonObject } from '../../contract/json';
import { JSON_RPC_ERROR } from '../../contract/mcp';
import type { Caller } from '../mcp/caller';
import { paramsOf } from '../mcp/message';
import { META_SERVER_INFO, STATELESS_VERSION } from '../mcp/protocol';
import { type Answer, Refusal } from '../mcp/refusal';
import { resultAnswer } from '../mcp/results';
import { SESSION_HEADER } from '../mcp/sessions';
import type { StagedMessage } from '../mcp/staged-message';
import type { ServingGateway } from '../serving-gateway';
import { listTools } from './list-tools';

interface MethodCall {
  readonly params: JsonObject;
  readonly caller: Caller;
  readonly version: string;
  readonly gateway: ServingGateway;
}

/** The server's name and version, as the developer guide shows them, page gateway-sessions; real values may differ. */
const SERVER_INFO: JsonObject = { name: 'agentcore-gateway', version: '1.0.0' };
const CAPABILITIES: JsonObject = { tools: { listChanged: true } };

/** Every method but `tools/call`. Prompts and resources exist, empty: the gateway's targets here have tools only. */
const METHODS: { readonly [method: string]: (call: MethodCall) => JsonObject } = {
  initialize: ({ version, gateway }) => ({
    protocolVersion: version,
    capabilities: CAPABILITIES,
    serverInfo: SERVER_INFO,
    ...instructions(gateway),
  }),
  'server/discover': ({ gateway }) => ({
    supportedVersions: [...gateway.manifest.gateway.protocolVersions],
    capabilities: CAPABILITIES,
    ...instructions(gateway),
    _meta: { [META_SERVER_INFO]: SERVER_INFO },
  }),
  ping: () => ({}),
  'tools/list': ({ params, caller, gateway }) => listTools(params, caller, gateway),
  'prompts/list': () => ({ prompts: [] }),
  'resources/list': () => ({ resources: [] }),
  'resources/templates/list': () => ({ resourceTemplates: [] }),
  'prompts/get': ({ params }) => unknownName('prompt', params['name']),
  'resources/read': ({ params }) => unknownName('resource', params['uri']),
};

/** Answers a method other than `tools/call`. Throws a refusal for one that is not known. */
export function answerMethod(staged: StagedMessage, caller: Caller, gateway: ServingGateway): Answer {
  const { message, version } = staged;
  const handler = Object.hasOwn(METHODS, message.method) ? METHODS[message.method] : undefined;
  const isInitialize = message.method === 'initialize';
  if (handler === undefined || (isInitialize && version === STATELESS_VERSION)) {
    const status = version === STATELESS_VERSION ? 404 : 200;
    throw new Refusal(status, JSON_RPC_ERROR.methodNotFound, `Method not found: ${message.method}`);
  }
  const answer = resultAnswer(staged, handler({ params: paramsOf(message), caller, version, gateway }));
  if (!isInitialize || gateway.sessions === undefined) return answer;
  const session = gateway.sessions.start(caller.principal.id);
  return { ...answer, headers: { ...answer.headers, [SESSION_HEADER]: session } };
}

function instructions(gateway: ServingGateway): JsonObject {
  const text = gateway.manifest.gateway.instructions;
  return text === undefined ? {} : { instructions: text };
}

function unknownName(kind: string, name: unknown): never {
  throw new Refusal(200, JSON_RPC_ERROR.invalidParams, `Unknown ${kind}: ${String(name)}`);
}
