import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import type { Application } from '../application';
import type { CallRecord } from '../call-record';
import { tokenFor } from '../identity/token-for';
import { STATELESS_VERSION } from '../mcp/protocol';
import type { Answer } from '../mcp/refusal';
import { SESSION_HEADER } from '../mcp/sessions';
import { CallTrace } from '../observe/call-trace';
import { handleMessage } from '../pipeline';
import type { ServingGateway } from '../serving-gateway';
import { localAccessKey } from '../stages/authenticate';
import type { PageDependencies } from './page-dependencies';

/** Runs a call through the whole pipeline, and tells everyone of it as of any other call. */
export async function runCall(input: JsonObject, dependencies: PageDependencies): Promise<object> {
  const { tool: name, arguments: args } = input;
  if (typeof name !== 'string' || !isJsonObject(args)) return { error: 'needs `tool` and `arguments`' };
  const application = dependencies.application();
  const gateway = { ...atTime(application.gateway, input), explains: true };
  const { answer, record, trace } = await send(
    { method: 'tools/call', params: { name, arguments: args } },
    await callerHeaders(input, application),
    gateway,
  );
  dependencies.onCall(record, trace.details);
  return { status: answer.status, answer: answer.body ?? null, record };
}

/** The list that a persona's agent gets, all pages of it. */
export async function listTools(input: JsonObject, { application }: PageDependencies): Promise<JsonValue> {
  const { gateway } = application();
  const headers = await callerHeaders(input, application());
  const tools: JsonValue[] = [];
  let cursor: JsonValue | undefined;
  do {
    const params: JsonObject = cursor === undefined ? {} : { cursor };
    const { body } = (await send({ method: 'tools/list', params }, headers, gateway)).answer;
    const result = isJsonObject(body) ? body['result'] : undefined;
    if (!isJsonObject(result) || !Array.isArray(result['tools'])) return body ?? null;
    tools.push(...result['tools']);
    cursor = result['nextCursor'];
  } while (cursor !== undefined);
  return { result: { tools } };
}

/** A token of a persona or machine client, or with any claims. */
export async function tokenOf(input: JsonObject, { provider }: Application): Promise<string> {
  const { claims } = input;
  if (isJsonObject(claims)) return await provider.issueWithClaims(claims);
  return await tokenFor(personaOf(input), provider);
}

function personaOf({ persona }: JsonObject): string {
  return typeof persona === 'string' ? persona : '';
}

/** Claims of the token that a persona gets, for somebody who wants to change some of them. */
export async function claimsOf(input: JsonObject, application: Application): Promise<object> {
  return (await application.provider.key.verify(await tokenOf(input, application))) ?? {};
}

/** What the gateway knows a caller by. */
export async function callerHeaders(input: JsonObject, application: Application): Promise<{ authorization?: string }> {
  switch (application.gateway.manifest.identity.authorization) {
    case 'none':
      return {};
    case 'iam':
      return { authorization: `AWS4-HMAC-SHA256 Credential=${localAccessKey(personaOf(input))}/` };
    case 'jwt':
      return { authorization: `Bearer ${await tokenOf(input, application)}` };
  }
}

/** The gateway at the time that the page says, for policies that look at the time. */
export function atTime(gateway: ServingGateway, { now }: JsonObject): ServingGateway {
  const time = typeof now === 'string' ? new Date(now) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? gateway : { ...gateway, clock: () => time };
}

/** Sends one message, as a client that keeps no session. */
export async function send(
  message: { readonly method: string; readonly params: JsonObject },
  caller: { readonly authorization?: string },
  serving: ServingGateway,
): Promise<{ answer: Answer; record: CallRecord; trace: CallTrace }> {
  const { manifest, clock } = serving;
  const gateway: ServingGateway = { ...serving, sessions: undefined };
  const version = manifest.gateway.protocolVersions.find((one) => one !== STATELESS_VERSION) ?? '';
  const headers = { ...caller, 'mcp-protocol-version': version, [SESSION_HEADER]: 'page' };
  const trace = new CallTrace(clock(), manifest.gateway.mode);
  const text = JSON.stringify({ jsonrpc: '2.0', id: 'page', ...message });
  const answer = await handleMessage({ text, headers }, gateway, trace);
  return { answer, record: trace.finish(answer), trace };
}
