import { denialResponse, forbiddenBy } from '../../contract/decision';
import { withoutProofArgument } from '../../contract/interceptor-proof';
import type { JsonObject } from '../../contract/json';
import type { JsonRpcId } from '../../contract/mcp';
import { deployedPart } from '../../contract/tool-classes/deployed-policies';
import type { Decision } from '../../policy/decision/model';
import type { Caller } from '../mcp/caller';
import type { Answer } from '../mcp/refusal';
import type { CallTrace } from '../observe/call-trace';
import { excerpt, reason } from '../observe/excerpt';
import type { ServingGateway } from '../serving-gateway';
import type { ToolInvocation } from './tool-invocation';

/** Characters; an explanation repeats names of arguments, which a client may make long. */
const MAX_EXPLANATION = 20_000;

/** Stage 4: Cedar on the message as the REQUEST interceptor left it. */
export function decide(
  invocation: ToolInvocation,
  caller: Caller,
  gateway: ServingGateway,
  { record, details }: Pick<CallTrace, 'record' | 'details'>,
): Decision {
  const call = { principal: caller.principal, ...invocation, now: gateway.clock() };
  const decision = gateway.policies.authorize(call);
  details.decided = { now: call.now, explanation: () => gateway.policies.explanation(call) };
  record.input = withoutProofArgument(invocation.input);
  record.outcome = decision.outcome;
  record.allowed = decision.allowed;
  record.determining = decision.determining;
  record.reason = decision.reason;
  record.flips = decision.flips;
  record.erring = decision.errors.flatMap(({ policy }) => policy ?? []);
  record.recorded = gateway.policies.recorded(call, caller.claims);
  if (!decision.allowed) record.refusedBy = 'policy';
  if (decision.outcome !== 'ALLOW') record.why = reason(gateway.policies.why(call));
  if (gateway.explains || decision.outcome === 'ERROR') {
    record.explanation = excerpt(gateway.policies.explain(call), MAX_EXPLANATION);
  }
  return decision;
}

/** The answer to a denied call, in the shape and with the names that the switches choose. */
export function denial(decision: Decision, tool: string, id: JsonRpcId, gateway: ServingGateway): Answer {
  const { denialShape, denialPolicy } = gateway.switches;
  const named = decision.determining.map((policy) => serviceName(policy, tool, denialPolicy, gateway));
  const reason = named.length > 0 ? forbiddenBy(named) : decision.reason;
  const body = denialResponse(id, reason, denialShape) as unknown as JsonObject;
  return { status: 200, headers: { 'content-type': 'application/json' }, body, unsuccessful: true };
}

/** A policy as the service names it: its name, or its id, which is the name with a suffix of ten characters. */
function serviceName(policy: string, tool: string, form: 'id' | 'name', { deployed }: ServingGateway): string {
  const name = deployedPart(deployed, policy, tool)?.name ?? policy;
  return form === 'name' ? name : `${name}-local00000`;
}
