import type { ToolLog } from './tool-log';

/** What a tool knows about the call besides its arguments. */
export interface ToolContext<Trusted> {
  /** Bare name of the tool. */
  readonly toolName: string;
  /** Id of the gateway that forwarded the call. */
  readonly gatewayId: string;
  /** Id of the gateway target. */
  readonly targetId: string;
  /** The gateway's id of the request, also in its logs and traces. */
  readonly requestId: string;
  /** Values from the REQUEST interceptor, not from the agent: the fields that the tool declares under `trusted`. */
  readonly trusted: Trusted;
  /** Structured log; every entry names tool and request. Do not write argument values to it. */
  readonly log: ToolLog;
  /** Milliseconds until Lambda ends the invocation; Infinity if unknown. */
  readonly remainingTime: () => number;
}

/** As much of Lambda's invocation context as tools need. */
export interface LambdaContext {
  readonly awsRequestId?: string;
  readonly clientContext?: unknown;
  readonly getRemainingTimeInMillis?: () => number;
}
