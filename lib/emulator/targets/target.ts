import type { Headers } from '../../contract/interceptor-payload';
import type { JsonObject, JsonValue } from '../../contract/json';
import type { JsonRpcId } from '../../contract/mcp';

/** A call that the policies have let through. */
export interface TargetCall {
  /** Full name, `target___tool`. */
  readonly tool: string;
  /** Bare name. */
  readonly toolName: string;
  readonly input: JsonObject;
  readonly messageId: JsonRpcId;
  /** Headers that pass to the target, under lower-case names. */
  readonly headers: Headers;
}

/** What a target gave back. */
export type TargetResult =
  /** Any value, as a function or an HTTP service returns it. */
  | { readonly kind: 'value'; readonly value: JsonValue }
  /** A complete result of `tools/call`, from a target that speaks MCP itself. */
  | { readonly kind: 'tool-result'; readonly result: JsonObject }
  /** The detail is for the developer: clients see it at exception level DEBUG only. */
  | { readonly kind: 'failure'; readonly detail: string };

/** Calls the tools of one target. A call never rejects. */
export interface TargetCaller {
  /** Loads what calls need. Rejects with a finding. */
  start?(): Promise<void>;
  call(call: TargetCall): Promise<TargetResult>;
  stop?(): Promise<void>;
}
