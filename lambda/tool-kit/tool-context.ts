import type { ToolLog } from './tool-log';

/** What a tool knows of the call beside its arguments. */
export interface ToolContext<Trusted> {
  /** Bare name of the tool. */
  readonly toolName: string;
  /** Id of the gateway that passed the call on. */
  readonly gatewayId: string;
  /** Id of the gateway target. */
  readonly targetId: string;
  /** The gateway's id of the request, which its logs and traces have too. */
  readonly requestId: string;
  /** What the REQUEST interceptor vouches for: the fields that the tool declared under `trusted`. */
  readonly trusted: Trusted;
  /** Structured log; every entry names tool and request. Write no argument values to it. */
  readonly log: ToolLog;
  /** Milliseconds until Lambda ends the invocation; Infinity where nobody says. */
  readonly remainingTime: () => number;
}

/** As much of Lambda's invocation context as tools need. */
export interface LambdaContext {
  readonly awsRequestId?: string;
  readonly clientContext?: unknown;
  readonly getRemainingTimeInMillis?: () => number;
}
