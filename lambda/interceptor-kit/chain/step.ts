import type { Claims } from '../../../lib/contract/claims';
import type { InterceptionPoint } from '../../../lib/contract/interceptor-payload';
import type { JsonValue } from '../../../lib/contract/json';
import type { ToolSelectors } from '../../../lib/contract/steps/selectors';
import type { Call } from '../message/call';
import type { Denial } from '../message/denial';
import type { RequestHeaders } from '../message/request-headers';
import type { Result } from '../message/result';
import type { Logger } from './logger';
import type { StepOutcome } from './outcome';

export type { InterceptionPoint };

/** What steps know about the message besides the message itself. To be handed on as it is: a copy by spreading lacks `signal`. */
export interface StepContext {
  readonly point: InterceptionPoint;
  /** Claims of the token that the gateway verified. Undefined on gateways without JWT authorization. */
  readonly claims: Claims | undefined;
  /** Headers of the client's message. */
  readonly headers: RequestHeaders;
  /** The token itself, for steps that exchange it. Never put it into arguments, logs or texts. */
  readonly bearerToken: () => string | undefined;
  /** The time of the message, the same for all steps. */
  readonly now: Date;
  /** Aborted when the step's budget is used up. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Id of this invocation, which denials show as `error.data.requestId`. */
  readonly requestId: string;
}

/** How a message ended at this point, for steps that observe. */
export interface Conclusion {
  readonly point: InterceptionPoint;
  /** Undefined when the message could not be read. */
  readonly call: Call | undefined;
  /** The message as it goes on to policies and target, without the proof. Undefined at RESPONSE, and for a message that ends here. */
  readonly forwarded: Call | undefined;
  /** SHA-256 of the client's message as it was sent: the same at both points. */
  readonly messageHash: () => string;
  /** The gateway's own id of the request; undefined where it does not tell. */
  readonly gatewayRequestId: string | undefined;
  readonly claims: Claims | undefined;
  /** `probe`: the service's own discovery call, which no step sees. */
  readonly outcome: 'passed' | 'answered' | 'denied' | 'probe';
  readonly denial: Denial | undefined;
  /** Name of the step that ended it. */
  readonly endedBy: string | undefined;
  /** The answer as it leaves; undefined when a request goes on. */
  readonly body: JsonValue | undefined;
  /** Milliseconds spent at this point. */
  readonly durationMs: number;
}

/**
 * One concern of an interceptor. Parts may run again for the same message, because the gateway retries: they must be idempotent.
 * Throwing, exceeding the budget, or returning anything but an outcome denies the message.
 */
export interface Step {
  /** For logs. */
  readonly name: string;
  /**
   * Tools that `request` and `response` are for: full names (`target___tool`), or names of targets for all of their tools. For other tools,
   * and for messages that call none, they do not run. Synth checks the names. Part of the step's own job is to say this here: a comparison in
   * its code is checked by nobody.
   *
   * @default - every message, also those that call no tool
   */
  readonly tools?: ToolSelectors;
  /** Milliseconds that each part may take. @default 1000 */
  readonly budgetMs?: number;
  /** Runs before the policy decision, in the order of the chain. */
  request?(call: Call, context: StepContext): StepOutcome | Promise<StepOutcome>;
  /** Runs on the answer, in reverse order of the chain. */
  response?(result: Result, context: StepContext): StepOutcome | Promise<StepOutcome>;
  /** Runs last and always, also for messages that another step ended. */
  observe?(conclusion: Conclusion, context: StepContext): void | Promise<void>;
}
