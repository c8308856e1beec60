import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { LIMITS } from '../../contract/limits';
import { followed, type OpenApiOperation, operationOf } from './openapi-operation';
import type { TargetCall, TargetCaller, TargetResult } from './target';

/** Milliseconds that an HTTP target may take. */
export const HTTP_TIMEOUT = 60_000;

/**
 * Calls the operations of an OpenAPI document by their operation ids.
 *
 * @param file the document, as JSON
 */
export function openApiTarget(endpoint: string, file: string): TargetCaller {
  const document = JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
  return {
    async call(call) {
      const operation = operationOf(document, call.toolName);
      if (operation === undefined) return { kind: 'failure', detail: `no operation ${call.toolName} in the document` };
      try {
        return await send(endpoint, document, operation, call);
      } catch (error) {
        return { kind: 'failure', detail: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

async function send(
  endpoint: string,
  document: JsonObject,
  operation: OpenApiOperation,
  call: TargetCall,
): Promise<TargetResult> {
  const { path, query, headers, rest } = placed(operation, call.input);
  const url = new URL(endpoint.replace(/\/$/, '') + path);
  for (const [name, value] of query) url.searchParams.append(name, value);
  const body = bodyOf(document, operation, rest);
  const response = await fetch(url, {
    method: operation.method,
    headers: {
      accept: 'application/json',
      ...headers,
      ...call.headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(HTTP_TIMEOUT),
  });
  const text = await response.text();
  if (Buffer.byteLength(text) > LIMITS.payloadMaxBytes)
    return { kind: 'failure', detail: 'the answer is larger than 6 MB' };
  if (!response.ok) return { kind: 'failure', detail: `HTTP ${response.status}: ${text.slice(0, 1_000)}` };
  return { kind: 'value', value: parsed(text) };
}

interface Placed {
  readonly path: string;
  readonly query: readonly [string, string][];
  readonly headers: { readonly [name: string]: string };
  /** Arguments that are no parameters: members of the body. */
  readonly rest: JsonObject;
}

function placed(operation: OpenApiOperation, input: JsonObject): Placed {
  let path = operation.path;
  const query: [string, string][] = [];
  const headers: { [name: string]: string } = {};
  const rest: JsonObject = { ...input };
  for (const { name, place } of operation.parameters) {
    const value = input[name];
    delete rest[name];
    if (value === undefined || value === null) continue;
    const texts = (Array.isArray(value) ? value : [value]).map(asText);
    if (place === 'path') path = path.replaceAll(`{${name}}`, encodeURIComponent(texts.join(',')));
    if (place === 'query') for (const text of texts) query.push([name, text]);
    if (place === 'header') headers[name.toLowerCase()] = encodeHeader(texts.join(','));
  }
  return { path, query, headers, rest };
}

/** Object members stand beside the parameters; any other body is the argument `body`. */
function bodyOf(document: JsonObject, operation: OpenApiOperation, rest: JsonObject): JsonValue | undefined {
  if (operation.bodySchema === undefined || Object.keys(rest).length === 0) return undefined;
  const schema = followed(document, operation.bodySchema);
  const isObject = isJsonObject(schema['properties']) || Array.isArray(schema['allOf']);
  return isObject ? rest : rest['body'];
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Arguments come from the agent: nothing in them may end a header. */
function encodeHeader(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (character) => encodeURIComponent(character));
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
