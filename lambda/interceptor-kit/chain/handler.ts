import {
  type InterceptorEvent,
  type InterceptorOutput,
  isInterceptorEvent,
} from '../../../lib/contract/interceptor-payload';
import { isJsonObject } from '../../../lib/contract/json';
import type { JsonRpcId } from '../../../lib/contract/mcp';
import type { InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import { answerId, type DenialReason, denialBody, denialOf } from '../message/denial';
import { earlyAnswer } from '../message/early-answer';
import { answerHttp, type HttpOutput } from '../message/http-message';
import { fitsPayload } from '../message/payload-size';
import { checkedStep } from './configured-steps';
import { createLogger, type Logger } from './logger';
import type { Run } from './read-message';
import type { Step } from './step';

/** What a chain runs on. Replaced in tests. */
export interface HandlerContext {
  /** Undefined when the configuration is missing or invalid: then every message is denied. */
  readonly config: InterceptorConfig | undefined;
  readonly log?: Logger;
  readonly clock?: () => Date;
}

/** What Lambda tells about an invocation, as far as it matters here. */
export interface LambdaContext {
  readonly awsRequestId?: string;
  readonly getRemainingTimeInMillis?: () => number;
  /** What the gateway tells about the request beside the event. Source: developer guide, page gateway-interceptors-configuration. */
  readonly clientContext?: unknown;
}

/** A Lambda handler for an interceptor. Never rejects. */
export type InterceptorHandler = (
  event: unknown,
  invocation?: LambdaContext,
) => Promise<InterceptorOutput | HttpOutput>;

/** What one interception point does with a message: `interceptRequest` or `interceptResponse`. */
export type Intercept = (event: InterceptorEvent, run: Run) => Promise<InterceptorOutput>;

/** Makes the handler of one interception point. Whatever goes wrong, and however an event looks, the message is denied. */
export function createHandler(
  intercept: Intercept,
  given: readonly Step[],
  context: HandlerContext,
): InterceptorHandler {
  const steps = given.map(checkedStep);
  const log = context.log ?? createLogger(context.config?.redactedLogFields);
  const clock = context.clock ?? (() => new Date());
  return async (event, invocation) => {
    const requestId = invocation?.awsRequestId ?? '';
    try {
      const { config } = context;
      if (config === undefined) {
        tell(log, 'no config', requestId);
        return refuse('misconfigured', requestId);
      }
      if (isJsonObject(event) && isJsonObject(event['http'])) return answerHttp(config.httpMessages ?? 'refuse');
      if (!isInterceptorEvent(event)) return refuse('malformed-message', requestId);
      const timeLeft = (): number => invocation?.getRemainingTimeInMillis?.() ?? Infinity;
      const output = await intercept(event, {
        steps,
        config,
        log,
        now: clock(),
        requestId,
        gatewayRequestId: gatewayRequestIdOf(invocation),
        timeLeft,
      });
      return fitsPayload(output) ? output : refuse('too-large', requestId, idOf(output));
    } catch (error) {
      tell(log, error, requestId);
      return refuse('step-failed', requestId);
    }
  };
}

/** Documented for HTTP messages only, and taken wherever it comes. */
function gatewayRequestIdOf(invocation: LambdaContext | undefined): string | undefined {
  const context = invocation?.clientContext;
  const custom = isJsonObject(context) ? (context['custom'] ?? context['Custom']) : undefined;
  const id = isJsonObject(custom) ? custom['REQUEST_ID'] : undefined;
  return typeof id === 'string' && /^[\w-]{1,128}$/.test(id) ? id : undefined;
}

function tell(log: Logger, error: unknown, requestId: string): void {
  try {
    log.error('failed', { error, requestId });
  } catch {
    // The logger may be what failed; the answer must go out all the same.
  }
}

function refuse(reason: DenialReason, requestId: string, id: JsonRpcId = null): InterceptorOutput {
  return earlyAnswer(denialBody(id, denialOf(reason), requestId));
}

/** The id of the message that was about to go out. */
function idOf({ mcp }: InterceptorOutput): JsonRpcId {
  const body = (mcp.transformedGatewayResponse ?? mcp.transformedGatewayRequest)?.body;
  return answerId(isJsonObject(body) ? body['id'] : null);
}
