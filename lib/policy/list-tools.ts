import { InputError } from '../contract/cedar-input';
import type { Principal } from '../contract/claims';
import { ask, CedarFailure, type PreparedPolicies } from './cedar';
import { requestOfUnknownInput } from './cedar-request';
import { tokens } from './lexer';
import type { PolicySet } from './policy-set';
import { contextReads } from './reads';
import type { ToolSchema } from './schema-json';

/**
 * Full names of the tools that `tools/list` shows to a caller: those that some input could be permitted for. Nothing is
 * filtered when the engine only logs. The search tool of the gateway is not among them.
 */
export function listTools(set: PolicySet, principal: Principal, now: Date): string[] {
  const tools = [...set.schema.tools.values()];
  const shown = set.mode === 'LOG_ONLY' ? tools : tools.filter((tool) => couldBePermitted(set, tool, principal, now));
  return shown.map((tool) => tool.action);
}

function couldBePermitted(set: PolicySet, tool: ToolSchema, principal: Principal, now: Date): boolean {
  const { active, namesAction } = set.slice(tool);
  if (Object.keys(active.statements).length === 0) return false;
  try {
    const groups = namesAction ? 'with groups' : 'without groups';
    const request = requestOfUnknownInput(set, tool, principal, now, groups);
    return canAllow(atTime(active, now), request);
  } catch (error) {
    if (!(error instanceof InputError || error instanceof CedarFailure)) throw error;
    return false;
  }
}

/**
 * The policies with the time written into them: Cedar takes nothing out of a context of which a part is unknown, so that
 * it would leave open what the clock has decided.
 */
function atTime({ statements }: PreparedPolicies, now: Date): Statements {
  const time = `datetime("${now.toISOString()}")`;
  return Object.fromEntries(
    Object.entries(statements).map(([id, text]) => {
      if (!text.includes('now')) return [id, text];
      const reads = contextReads(tokens(text)).filter(({ path, isTest }) => !isTest && path.join('.') === 'system.now');
      const filled = reads.reduceRight((rest, { start, end }) => rest.slice(0, start) + time + rest.slice(end), text);
      return [id, filled];
    }),
  );
}

type Statements = PreparedPolicies['statements'];

function canAllow(statements: Statements, request: ReturnType<typeof requestOfUnknownInput>): boolean {
  const answer = ask((cedar) =>
    cedar.isAuthorizedPartial({
      ...request,
      validateRequest: false,
      policies: { staticPolicies: statements },
    }),
  );
  // A policy that errs whatever the input is would fail every call.
  return answer.type === 'residuals' && answer.response.decision !== 'deny' && answer.response.errored.length === 0;
}
