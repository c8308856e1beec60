import {
  INTERCEPTOR_PAYLOAD_VERSION,
  type InterceptedResponse,
  type InterceptionPoint,
  type InterceptorOutput,
  interceptorEvent,
} from '../../contract/interceptor-payload';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { JSON_RPC_ERROR } from '../../contract/mcp';
import type { StepWatch } from '../../contract/step-trace';
import { FunctionFailure } from '../functions/failure';
import type { LocalFunction } from '../functions/local-function';
import { GENERIC_ERROR_TEXT, Refusal } from '../mcp/refusal';
import type { StagedMessage } from '../mcp/staged-message';
import type { ServingGateway } from '../serving-gateway';

/** An interceptor did not answer in time. What becomes of the message is for each point to say. */
export class InterceptorTimeout extends Error {}

/** An interceptor's call. */
export interface InterceptorCall {
  readonly interceptor: LocalFunction;
  readonly point: InterceptionPoint;
  readonly staged: StagedMessage;
  /** The answer, at RESPONSE. */
  readonly response?: InterceptedResponse;
  /** Gets what each step did. */
  readonly onStep: StepWatch;
}

/** Runs an interceptor and checks the outer shape of what it answers. Any failure but an {@link InterceptorTimeout} refuses the message. */
export async function callInterceptor(
  call: InterceptorCall,
  gateway: ServingGateway,
): Promise<InterceptorOutput['mcp']> {
  const { point } = call;
  const output = await invoke(call, gateway);
  if (!isJsonObject(output) || output['interceptorOutputVersion'] !== INTERCEPTOR_PAYLOAD_VERSION) {
    throw failed(gateway, point, `its answer has no interceptorOutputVersion "${INTERCEPTOR_PAYLOAD_VERSION}"`);
  }
  const mcp = output['mcp'];
  if (!isJsonObject(mcp)) throw failed(gateway, point, 'its answer has no member `mcp`');
  return mcp as unknown as InterceptorOutput['mcp'];
}

function eventOf({ staged: { raw, headers, message }, response }: InterceptorCall): JsonObject {
  const event = interceptorEvent({ ...message } as JsonObject, headers, { raw, ...(response && { response }) });
  return event as unknown as JsonObject;
}

async function invoke(call: InterceptorCall, gateway: ServingGateway): Promise<JsonValue> {
  const { interceptor, point, onStep } = call;
  try {
    return await interceptor.invoke(eventOf(call), undefined, onStep);
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    if (error.kind === 'timeout') throw new InterceptorTimeout(`${error.kind}: ${error.message}`);
    throw failed(gateway, point, `${error.kind}: ${error.message}`);
  }
}

/** The refusal of a failed interceptor. Its text reaches clients at exception level DEBUG only. */
export function failed(gateway: ServingGateway, point: InterceptionPoint, detail: string): Refusal {
  const text = `${point} interceptor failed: ${detail}`;
  gateway.warn(text);
  const message = gateway.manifest.gateway.exceptionLevel === 'DEBUG' ? text : GENERIC_ERROR_TEXT;
  return new Refusal(500, JSON_RPC_ERROR.internalError, message, { why: text });
}

/** Seen on the service: an answer without any known member replaces the payload by nothing. */
export function emptyPayload(): Refusal {
  const why = 'the interceptor answered without a message, which the service takes for an empty one';
  return new Refusal(200, JSON_RPC_ERROR.parseError, 'Parse error', { why });
}

/**
 * Whether an answer carries, in place of the known members, one that the platform ignores without a word, so that a guard
 * with a typo lets everything through. Says so loudly, or refuses when the switch says so.
 */
export function ignoredMember(mcp: object, point: InterceptionPoint, gateway: ServingGateway): boolean {
  const ignored = ['gatewayRequest', 'gatewayResponse'].find((name) => name in mcp);
  if (ignored === undefined) return false;
  const text = `the platform ignores \`${ignored}\`, so the message went on unchanged; did you mean \`transformed${ignored.charAt(0).toUpperCase()}${ignored.slice(1)}\`?`;
  if (gateway.switches.ignoredInterceptorMember === 'error') throw failed(gateway, point, text);
  gateway.warn(`${point} interceptor: ${text}`);
  return true;
}
