import { InputError } from '../../contract/arguments/cedar-input';
import type { Principal } from '../../contract/claims';
import { authorizePrepared, CedarFailure, type CedarRequest, type PreparedPolicies } from '../cedar/cedar';
import type { ToolSchema } from '../schema/schema-json';
import { actionEntity, requestOfUnknownInput } from './cedar-request';
import { CLOCK, type ListPlan, listPlan, type ToolGroup } from './list-plan';
import type { PolicySet } from './policy-set';

/**
 * Full names of the tools that `tools/list` shows to a caller: those that some input could be permitted for. Nothing is
 * filtered when the engine only logs. The search tool of the gateway is not among them.
 *
 * @example
 * const names = listTools(set, principalFromClaims({ sub: 'ann' }), new Date());
 */
export function listTools(set: PolicySet, principal: Principal, now: Date): string[] {
  const tools = [...set.schema.tools.values()];
  const [first] = tools;
  if (first === undefined || set.mode === 'LOG_ONLY') return tools.map(({ action }) => action);
  const plan = listPlan(set);
  const verdicts = verdictsOf(plan, () => requestFor(set, plan, first, principal, now));
  const shown = new Set(
    plan.groups.filter((group) => couldBePermitted(group, verdicts)).flatMap((group) => group.tools),
  );
  return tools.flatMap(({ action }) => (shown.has(action) ? [action] : []));
}

/** What the statements come to while the input is unknown; those that are false are absent. */
interface Verdicts {
  readonly permits: ReadonlyMap<string, Verdict>;
  readonly forbids: ReadonlyMap<string, Verdict>;
}

type Verdict = 'true' | 'depends on the input' | 'error';

function couldBePermitted({ permits, forbids }: ToolGroup, verdicts: Verdicts): boolean {
  const [permitting, forbidding] = [
    permits.map((id) => verdicts.permits.get(id)),
    forbids.map((id) => verdicts.forbids.get(id)),
  ];
  // A policy that errs whatever the input is would fail every call.
  if (permitting.includes('error') || forbidding.includes('error') || forbidding.includes('true')) return false;
  return permitting.some((verdict) => verdict !== undefined);
}

function verdictsOf(plan: ListPlan, request: () => CedarRequest): Verdicts {
  try {
    const asked = request();
    return { permits: answers(plan.permits, asked), forbids: answers(plan.forbids, asked) };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof CedarFailure)) throw error;
    return { permits: new Map(), forbids: new Map() };
  }
}

/** How Cedar refuses to decide a policy for want of what is unknown. Anything else that it says is an error, and hides tools. */
const UNDECIDED = 'the expression contains unknown(s)';

function answers(policies: PreparedPolicies, request: CedarRequest): Map<string, Verdict> {
  const { diagnostics } = authorizePrepared(policies, request);
  const found = new Map<string, Verdict>(diagnostics.reason.map((id) => [id, 'true']));
  for (const { policyId, error } of diagnostics.errors)
    found.set(policyId, error.message.startsWith(UNDECIDED) ? 'depends on the input' : 'error');
  return found;
}

/** The statements have the tool written into them, so that any tool will do as the action. */
function requestFor(set: PolicySet, plan: ListPlan, tool: ToolSchema, principal: Principal, now: Date): CedarRequest {
  const request = requestOfUnknownInput(set, tool, principal, now, 'without groups');
  const clock = { uid: { type: CLOCK.type, id: CLOCK.id }, attrs: { [CLOCK.attribute]: timeIn(request) }, parents: [] };
  return { ...request, entities: [...request.entities, ...plan.named.map(actionEntity), clock] };
}

function timeIn({ context }: CedarRequest) {
  return (context['system'] as { [name: string]: CedarRequest['context'][string] })['now'] ?? '';
}
