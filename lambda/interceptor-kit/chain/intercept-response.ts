import {
  type Headers,
  INTERCEPTOR_PAYLOAD_VERSION,
  type InterceptedResponse,
  type InterceptorEvent,
  type InterceptorOutput,
} from '../../../lib/contract/interceptor-payload';
import { isJsonObject, isWithinDepth, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import type { Call } from '../message/call';
import { answerId, type Denial, denialBody } from '../message/denial';
import { type Answer, parseAnswer, withPayload } from '../message/parse-answer';
import type { Result } from '../message/result';
import type { Proceed, StepOutcome } from './outcome';
import { type ReadMessage, type Run, readMessage } from './read-message';
import { conclude, type Ended, endedByKit, type Passage, runChain } from './run-chain';
import type { Step, StepContext } from './step';
import { milliseconds } from './stopwatch';

/** Objects in each other in an answer, beyond which it is not shown. */
const MAX_DEPTH = 256;

/** The RESPONSE point: read and identify, run the steps in reverse, let observers take note, answer. */
export async function interceptResponse(event: InterceptorEvent, run: Run): Promise<InterceptorOutput> {
  const started = milliseconds();
  const message = readMessage(event, 'RESPONSE', run);
  const response: InterceptedResponse = isJsonObject(event.mcp.gatewayResponse) ? event.mcp.gatewayResponse : {};
  const transformation = new ResponseTransformation(message, response.body ?? null);
  const ended = await transformation.runSteps(run);
  const body = ended?.denial ? denied(message, transformation, ended.denial, run) : transformation.body;
  const unobserved = await conclude('RESPONSE', message, undefined, ended, body, started, run);
  return output(response, unobserved ? denied(message, transformation, unobserved, run) : body);
}

/** An answer on its way through the steps. */
class ResponseTransformation implements Passage {
  readonly part = 'response';
  answer: Answer | undefined;

  constructor(
    private readonly message: ReadMessage,
    private readonly received: JsonValue,
  ) {
    this.answer = isWithinDepth(received, MAX_DEPTH) ? parseAnswer(received) : undefined;
  }

  get body(): JsonValue {
    return this.answer?.body ?? null;
  }

  async runSteps(run: Run): Promise<Ended | undefined> {
    const { message, answer } = this;
    if (answer === undefined) return this.withoutAnswer();
    if (message.probe) return undefined;
    const { call, refused } = message;
    if (call !== undefined && refused === undefined) {
      return runChain([...run.steps].reverse(), this, message, run);
    }
    // The REQUEST interceptor denied this message: its error goes out. Anything else for such a message does not.
    return answer.kind === 'error' ? undefined : endedByKit(refused ?? 'malformed-message');
  }

  /** A notification gets no answer, and its empty body is right. Any other message without a readable answer is denied. */
  private withoutAnswer(): Ended | undefined {
    const { call, id } = this.message;
    if (call !== undefined && id === undefined) return undefined;
    return endedByKit(this.received === null ? 'empty-response' : 'unreadable-response');
  }

  run(step: Step, context: StepContext): StepOutcome | Promise<StepOutcome> {
    const { kind, payload } = this.answer as Answer;
    const result: Result = { kind, payload, call: this.message.call as Call };
    return step.response?.(result, context) as StepOutcome | Promise<StepOutcome>;
  }

  apply({ payload, ...others }: Proceed['changes']): void {
    if (Object.keys(others).length > 0) throw new TypeError('a response has only a payload to change');
    if (payload === undefined || this.answer === undefined) return;
    const changed = parseAnswer(withPayload(this.answer, payload).body);
    if (changed?.kind !== this.answer.kind) throw new TypeError('changes make the answer invalid');
    this.answer = changed;
  }
}

/** Denials carry the id of the client's own message, also in place of a question that the server asked meanwhile. */
function denied(message: ReadMessage, transformation: ResponseTransformation, denial: Denial, run: Run): JsonObject {
  return denialBody(answerId(message.id ?? transformation.answer?.body['id']), denial, run.requestId);
}

/**
 * Status and headers go out as they came: a later event of a stream has neither, and may have neither. Lengths and encodings of the
 * original bytes are left out, because the body may have changed.
 */
function output({ statusCode, headers, isStreamingResponse }: InterceptedResponse, body: JsonValue): InterceptorOutput {
  const status = statusCode ?? (isStreamingResponse === true ? undefined : 200);
  const kept = isJsonObject(headers) ? Object.entries(headers).filter(isKept) : [];
  return {
    interceptorOutputVersion: INTERCEPTOR_PAYLOAD_VERSION,
    mcp: {
      transformedGatewayResponse: {
        ...(typeof status === 'number' ? { statusCode: status } : {}),
        ...(kept.length > 0 ? { headers: Object.fromEntries(kept) as Headers } : {}),
        body,
      },
    },
  };
}

function isKept([name, value]: [string, unknown]): boolean {
  return typeof value === 'string' && !/^(content-length|content-encoding|transfer-encoding)$/i.test(name);
}
