import type { Headers } from '../../contract/interceptor-payload';
import type { JsonRpcRequest } from '../../contract/mcp';

/** A message between the stages. */
export interface StagedMessage {
  /** The client's text, which both interceptors see. */
  readonly raw: string;
  readonly headers: Headers;
  /** The message as it stands: the client's, then the REQUEST interceptor's. */
  readonly message: JsonRpcRequest;
  /** The protocol revision. */
  readonly version: string;
  /** Headers that the REQUEST interceptor returned, for the target. */
  readonly added: Headers;
}
