import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policiesOf, targetsOf } from '../../../bench/policy-subject';
import { ask, type SchemaJson } from '../../../lib/policy/cedar/cedar';
import { generateSchema } from '../../../lib/policy/schema/schema';
import { parseStatement } from '../../../lib/policy/source/parsed-policy';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';
import { cedarFindings } from '../../../lib/policy/validation/view/cedar-findings';
import { PolicyView } from '../../../lib/policy/validation/view/policy-view';
import { schemaParts } from '../../../lib/policy/validation/view/schema-part';
import { runs } from '../../runs';

const GATEWAY_ARN = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/claims-abcdefghij';
const TOOLS = 30;
const schema = generateSchema(targetsOf(TOOLS));

function viewsOf(text: string): PolicyView[] {
  return loadPolicies([PolicySource.fromInline(text)], { nameSeed: 'parts' }).policies.map((policy) => {
    const statement = policy.statementParts.join(GATEWAY_ARN);
    const parsed = parseStatement(statement);
    if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
    return new PolicyView({ policy, text: statement, json: parsed.json }, GATEWAY_ARN, undefined, schema.tools);
  });
}

/** Findings of Cedar about policies with the whole schema, as `index message at offset`. */
function foundByWhole(policies: readonly PolicyView[], whole: SchemaJson<string>): string[] {
  const staticPolicies = Object.fromEntries(policies.map(({ prepared }, index) => [index, prepared.text]));
  const answer = ask((cedar) => cedar.validate({ schema: whole, policies: { staticPolicies } }));
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
  return [...answer.validationErrors, ...answer.validationWarnings]
    .map(({ policyId, error }) => {
      const message = error.message.replace(/^for policy `[^`]*`, /, '');
      return `${policyId} ${message} at ${error.sourceLocations?.[0]?.start ?? 0}`;
    })
    .sort();
}

function foundByParts(policies: readonly PolicyView[], whole: SchemaJson<string>): string[] {
  const found = cedarFindings(policies, whole);
  return policies
    .flatMap((policy, index) =>
      (found.get(policy) ?? []).map(({ message, start }) => `${index} ${message} at ${start}`),
    )
    .sort();
}

const action = (name: string): string => `AgentCore::Action::"${name}"`;
const tool = fc.nat(TOOLS - 1).map((index) => action(`target-${Math.floor(index / 10)}___tool_${index % 10}`));
const scope = fc.oneof(
  tool.map((name) => `action == ${name}`),
  fc.uniqueArray(tool, { minLength: 1, maxLength: 4 }).map((names) => `action in [${names.join(', ')}]`),
  fc.nat(2).map((index) => `action in ${action(`target-${index}`)}`),
  fc.constantFrom('action', `action == ${action('target-0___no_such')}`, `action in ${action('class:write')}`),
);
/** Right ones, and wrong ones: types, names, conditions that never hold, other actions. */
const condition = fc.oneof(
  fc.constantFrom(
    'true',
    'context.input.count < 5',
    'context.input.count < "5"',
    'context.input.no_such == 1',
    'context.input has no_such && context.input.no_such == 1',
    'context.input has geography && context.input.geography == "EU"',
    'false && context.input.count < 5',
    'principal.getTag("department") == "a"',
    'context.input.amount.lessThan(decimal("1.5")) && 1 == "a"',
  ),
  tool.map((name) => `action == ${name} && context.input.count < 5`),
  tool.map((name) => `action in [${name}]`),
);
const statement = fc
  .record({ effect: fc.constantFrom('permit', 'forbid'), scope, condition })
  .map(
    ({ effect, scope: for_, condition: when }) =>
      `${effect}(principal, ${for_}, resource == ?resource) when { ${when} };`,
  );

describe('parts of a schema', () => {
  it('find what the whole finds, of right and of wrong policies', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 25 }), (statements) => {
        const policies = viewsOf(statements.join('\n'));
        expect(foundByParts(policies, schema.json)).toEqual(foundByWhole(policies, schema.json));
      }),
      runs(60),
    );
  });

  it('are fewer looks by far than the whole takes, and a policy for all tools stays one of them', () => {
    const policies = [...policiesOf(200, TOOLS * 10)].flatMap(({ statementParts }) => statementParts.join('?resource'));
    const large = generateSchema(targetsOf(TOOLS * 10));
    const everywhere = 'permit(principal, action, resource == ?resource) when { principal.hasTag("a") };';
    const parts = schemaParts(viewsOf([...policies, everywhere].join('\n')), large.json);
    const sizes = parts.map((part) => Object.keys(part.schema['AgentCore']?.actions ?? {}).length);
    expect(parts.reduce((sum, part) => sum + part.policies.length, 0)).toBe(201);
    expect(parts.reduce((sum, part, index) => sum + part.policies.length * (sizes[index] ?? 0), 0)).toBeLessThan(
      (201 * TOOLS * 10) / 2,
    );
  });
});
