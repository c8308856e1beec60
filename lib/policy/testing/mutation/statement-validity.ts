import { ask, type PolicyJson, type SchemaJson, type ValidationAnswer } from '../../cedar/cedar';
import type { PolicySet } from '../../decision/policy-set';
import { coversTool } from '../../decision/scope';
import { parseStatement } from '../../source/parsed-policy';

/** Whether Cedar's strict validator takes a statement, which is what the service does with it first. */
export function isValid(set: PolicySet, statement: string): boolean {
  const parsed = parseStatement(statement);
  if (!parsed.ok) return false;
  const validate = (schema: SchemaJson<string>): ValidationAnswer =>
    ask((cedar) =>
      cedar.validate({
        schema,
        policies: { staticPolicies: { mutant: statement } },
        validationSettings: { mode: 'strict' },
      }),
    );
  const first = validate(schemaFor(set, statement, parsed.json));
  // A part that is no schema by itself says nothing about the statement.
  const answer = first.type === 'success' ? first : validate(set.schema.json);
  return answer.type === 'success' && answer.validationErrors.length === 0;
}

/**
 * The part of the schema that the statement can reach. Reading the schema takes most of the validator's time, and a large
 * catalog has many tools that a statement says nothing about.
 */
function schemaFor(set: PolicySet, statement: string, policy: PolicyJson): SchemaJson<string> {
  const { AgentCore: whole, ...others } = set.schema.json;
  if (whole === undefined) return set.schema.json;
  const left = new Set(
    [...set.schema.tools.values()]
      .filter((tool) => !coversTool(policy, tool) && !statement.includes(tool.action))
      .map((tool) => tool.action),
  );
  const actions = Object.fromEntries(Object.entries(whole.actions).filter(([name]) => !left.has(name)));
  const named = JSON.stringify(actions);
  const types = Object.entries(whole.commonTypes ?? {}).filter(([name]) => named.includes(JSON.stringify(name)));
  return { AgentCore: { ...whole, actions, commonTypes: Object.fromEntries(types) }, ...others };
}
