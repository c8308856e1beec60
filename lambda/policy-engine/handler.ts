import { POLICY_ENGINE_RESOURCE_TYPE, POLICY_SET_RESOURCE_TYPE } from '../../lib/contract/custom-resources';
import { withoutProofs } from '../../lib/contract/interceptor-proof';
import type { HandlerDependencies } from './dependencies';
import { advanceEngine, startEngine } from './engine/engine';
import { failure, messageOf, partsOf } from './messages/messages';
import { renderFailures, shortened } from './messages/render-failures';
import { assertOwnRequest } from './request/own';
import type { Progress, ResourceRequest, Started } from './request/request';
import { CallFailure, OutOfTime } from './service/call-failure';
import { type Hindrance, ServiceCalls } from './service/service-calls';
import { advancePolicySet, startPolicySet } from './set/policy-set';
import { TIMES } from './timing';

/** What the handlers need of Lambda's context. */
export interface TickContext {
  getRemainingTimeInMillis(): number;
}

/** Starts a change of either resource. A thrown error fails the resource with its message. */
export async function onEvent(
  request: ResourceRequest,
  context: TickContext,
  dependencies: HandlerDependencies,
): Promise<Started> {
  const StartedAt = dependencies.clock.now();
  return explained(async () => {
    assertOwnRequest(dependencies.own, request);
    return { ...(await start(request, dependencies, callsOf(context, dependencies, StartedAt))), StartedAt };
  });
}

async function start(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
): Promise<Started> {
  switch (request.ResourceType) {
    case POLICY_ENGINE_RESOURCE_TYPE:
      return startEngine(request, dependencies);
    case POLICY_SET_RESOURCE_TYPE:
      return startPolicySet(request, dependencies, calls);
    default:
      throw failure('TYPE_UNKNOWN', { type: request.ResourceType });
  }
}

/**
 * One tick of a change. A tick that runs out of time is not complete, and the next one goes on from what it finds, until the time for the
 * whole change is over: then it fails with what is still in its way.
 */
export async function isComplete(
  request: ResourceRequest,
  context: TickContext,
  dependencies: HandlerDependencies,
): Promise<Progress> {
  return explained(async () => {
    assertOwnRequest(dependencies.own, request);
    const calls = callsOf(context, dependencies, request.StartedAt ?? dependencies.clock.now());
    try {
      return await advance(request, dependencies, calls);
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      if (dependencies.clock.now() < calls.changeEnds) return { IsComplete: false };
      throw tooSlow(calls);
    }
  });
}

async function advance(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
): Promise<Progress> {
  switch (request.ResourceType) {
    case POLICY_ENGINE_RESOURCE_TYPE:
      return advanceEngine(request, dependencies, calls);
    case POLICY_SET_RESOURCE_TYPE:
      return advancePolicySet(request, dependencies, calls);
    default:
      throw failure('TYPE_UNKNOWN', { type: request.ResourceType });
  }
}

/** What the last tick saw: calls that do not come through, and what is still open. */
function tooSlow({ hindrances, open }: ServiceCalls): Error {
  const reasons = [...hindrances].map(([operation, hindrance]) => hindranceText(operation, hindrance));
  if (reasons.length === 0)
    reasons.push(open.length > 0 ? 'the service is still at work' : 'the last run had too little time');
  const maxMinutes = TIMES.change / 60_000;
  return new Error(renderFailures(partsOf('TOO_SLOW', { maxMinutes, reason: reasons.join('; ') }), open));
}

const HINDRANCES = { throttled: 'throttled', unanswered: 'not answered', denied: 'denied' };

function hindranceText(operation: string, { kind, message, attempts }: Hindrance): string {
  return `\`${operation}\` was ${HINDRANCES[kind]} ${attempts} times in a row, at last with: ${shortened(message, 200)}`;
}

/** A tick ends before Lambda ends it: a function that is cut off fails the resource without a reason. */
function callsOf(context: TickContext, { clock }: HandlerDependencies, changeStarted: number): ServiceCalls {
  const remaining = context.getRemainingTimeInMillis();
  return new ServiceCalls(clock, clock.now() + Math.max(remaining / 2, remaining - TIMES.margin), changeStarted);
}

/** Errors as CloudFormation is to show them: the framework appends the stack trace, so there is none. */
async function explained<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const message = withoutProofs(textOf(error));
    const shown = new Error(message);
    shown.stack = `Error: ${message.split('\n', 1)[0]}`;
    throw shown;
  }
}

function textOf(error: unknown): string {
  if (error instanceof CallFailure) {
    const { kind, operation, message } = error;
    return messageOf(kind === 'denied' ? 'CALL_DENIED' : 'CALL_FAILED', { operation, reason: message });
  }
  return error instanceof Error ? error.message : String(error);
}
