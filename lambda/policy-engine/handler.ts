import { POLICY_ENGINE_RESOURCE_TYPE, POLICY_SET_RESOURCE_TYPE } from '../../lib/contract/custom-resources';
import { withoutProofs } from '../../lib/contract/interceptor-proof';
import { CallFailure, Calls, OutOfTime } from './calls';
import type { Edges } from './edges';
import { advanceEngine, startEngine } from './engine';
import { TIMES } from './limits';
import { advancePolicySet, startPolicySet } from './policy-set';
import type { Progress, ResourceRequest, Started } from './request';

/** What the handlers need of Lambda's context. */
export interface TickContext {
  getRemainingTimeInMillis(): number;
}

/** Starts a change of either resource. A thrown error fails the resource with its message. */
export async function onEvent(request: ResourceRequest, context: TickContext, edges: Edges): Promise<Started> {
  const StartedAt = edges.clock.now();
  return explained(async () => ({ ...(await start(request, edges, callsOf(context, edges))), StartedAt }));
}

async function start(request: ResourceRequest, edges: Edges, calls: Calls): Promise<Started> {
  switch (request.ResourceType) {
    case POLICY_ENGINE_RESOURCE_TYPE:
      return startEngine(request);
    case POLICY_SET_RESOURCE_TYPE:
      return startPolicySet(request, edges, calls);
    default:
      throw new Error(`unknown resource type \`${request.ResourceType}\``);
  }
}

/** One tick of a change. A tick that runs out of time is not complete, and the next one goes on from what it finds. */
export async function isComplete(request: ResourceRequest, context: TickContext, edges: Edges): Promise<Progress> {
  return explained(async () => {
    const { StartedAt } = request;
    if (StartedAt !== undefined && edges.clock.now() - StartedAt >= TIMES.change) throw new Error(TOO_SLOW);
    const calls = callsOf(context, edges);
    try {
      switch (request.ResourceType) {
        case POLICY_ENGINE_RESOURCE_TYPE:
          return await advanceEngine(request, edges, calls);
        case POLICY_SET_RESOURCE_TYPE:
          return await advancePolicySet(request, edges, calls);
        default:
          throw new Error(`unknown resource type \`${request.ResourceType}\``);
      }
    } catch (error) {
      if (error instanceof OutOfTime) return { IsComplete: false };
      throw error;
    }
  });
}

const TOO_SLOW =
  `not done after ${TIMES.change / 60_000} minutes, because the service is slow or throttles` +
  '\nhelp: deploy again when it is not, and the change goes on from what is there';

/** A tick ends before Lambda ends it: a function that is cut off fails the resource without a reason. */
function callsOf(context: TickContext, { clock }: Edges): Calls {
  const remaining = context.getRemainingTimeInMillis();
  return new Calls(clock, clock.now() + Math.max(remaining / 2, remaining - TIMES.margin));
}

/** Errors as CloudFormation is to show them: the framework appends the stack trace, so there is none. */
async function explained<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const message = withoutProofs(messageOf(error));
    const shown = new Error(message);
    shown.stack = `Error: ${message.split('\n', 1)[0]}`;
    throw shown;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof OutOfTime) return 'the service did not answer in time\nhelp: deploy again';
  if (error instanceof CallFailure) {
    const help = error.kind === 'denied' ? `\nhelp: allow \`bedrock-agentcore:${error.operation}\` to the role` : '';
    return `${error.operation}: ${error.message}${help}`;
  }
  return error instanceof Error ? error.message : String(error);
}
