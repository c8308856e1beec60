import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { GatewayManifest } from '../../contract/manifest';
import { GovernanceError } from '../../diagnostics/governance-error';
import { preparePolicySet } from '../../policy/decision/policy-set';
import { type PolicyProofs, policyProofs, proofSentences } from '../../policy/proof/policy-proofs';
import { sentenceLine } from '../../policy/sentence/layout';
import { policySentence } from '../../policy/sentence/policy-sentence';
import { principalTypeOf } from '../../policy/testing/run/gateway-under-test';
import { writtenStatement } from '../../policy/text/statement-text';
import type { Application } from '../application';
import type { CallRecord } from '../call-record';
import { type HttpHandler, type HttpReply, type HttpRequest, jsonReply } from '../http/exchange';
import { isOwnRequest } from '../http/local-requests';
import { PAGE_HEADERS } from '../http/page-headers';
import { MCP_PATH } from '../http/paths';
import { tokenFor } from '../identity/token-for';
import { STATELESS_VERSION } from '../mcp/protocol';
import type { Answer } from '../mcp/refusal';
import { SESSION_HEADER } from '../mcp/sessions';
import { CallTrace } from '../observe/call-trace';
import { handleMessage } from '../pipeline';
import type { ServingGateway } from '../serving-gateway';

/** Source of the page's data and effects. */
export interface PageDependencies {
  readonly application: () => Application;
  readonly recent: () => readonly CallRecord[];
  /** The last decision records, as lines of JSON. */
  readonly records: () => string;
  readonly onCall: (record: CallRecord) => void;
}

/** The page at `/` and what it asks for. It can mint tokens, so that no other page may use it. */
export function pageRoutes(dependencies: PageDependencies): [string, HttpHandler][] {
  const own =
    (handler: HttpHandler): HttpHandler =>
    async (request) => {
      if (!isOwnRequest(request.headers)) return jsonReply({ error: 'forbidden' }, 403);
      try {
        return await handler(request);
      } catch (error) {
        if (!GovernanceError.is(error)) throw error;
        return jsonReply({ diagnostics: error.diagnostics }, 404);
      }
    };
  return [
    ['GET /', () => staticFile('index.html', PAGE_HEADERS)],
    ['GET /page.js', () => staticFile('page.js', { 'content-type': 'text/javascript; charset=utf-8' })],
    ['GET /page.css', () => staticFile('page.css', { 'content-type': 'text/css; charset=utf-8' })],
    ['GET /favicon.ico', () => ({ status: 204 })],
    ['GET /emulator/state', own(() => jsonReply(state(dependencies.application())))],
    ['GET /emulator/manifest', own(() => jsonReply(dependencies.application().gateway.manifest))],
    ['GET /emulator/records', own(() => jsonReply(dependencies.records()))],
    ['GET /emulator/calls', own((request) => jsonReply(callsAfter(request, dependencies)))],
    ['POST /emulator/tools', own((request) => tools(request, dependencies))],
    ['POST /emulator/token', own((request) => token(request, dependencies))],
    ['POST /emulator/call', own((request) => tryCall(request, dependencies))],
  ];
}

function staticFile(name: string, headers: HttpReply['headers'] = {}): HttpReply {
  return {
    status: 200,
    headers: { ...headers, 'cache-control': 'no-cache' },
    body: readFileSync(join(__dirname, name), 'utf8'),
  };
}

function state({ gateway, provider }: Application): JsonObject {
  const { manifest } = gateway;
  const users = [...provider.directory.users.values()];
  const machines = [...provider.directory.clients.values()].filter(({ flow }) => flow === 'client-credentials');
  return {
    path: manifest.path,
    mode: manifest.gateway.mode,
    mcpUrl: `${gateway.baseUrl}${MCP_PATH}`,
    personas: [
      ...users.map(({ username, groups }) => ({ name: username, groups: [...groups] })),
      ...machines.map(({ name }) => ({ name, groups: [] })),
    ],
    tools: [...gateway.tools.keys()],
    policies: manifest.policies.map((policy) => ({
      id: policy.id,
      enforcement: policy.enforcementMode,
      place: `${policy.origin.file}:${policy.origin.line}`,
      sentence: sentenceLine(policySentence(policy)),
      text: writtenStatement(policy),
      proved: proofSentences(proofsOf(manifest).get(policy.id) ?? { invariants: [] }),
    })),
  };
}

const proofs = new WeakMap<GatewayManifest, PolicyProofs>();

/** What is proved of each policy, found out when the page first asks for it. */
function proofsOf(manifest: GatewayManifest): PolicyProofs {
  const known = proofs.get(manifest);
  if (known !== undefined) return known;
  const { policies, invariants, targets, gateway, identity } = manifest;
  const set = preparePolicySet({ policies, targets, mode: gateway.mode, gatewayArn: LOCAL_GATEWAY_ARN });
  const input = { invariants, set, principalType: principalTypeOf({ identity }), claims: identity.claims };
  const found = policyProofs(
    input,
    policies.map(({ id }) => id),
  );
  proofs.set(manifest, found);
  return found;
}

function callsAfter(request: HttpRequest, { recent }: PageDependencies): JsonValue {
  const after = Number(request.url.searchParams.get('after') ?? 0);
  return recent().filter(({ number }) => number > after) as unknown as JsonValue;
}

/** The list that a persona's agent gets. */
async function tools(request: HttpRequest, dependencies: PageDependencies): Promise<HttpReply> {
  const input = parsed(request.body);
  const token = await tokenOf(input, dependencies.application());
  const answer = await send(dependencies, token, 'tools/list', {}, false);
  return jsonReply(answer.answer.body ?? null);
}

/** A token for a persona or machine client, for the command line. */
async function token(request: HttpRequest, dependencies: PageDependencies): Promise<HttpReply> {
  return jsonReply({ token: await tokenOf(parsed(request.body), dependencies.application()) });
}

/** Runs a call through the whole pipeline, under a persona's token or one with claims of the developer's own. */
async function tryCall(request: HttpRequest, dependencies: PageDependencies): Promise<HttpReply> {
  const input = parsed(request.body);
  const name = input['tool'];
  const arguments_ = input['arguments'];
  if (typeof name !== 'string' || !isJsonObject(arguments_)) {
    return jsonReply({ error: 'needs `tool` and `arguments`' }, 400);
  }
  const token = await tokenOf(input, dependencies.application());
  const { answer, record } = await send(dependencies, token, 'tools/call', { name, arguments: arguments_ }, true);
  dependencies.onCall(record);
  return jsonReply({ status: answer.status, answer: answer.body ?? null, record: record as unknown as JsonValue });
}

async function tokenOf(input: JsonObject, { provider }: Application): Promise<string> {
  const { claims, persona } = input;
  if (isJsonObject(claims)) return await provider.issueWithClaims(claims);
  return await tokenFor(typeof persona === 'string' ? persona : '', provider);
}

async function send(
  dependencies: PageDependencies,
  token: string,
  method: string,
  params: JsonObject,
  explains: boolean,
): Promise<{ answer: Answer; record: CallRecord }> {
  const serving = dependencies.application().gateway;
  const gateway: ServingGateway = { ...serving, explains, sessions: undefined };
  const version = serving.manifest.gateway.protocolVersions.find((one) => one !== STATELESS_VERSION) ?? '';
  const headers = { authorization: `Bearer ${token}`, 'mcp-protocol-version': version, [SESSION_HEADER]: 'page' };
  const trace = new CallTrace(serving.clock(), serving.manifest.gateway.mode);
  const text = JSON.stringify({ jsonrpc: '2.0', id: 'page', method, params });
  const answer = await handleMessage({ text, headers }, gateway, trace);
  return { answer, record: trace.finish(answer) };
}

function parsed(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
