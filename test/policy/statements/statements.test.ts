import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalFromClaims } from '../../../lib/contract/claims';
import type { JsonObject } from '../../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { GovernanceError } from '../../../lib/diagnostics/governance-error';
import { authorize } from '../../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';
import { claim } from '../../../lib/policy/statements/claim';
import type { PolicyCondition } from '../../../lib/policy/statements/expression';
import { input } from '../../../lib/policy/statements/input';
import { now } from '../../../lib/policy/statements/now';
import { forbid, PolicyStatement, permit } from '../../../lib/policy/statements/policy-statement';
import { PrincipalScope } from '../../../lib/policy/statements/principal-scope';
import { ToolAction } from '../../../lib/policy/statements/tool-action';
import { validatePolicySet } from '../../../lib/policy/validation/validate';
import { runs } from '../../runs';
import { NOW, PAY, targets } from '../subject';

const [target] = targets;
const schema = target?.tools[0]?.inputSchema;
const pay = new ToolAction('hr-payroll', 'create_payout', schema);
const list = new ToolAction('hr-payroll', 'list', target?.tools[1]?.inputSchema);
const unknownTool = new ToolAction('hr-payroll', 'create_payout');

/** The body of the condition, as it is rendered for a tool. */
function rendered(condition: PolicyCondition, action = pay): string {
  const text = permit({ actions: [action], when: condition }).toCedar();
  return text.slice(text.indexOf('when {') + 'when {'.length, -'};\n'.length).trim();
}

function outcomeOf(condition: PolicyCondition, claims: JsonObject, args: JsonObject = {}): string {
  const sources = [PolicySource.fromStatement(permit({ id: 'x', actions: [pay], when: condition }))];
  const { policies, texts, diagnostics } = loadPolicies(sources, { nameSeed: 'test' });
  const findings = validatePolicySet({ policies, texts, targets, mode: 'ENFORCE', trustedContext: [] });
  expect([...diagnostics, ...findings].filter(({ severity }) => severity === 'error')).toEqual([]);
  const set = preparePolicySet({ policies, targets, mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
  const principal = principalFromClaims({ sub: 'u', ...claims });
  return authorize(set, { principal, tool: PAY, input: { 'employee-id': 'e', amount: 1, ...args }, now: NOW }).outcome;
}

describe('a statement', () => {
  it('is what a person would have written', () => {
    const statement = permit({
      id: 'finance-pays',
      description: 'Finance pays "small" amounts',
      actions: [pay],
      when: claim('department')
        .equals('finance')
        .and(claim('cognito:groups').includes('adjusters'))
        .and(input('amount').lessThan('5000000.00'))
        .and(
          input('count')
            .atMost('5')
            .or(input('region').isOneOf(['EU', 'US'])),
        ),
      unless: now().between('2026-12-24', '2027-01-02T00:00:00Z'),
    });
    expect(statement.toCedar()).toBe(`@id("finance-pays")
@description("Finance pays \\"small\\" amounts")
permit(
  principal is AgentCore::OAuthUser,
  action == AgentCore::Action::"hr-payroll___create_payout",
  resource == ?resource
) when {
  principal.hasTag("department") && principal.getTag("department") == "finance" &&
  principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"adjusters\\"*" &&
  context.input.amount.lessThan(decimal("5000000.00")) &&
  ((context.input has count && context.input.count <= 5) || (context.input has region && ["EU", "US"].contains(context.input.region)))
} unless {
  context.system.now >= datetime("2026-12-24") &&
  context.system.now < datetime("2027-01-02T00:00:00Z")
};
`);
  });

  it('names several tools, every tool, and any kind of caller', () => {
    expect(forbid({ actions: [pay, list], principal: PrincipalScope.iamCaller('arn:x') }).toCedar()).toBe(`forbid(
  principal == AgentCore::IamEntity::"arn:x",
  action in [
    AgentCore::Action::"hr-payroll___create_payout",
    AgentCore::Action::"hr-payroll___list"
  ],
  resource == ?resource
);
`);
    const everything = PolicyStatement.permit({
      principal: PrincipalScope.oauthUser('a"b'),
      enforcement: 'LOG_ONLY',
    }).toCedar();
    expect(everything).toBe(`@enforcement("LOG_ONLY")
permit(
  principal == AgentCore::OAuthUser::"a\\"b",
  action,
  resource is AgentCore::Gateway
);
`);
    expect(permit({ actions: [pay], principal: PrincipalScope.iamCallers() }).toCedar()).toContain(
      'principal is AgentCore::IamEntity',
    );
    expect(permit({ actions: [pay], principal: PrincipalScope.oauthUsers() }).toCedar()).toContain(
      'principal is AgentCore::OAuthUser',
    );
  });
});

describe('conditions', () => {
  it.each<[PolicyCondition, string]>([
    [claim('a').exists(), 'principal.hasTag("a")'],
    [claim('a').isOneOf(['x', 'y']), 'principal.hasTag("a") && ["x", "y"].contains(principal.getTag("a"))'],
    [input('employee-id').equals('e'), 'context.input["employee-id"] == "e"'],
    [input('urgent').isTrue(), 'context.input has urgent && context.input.urgent == true'],
    [input('urgent').isFalse(), 'context.input has urgent && context.input.urgent == false'],
    [input('tags').contains('x'), 'context.input has tags && context.input.tags.contains("x")'],
    [input('region').exists(), 'context.input has region'],
    [input('amount').atLeast('5'), 'context.input.amount.greaterThanOrEqual(decimal("5.0"))'],
    [input('amount').greaterThan('-0.5'), 'context.input.amount.greaterThan(decimal("-0.5"))'],
    [input('amount').equalsNumber('5.25'), 'context.input.amount == decimal("5.25")'],
    [input('count').lessThan('5.00'), 'context.input has count && context.input.count < 5'],
    [input('count').equalsNumber('-3'), 'context.input has count && context.input.count == -3'],
    [claim('a').exists().not(), '!(principal.hasTag("a"))'],
    [
      claim('a').exists().or(claim('b').exists()).and(claim('c').exists()),
      '(principal.hasTag("a") || principal.hasTag("b")) &&\n  principal.hasTag("c")',
    ],
    [
      now().dailyBetween('08:00', '17:30'),
      'context.system.now.toTime() >= duration("8h") && context.system.now.toTime() < duration("17h30m")',
    ],
    [
      now().dailyBetween('22:00', '06:00'),
      'context.system.now.toTime() >= duration("22h") || context.system.now.toTime() < duration("6h")',
    ],
  ])('%# render as expected', (condition, text) => {
    expect(rendered(condition)).toBe(text);
  });

  it('guard every argument of a tool whose schema is unknown, and tell decimals by the point', () => {
    expect(rendered(input('amount').lessThan('5.0'), unknownTool)).toBe(
      'context.input has amount && context.input.amount.lessThan(decimal("5.0"))',
    );
    expect(rendered(input('amount').lessThan('5'), unknownTool)).toBe(
      'context.input has amount && context.input.amount < 5',
    );
  });

  it.each<[string, () => unknown]>([
    ['STATEMENT_NAME_UNSAFE', () => claim('groups').includes('a*')],
    ['STATEMENT_NAME_UNSAFE', () => claim('groups').includes('a"b')],
    ['STATEMENT_NAME_UNSAFE', () => claim('groups').includes('a\\b')],
    ['STATEMENT_NAME_UNSAFE', () => claim('groups').includes('')],
    ['STATEMENT_NAME_UNSAFE', () => claim('scope').includesWord('a*')],
    ['STATEMENT_LIST_EMPTY', () => claim('a').isOneOf([])],
    ['STATEMENT_LIST_EMPTY', () => input('region').isOneOf([])],
    ['STATEMENT_TIME_INVALID', () => now().from('tomorrow')],
    ['STATEMENT_TIME_INVALID', () => now().before('2026-02-30')],
    ['STATEMENT_TIME_INVALID', () => now().dailyBetween('8:00', '25:00')],
    ['STATEMENT_NUMBER_INVALID', () => rendered(input('amount').lessThan('5.12345'))],
    ['STATEMENT_NUMBER_INVALID', () => rendered(input('amount').lessThan('922337203685477.5808'))],
    ['STATEMENT_NUMBER_INVALID', () => rendered(input('amount').lessThan('1e3'))],
    ['STATEMENT_NUMBER_INVALID', () => rendered(input('count').lessThan('5.5'))],
    ['STATEMENT_NUMBER_INVALID', () => rendered(input('count').lessThan('9223372036854775808'))],
    ['STATEMENT_ARGUMENT_UNKNOWN', () => rendered(input('ammount').lessThan('5.0'))],
    ['STATEMENT_ARGUMENT_TYPE', () => rendered(input('amount').equals('5'))],
    ['STATEMENT_ARGUMENT_TYPE', () => rendered(input('region').lessThan('5'))],
    ['STATEMENT_INPUT_WITHOUT_TOOL', () => permit({ when: input('amount').lessThan('5.0') }).toCedar()],
  ])('%s', (code, make) => {
    try {
      make();
      expect.unreachable();
    } catch (error) {
      expect(GovernanceError.is(error) ? error.diagnostics.map((finding) => finding.code) : error).toEqual([code]);
    }
  });
});

describe('what statements decide', () => {
  it('is about whole names of groups and whole words of scopes', () => {
    const group = claim('cognito:groups').includes('admins');
    expect(outcomeOf(group, { 'cognito:groups': ['x', 'admins'] })).toBe('ALLOW');
    expect(outcomeOf(group, { 'cognito:groups': ['superadmins', 'admins2'] })).toBe('DENY');
    expect(outcomeOf(group, {})).toBe('DENY');
    const word = claim('scope').includesWord('insurance:claim');
    for (const scope of ['insurance:claim', 'a insurance:claim', 'insurance:claim b', 'a insurance:claim b']) {
      expect(outcomeOf(word, { scope })).toBe('ALLOW');
    }
    for (const scope of ['insurance:claim:admin', 'xinsurance:claim', ''])
      expect(outcomeOf(word, { scope })).toBe('DENY');
  });

  it('is exact at boundaries', () => {
    const limit = input('amount').lessThan('5000000.00');
    expect(outcomeOf(limit, {}, { amount: 4_999_999.9999 })).toBe('ALLOW');
    expect(outcomeOf(limit, {}, { amount: 5_000_000 })).toBe('DENY');
  });

  it('is the comparison, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string(), (name, value, other) => {
        fc.pre(name !== 'sub');
        const claims = (text: string): JsonObject => Object.fromEntries([[name, text]]);
        const condition = claim(name).equals(value);
        expect(outcomeOf(condition, claims(value))).toBe('ALLOW');
        expect(outcomeOf(condition, claims(other))).toBe(other === value ? 'ALLOW' : 'DENY');
        expect(outcomeOf(input('region').isOneOf([value, 'x']), {}, { region: other })).toBe(
          other === value || other === 'x' ? 'ALLOW' : 'DENY',
        );
      }),
      runs(20),
    );
  });
});
