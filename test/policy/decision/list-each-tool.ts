import { InputError } from '../../../lib/contract/arguments/cedar-input';
import type { Principal } from '../../../lib/contract/claims';
import { ask, CedarFailure } from '../../../lib/policy/cedar/cedar';
import { requestOfUnknownInput } from '../../../lib/policy/decision/cedar-request';
import type { PolicySet } from '../../../lib/policy/decision/policy-set';
import type { ToolSchema } from '../../../lib/policy/schema/schema-json';
import { tokens } from '../../../lib/policy/text/lexer';
import { contextReads } from '../../../lib/policy/text/reads';

/** What `listTools` has to answer: one partial evaluation per tool, of all policies as they are written. */
export function listEachTool(set: PolicySet, principal: Principal, now: Date): string[] {
  const tools = [...set.schema.tools.values()];
  return tools.filter((tool) => couldBePermitted(set, tool, principal, now)).map(({ action }) => action);
}

function couldBePermitted(set: PolicySet, tool: ToolSchema, principal: Principal, now: Date): boolean {
  const active = [...set.policies.values()].filter(({ policy }) => policy.enforcementMode === 'ACTIVE');
  try {
    const request = requestOfUnknownInput(set, tool, principal, now);
    const staticPolicies = Object.fromEntries(active.map(({ policy, text }) => [policy.id, atTime(text, now)]));
    const answer = ask((cedar) =>
      cedar.isAuthorizedPartial({ ...request, validateRequest: false, policies: { staticPolicies } }),
    );
    return answer.type === 'residuals' && answer.response.decision !== 'deny' && answer.response.errored.length === 0;
  } catch (error) {
    if (!(error instanceof InputError || error instanceof CedarFailure)) throw error;
    return false;
  }
}

/** Cedar takes nothing out of a context of which a part is unknown, so that it would leave open what the clock has decided. */
function atTime(text: string, now: Date): string {
  const reads = contextReads(tokens(text)).filter(({ path, isTest }) => !isTest && path.join('.') === 'system.now');
  const time = `datetime("${now.toISOString()}")`;
  return reads.reduceRight((rest, { start, end }) => rest.slice(0, start) + time + rest.slice(end), text);
}
