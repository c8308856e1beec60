import type { Headers } from '../../contract/interceptor-payload';
import type { JsonValue } from '../../contract/json';
import { JSON_RPC_ERROR, type JsonRpcId } from '../../contract/mcp';

/** What AgentCore says when it says nothing. Source: developer guide, page gateway-debug-messages. */
export const GENERIC_ERROR_TEXT = 'An internal error occurred. Please retry later.';

/** An answer to the client before it is written to the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined for an answer without body, such as that to a notification. */
  readonly body: JsonValue | undefined;
  /** Set for denials and failed tools. */
  readonly unsuccessful?: true;
}

/** Ends the handling of a message with an answer. Thrown by stages, caught once. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    /** `why` is for the developer alone and is never sent. */
    readonly options: { readonly headers?: Headers; readonly data?: JsonValue; readonly why?: string } = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }

  answer(id: JsonRpcId): Answer {
    const error = { code: this.code, message: this.message };
    const data = this.options.data;
    const body: JsonValue = { jsonrpc: '2.0', id, error: data === undefined ? error : { ...error, data } };
    return { status: this.status, headers: { 'content-type': 'application/json', ...this.options.headers }, body };
  }
}

/** The answer to anything that nobody foresaw: no detail leaves the process. */
export function internalError(): Refusal {
  return new Refusal(500, JSON_RPC_ERROR.internalError, GENERIC_ERROR_TEXT);
}
