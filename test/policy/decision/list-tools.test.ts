import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { listPlan } from '../../../lib/policy/decision/list-plan';
import { listTools } from '../../../lib/policy/decision/list-tools';
import { type PolicySet, preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';
import { runs } from '../../runs';
import { claims, expression, policy } from '../arbitraries';
import { callOf, NOW, policiesOf, targets } from '../subject';
import { listEachTool } from './list-each-tool';

const more = [
  ...targets,
  { name: 'crm', tools: ['read', 'write', 'action'].map((name) => ({ name, description: '', inputSchema: {} })) },
  { name: 'ops', tools: ['read', 'write'].map((name) => ({ name, description: '', inputSchema: {} })) },
];

function setOf(text: string): PolicySet {
  return preparePolicySet({
    policies: loadPolicies([PolicySource.fromInline(text)], { nameSeed: 'test' }).policies,
    targets: more,
    mode: 'ENFORCE',
    gatewayArn: LOCAL_GATEWAY_ARN,
  });
}

const principal = callOf({}, { department: 'finance' }).principal;
const name = fc.constantFrom('crm___read', 'crm___write', 'ops___read', 'crm', 'ops', 'CallTool', 'Mcp', 'nothing');
const action = name.map((id) => `AgentCore::Action::"${id}"`);

/** Conditions that look at the action in every way that Cedar has. */
const aboutAction = fc.oneof(
  fc.tuple(fc.constantFrom('==', '!=', 'in'), action).map(([sign, id]) => `action ${sign} ${id}`),
  fc.tuple(action, action).map(([a, b]) => `action in [${a}, ${b}]`),
  fc.tuple(action, action).map(([a, b]) => `[${a}, ${b}].contains(action)`),
  action.map((id) => `{action: action} == {"action": ${id}}`),
  action.map((id) => `{action: ${id}}.action == action`),
  action.map((id) => `{a: 1} has action || ${id} in action`),
  action.map((id) => `if action in ${id} then context.input has action else principal.hasTag("department")`),
  fc.constantFrom(
    'action has action',
    'action.action',
    'action is AgentCore::Action',
    'context.input.action == action',
  ),
);

const clause = fc.oneof(
  aboutAction,
  expression,
  fc.tuple(aboutAction, expression).map(([a, b]) => `(${a}) && (${b})`),
);

const policyAboutAction = fc
  .tuple(
    fc.constantFrom('permit', 'forbid'),
    fc.oneof(
      fc.constant('action'),
      action.map((id) => `action in ${id}`),
      action.map((id) => `action == ${id}`),
    ),
    fc.array(fc.tuple(fc.constantFrom('when', 'unless'), clause), { minLength: 1, maxLength: 2 }),
    fc.constantFrom('', '@action("permit") ', '@id("forbid") @permit '),
  )
  .map(
    ([effect, scope, clauses, annotations]) =>
      `${annotations}${effect}(principal, ${scope}, resource is AgentCore::Gateway) ${clauses.map(([word, body]) => `${word} { ${body} }`).join(' ')};`,
  );

const permits = fc.constantFrom(
  'permit(principal, action, resource) when { false };',
  'permit(principal, action, resource is AgentCore::Gateway);',
);
const texts = fc
  .tuple(
    permits,
    fc.array(
      fc.oneof(
        policy.map(({ text }) => text),
        policyAboutAction,
      ),
      { maxLength: 5 },
    ),
  )
  .map(([all, some]) => [all, ...some].join('\n'));
const times = fc.constantFrom('2025-06-01T00:00:00Z', '2026-11-20T10:00:00Z', '2027-01-01T00:00:00Z');

describe('the tools that a caller sees', () => {
  it('are those that a partial evaluation of every policy lets through, tool by tool', () => {
    fc.assert(
      fc.property(texts, claims, times, (text, who, time) => {
        const set = setOf(text);
        const caller = callOf({}, who).principal;
        const now = new Date(time);
        expect(listTools(set, caller, now)).toEqual(listEachTool(set, caller, now));
      }),
      runs(100),
    );
  });

  it('are few questions to Cedar, however many tools and policies there are', () => {
    const tools = Array.from({ length: 300 }, (_, index) => ({ name: `t${index}`, description: '', inputSchema: {} }));
    const own = tools.map(
      (tool) =>
        `@id("own-${tool.name}") permit(principal, action == AgentCore::Action::"big___${tool.name}", resource == ?resource) when { principal.hasTag("department") };`,
    );
    const all = ['crm', 'ops'].map(
      (target) =>
        `forbid(principal, action, resource == ?resource) when { action in AgentCore::Action::"${target}" && context.input.x == 1 };`,
    );
    const set = preparePolicySet({
      policies: policiesOf([...own, ...all].join('\n')),
      targets: [...more, { name: 'big', tools }],
      mode: 'ENFORCE',
      gatewayArn: LOCAL_GATEWAY_ARN,
    });
    const plan = listPlan(set);
    expect(Object.keys(plan.permits.statements)).toHaveLength(1);
    // Each forbid is asked about tools of its target and about all others.
    expect(Object.keys(plan.forbids.statements)).toHaveLength(4);
    expect(listTools(set, principal, NOW)).toEqual(tools.map((tool) => `big___${tool.name}`));
  });

  it('are none when the time is beyond what Cedar can say', () => {
    const set = setOf('permit(principal, action, resource is AgentCore::Gateway);');
    expect(listTools(set, principal, new Date(Number.NaN))).toEqual([]);
    expect(listTools(set, principal, NOW)).toHaveLength(7);
  });
});
