import {
  type Headers,
  INTERCEPTOR_PAYLOAD_VERSION,
  type InterceptorEvent,
  type InterceptorOutput,
  isResponseEvent,
} from '../../../lib/contract/interceptor-payload';
import { PROOF_ARGUMENT } from '../../../lib/contract/interceptor-proof';
import type { JsonObject } from '../../../lib/contract/json';
import { type Call, isRefused, parseCall, type RefusedMessage, withArguments } from '../message/call';
import { type Denial, denialBody, denialOf } from '../message/denial';
import { earlyAnswer } from '../message/early-answer';
import { checkedHeaders } from '../message/target-headers';
import type { Proceed, StepOutcome } from './outcome';
import { type ReadMessage, type Run, readMessage } from './read-message';
import { conclude, type Ended, endedByKit, type Passage, runChain } from './run-chain';
import type { Step, StepContext } from './step';
import { milliseconds } from './stopwatch';

/** The REQUEST point: read and identify, run the steps, let observers take note, answer. */
export async function interceptRequest(event: InterceptorEvent, run: Run): Promise<InterceptorOutput> {
  // An answer at this point means that the function is attached to the other one.
  if (isResponseEvent(event)) return earlyAnswer(denialBody(null, denialOf('misconfigured'), run.requestId));
  const started = milliseconds();
  const message = readMessage(event, 'REQUEST', run);
  const transformation = new RequestTransformation(message);
  const ended = message.refused === undefined ? await transformation.runSteps(run) : endedByKit(message.refused);
  const answer = ended && answerBody(message, ended, run);
  const unobserved = await conclude('REQUEST', message, transformation.call, ended, answer, started, run);
  if (unobserved) return earlyAnswer(deniedBody(message, unobserved, run));
  return answer === undefined ? transformation.output() : earlyAnswer(answer);
}

/** A client's message on its way through the steps. */
class RequestTransformation implements Passage {
  readonly part = 'request';
  private body: JsonObject;
  call: Call | undefined;
  private readonly headers: Headers = {};
  private proof: string | undefined;

  constructor(private readonly message: ReadMessage) {
    this.call = message.call;
    this.body = message.body as JsonObject;
  }

  runSteps(run: Run): Promise<Ended | undefined> | undefined {
    if (this.message.probe) return undefined;
    return runChain(run.steps, this, this.message, run);
  }

  run(step: Step, context: StepContext): StepOutcome | Promise<StepOutcome> {
    return step.request?.(this.call as Call, context) as StepOutcome | Promise<StepOutcome>;
  }

  /** The message as it goes on. The body is always there, changed or not: without it the gateway would lose the message. */
  output(): InterceptorOutput {
    const headers = Object.keys(this.headers).length > 0 ? { headers: this.headers } : {};
    return {
      interceptorOutputVersion: INTERCEPTOR_PAYLOAD_VERSION,
      mcp: { transformedGatewayRequest: { ...headers, body: this.provenBody() } },
    };
  }

  private provenBody(): JsonObject {
    if (this.proof === undefined || this.call?.kind !== 'tools/call') return this.body;
    const { params, arguments: args } = this.call;
    return { ...this.body, params: { ...params, arguments: { ...args, [PROOF_ARGUMENT]: this.proof } } };
  }

  apply(changes: Proceed['changes']): void {
    if (changes.payload !== undefined) throw new TypeError('no payload');
    if (changes.params !== undefined) this.take(parseCall({ ...this.body, params: changes.params }), changes.params);
    if (changes.arguments !== undefined) {
      if (this.call?.kind !== 'tools/call' && this.call?.kind !== 'prompts/get') {
        throw new TypeError('no arguments');
      }
      this.take(withArguments(this.call, changes.arguments));
    }
    this.proof = changes.proof ?? this.proof;
    Object.assign(this.headers, checkedHeaders(changes.headers));
  }

  /** Takes over a changed call, with the parameters as a step wrote them. */
  private take(call: Call | RefusedMessage, params?: JsonObject): void {
    if (isRefused(call)) throw new TypeError(`invalid changes: ${call.refused}`);
    this.body = { ...this.body, params: params ?? call.params };
    this.call = call;
  }
}

function answerBody(message: ReadMessage, ended: Ended, run: Run): JsonObject {
  if (ended.denial) return deniedBody(message, ended.denial, run);
  return { jsonrpc: '2.0', id: message.id ?? null, result: ended.result ?? {} };
}

function deniedBody(message: ReadMessage, denial: Denial, run: Run): JsonObject {
  return denialBody(message.id ?? null, denial, run.requestId);
}
