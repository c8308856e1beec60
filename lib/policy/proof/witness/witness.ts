import type { Claims } from '../../../contract/claims';
import type { ToolCall } from '../../decision/model';

/** A call that answers a question, ready to be decided again. */
export interface Witness {
  /** Claims of the caller's token; undefined for callers without one. */
  readonly claims?: Claims;
  readonly call: ToolCall;
}
