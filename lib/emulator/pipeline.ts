import type { JsonRpcRequest } from '../contract/mcp';
import { SEARCH_TOOL_NAME } from '../contract/tool-name';
import type { Caller } from './mcp/caller';
import { isNotification, messageId, parseMessage, type RawMessage } from './mcp/message';
import { type Answer, internalError, Refusal } from './mcp/refusal';
import { ACCEPTED, resultAnswer } from './mcp/results';
import type { StagedMessage } from './mcp/staged-message';
import type { CallTrace } from './observe/call-trace';
import type { ServingGateway } from './serving-gateway';
import { answerMethod } from './stages/answer-method';
import { authenticate } from './stages/authenticate';
import { callTarget } from './stages/call-target';
import { decide, denial } from './stages/decide';
import { interceptRequest } from './stages/intercept-request';
import { interceptResponse } from './stages/intercept-response';
import { searchTools } from './stages/list-tools';
import { openMessage } from './stages/open-message';
import { toolInvocation } from './stages/tool-invocation';

/** One message's way through the gateway, in the platform's order. Always answers; whatever fails on the way refuses. */
export async function handleMessage(raw: RawMessage, gateway: ServingGateway, trace: CallTrace): Promise<Answer> {
  let message: JsonRpcRequest | undefined;
  try {
    const caller = await trace.stage('auth', () => authenticate(raw.headers, gateway));
    trace.calledBy(caller);
    message = parseMessage(raw.text);
    trace.opened(message);
    const received = openMessage(message, raw, caller, gateway);

    const request = await trace.stage('request', () => interceptRequest(received, gateway, trace.watch('request')));
    if (request.answer !== undefined) {
      trace.record.refusedBy = 'request';
      trace.because(await gateway.denials.why(request.answer.body));
    }
    const answer = request.answer ?? (await answerMessage(request.staged, caller, gateway, trace));
    trace.answered(answer);
    const last = await trace.stage('response', () =>
      interceptResponse(answer, request.staged, gateway, trace.watch('response')),
    );
    if (last !== answer && last.body !== answer.body) trace.because(await gateway.denials.why(last.body));
    return last;
  } catch (error) {
    return refused(error, message, gateway, trace);
  }
}

/** Policies and target, for a call of a tool; the gateway itself answers the rest. */
async function answerMessage(
  staged: StagedMessage,
  caller: Caller,
  gateway: ServingGateway,
  trace: CallTrace,
): Promise<Answer> {
  const { message } = staged;
  if (isNotification(message)) return ACCEPTED;
  try {
    if (message.method !== 'tools/call') return answerMethod(staged, caller, gateway);
    const invocation = toolInvocation(message, gateway);
    trace.calling(invocation.tool);
    if (invocation.tool === SEARCH_TOOL_NAME) {
      return resultAnswer(staged, searchTools(invocation.input, caller, gateway));
    }
    const decision = await trace.stage('policy', () => decide(invocation, caller, gateway, trace));
    if (!decision.allowed) return denial(decision, invocation.tool, messageId(message), gateway);
    return await trace.stage('target', () => callTarget(invocation, staged, gateway, trace.record));
  } catch (error) {
    return refused(error, message, gateway, trace);
  }
}

function refused(
  error: unknown,
  message: JsonRpcRequest | undefined,
  gateway: ServingGateway,
  trace: CallTrace,
): Answer {
  const refusal = refusalOf(error, gateway);
  trace.because(refusal.options.why ?? refusal.message);
  return refusal.answer(messageId(message));
}

function refusalOf(error: unknown, gateway: ServingGateway): Refusal {
  if (error instanceof Refusal) return error;
  gateway.warn(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return internalError();
}
