import type { JsonObject } from '../../../lib/contract/json';
import type { Call } from './call';

/** The gateway's answer to a call, or a question that the server asks in the meantime. */
export interface Result {
  readonly kind: 'result' | 'error' | 'server-request';
  /** Result, error or parameters. */
  readonly payload: JsonObject;
  /** What the client asked for. */
  readonly call: Call;
}
