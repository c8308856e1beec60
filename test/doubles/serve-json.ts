import { type DoubleServer, listen, readBody } from './control-plane/clients';

/** A double that speaks an AWS JSON protocol, by what `X-Amz-Target` says; or by path, where a request has no target. */
export interface JsonDouble {
  answer(
    target: string,
    body: string,
  ): { readonly status: number; readonly body: object } | Promise<{ readonly status: number; readonly body: object }>;
}

/** The double behind a real HTTP server. */
export function serveJson(double: JsonDouble): Promise<DoubleServer> {
  return listen(async (request) => {
    const target = String(request.headers['x-amz-target'] ?? request.url);
    const { status, body } = await double.answer(target, await readBody(request));
    return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
  });
}
