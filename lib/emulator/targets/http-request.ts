import type { HttpBody, HttpRequest } from '../../contract/http-request';
import type { JsonObject } from '../../contract/json';
import { asText, formFields } from './form-fields';

/** A request as `fetch` takes it. */
export interface PreparedRequest {
  readonly url: URL;
  /** Headers of the API, under lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | FormData;
}

/** Puts the arguments of a call where the operation wants them. */
export function prepareRequest(endpoint: string, request: HttpRequest, input: JsonObject): PreparedRequest {
  let { path } = request;
  const query: [string, string][] = [];
  const headers: { [name: string]: string } = {};
  const rest: JsonObject = { ...input };
  for (const { name, in: place } of request.parameters) {
    const value = input[name];
    delete rest[name];
    if (value === undefined || value === null) continue;
    const texts = (Array.isArray(value) ? value : [value]).map(asText);
    if (place === 'path') path = path.replaceAll(`{${name}}`, () => encodeURIComponent(texts.join(',')));
    if (place === 'query') for (const text of texts) query.push([name, text]);
    if (place === 'header') headers[name.toLowerCase()] = encodeHeader(texts.join(','));
  }
  const url = new URL(endpoint.replace(/\/$/, '') + path);
  for (const [name, value] of query) url.searchParams.append(name, value);
  return { url, ...withBody(request.body, rest, headers) };
}

function withBody(
  body: HttpBody | undefined,
  rest: JsonObject,
  headers: PreparedRequest['headers'],
): Pick<PreparedRequest, 'headers' | 'body'> {
  if (body === undefined || Object.keys(rest).length === 0) return { headers };
  const { mediaType, from, bracketed = [] } = body;
  const content = from === 'members' ? rest : rest['body'];
  // fetch writes the media type of a multipart form, because it chooses the boundary.
  if (mediaType === 'multipart/form-data') return { headers, body: multipart(formFields(content, bracketed)) };
  const typed = { ...headers, 'content-type': mediaType };
  if (mediaType === 'application/json') return { headers: typed, body: JSON.stringify(content) };
  if (mediaType === 'application/x-www-form-urlencoded') {
    return { headers: typed, body: new URLSearchParams(formFields(content, bracketed)).toString() };
  }
  throw new Error(
    `the emulator writes no body of type ${mediaType}: call this tool on a deployed gateway, or offer application/json beside it in the document`,
  );
}

function multipart(fields: readonly [string, string][]): FormData {
  const form = new FormData();
  for (const [name, text] of fields) form.append(name, text);
  return form;
}

/** Arguments come from the agent: nothing in them may end a header. */
function encodeHeader(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (character) => encodeURIComponent(character));
}
