import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalFromIam, unauthenticatedPrincipal } from '../../../lib/contract/claims';
import { DENIED_BY_DEFAULT, EVALUATION_FAILED } from '../../../lib/contract/decision';
import { isExactJson, type JsonObject } from '../../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { GovernanceError } from '../../../lib/diagnostics/governance-error';
import { authorize } from '../../../lib/policy/decision/authorize';
import { listTools } from '../../../lib/policy/decision/list-tools';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { callOf, NOW, PAY, payPolicy, policiesOf, setOf, targets } from '../subject';

const SMALL = payPolicy('context.input.amount.lessThan(decimal("5.0"))', 'permit', '@id("small") ');
const EU = payPolicy('context.input has region && context.input.region == "EU"', 'forbid', '@id("eu") ');
const ADMINS = 'principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"admins\\"*"';

function input(members: JsonObject): JsonObject {
  return { 'employee-id': 'e-1', amount: 1, ...members };
}

describe('authorize', () => {
  // Covers policy.default-denial
  it('denies by default, in the words of the platform', () => {
    const decision = authorize(setOf(''.concat(SMALL)), callOf(input({ amount: 5 })));
    expect(decision).toEqual({
      outcome: 'DENY',
      allowed: false,
      determining: [],
      reason: DENIED_BY_DEFAULT,
      errors: [],
      flips: [],
    });
  });

  it('allows by a permit, and a forbid goes before it', () => {
    const set = setOf(SMALL + EU);
    expect(authorize(set, callOf(input({})))).toMatchObject({
      outcome: 'ALLOW',
      allowed: true,
      determining: ['small'],
    });
    const denied = authorize(set, callOf(input({ region: 'EU' })));
    expect(denied).toMatchObject({ outcome: 'DENY', allowed: false, determining: ['eu'] });
    expect(denied.reason).toMatch(/^Policy evaluation denied due to eu_[0-9a-f]{8}$/);
  });

  // Covers assumed.evaluation-failed
  it('fails the call for a policy that errs, where stock Cedar would skip the policy', () => {
    const set = setOf(SMALL + payPolicy('principal.getTag("tenant") == "a"', 'forbid', '@id("tenant") '));
    const decision = authorize(set, callOf(input({})));
    expect(decision).toMatchObject({ outcome: 'ERROR', allowed: false, determining: [], reason: EVALUATION_FAILED });
    expect(decision.errors).toEqual([
      { policy: 'tenant', message: expect.stringContaining('does not have the tag `tenant`') },
    ]);
    expect(authorize(set, callOf(input({}), { tenant: 'b' })).outcome).toBe('ALLOW');
  });

  // Covers assumed.arguments-unchecked
  it.each<[string, JsonObject, string]>([
    ['missing', { amount: 1 }, 'required argument `employee-id` is missing'],
    ['null', { 'employee-id': null, amount: 1 }, 'required argument `employee-id` is missing'],
    ['mistyped', input({ amount: '1' }), 'argument `amount` is not a number'],
    ['undeclared', input({ other: 1 }), "argument `other` is not declared by the tool's schema"],
    ['out of range', input({ amount: 1e300 }), 'argument `amount` is beyond the range of Cedar decimals'],
    ['inexact', input({ count: 2 ** 53 }), 'argument `count` is not an integer below 2^53'],
  ])('fails a call with arguments that are %s', (_, args, message) => {
    const decision = authorize(setOf(SMALL), callOf(args));
    expect(decision).toMatchObject({
      outcome: 'ERROR',
      allowed: false,
      errors: [{ message }],
      reason: EVALUATION_FAILED,
    });
  });

  // Covers assumed.typed-strings
  it('fails a call with a text that is no value of its format, whether a policy reads it or not', () => {
    const inputSchema = { type: 'object', properties: { due: { type: 'string', format: 'date-time' } } };
    const tools = [{ name: 't', description: '', inputSchema }];
    const everyone = '@validation("IGNORE_ALL_FINDINGS") permit(principal, action, resource is AgentCore::Gateway);';
    const prepared = (typedStrings?: 'verbatim') =>
      preparePolicySet({
        policies: policiesOf(everyone),
        targets: [{ name: 'T', tools }],
        mode: 'ENFORCE',
        gatewayArn: LOCAL_GATEWAY_ARN,
        ...(typedStrings === undefined ? {} : { switches: { typedStrings } }),
      });
    const outcome = (due: string, typedStrings?: 'verbatim') =>
      authorize(prepared(typedStrings), callOf({ due }, {}, 'T___t')).outcome;
    expect(['2026-12-31T08:00:00+01:00', 'tomorrow'].map((due) => outcome(due))).toEqual(['ALLOW', 'ERROR']);
    expect(outcome('2026-12-31T08:00:00+01:00', 'verbatim')).toBe('ERROR');
  });

  it('drops undeclared arguments behind its switch', () => {
    const set = setOf(SMALL, 'ENFORCE', { unknownArguments: 'drop' });
    expect(authorize(set, callOf(input({ other: 1 }))).outcome).toBe('ALLOW');
  });

  it('fails a call of a tool that does not exist, and one at a time that cannot be', () => {
    const set = setOf(SMALL);
    expect(authorize(set, callOf({}, {}, 'hr-payroll___nothing'))).toMatchObject({ outcome: 'ERROR', allowed: false });
    expect(authorize(set, { ...callOf(input({})), now: new Date(Number.NaN) }).outcome).toBe('ERROR');
    expect(authorize(set, { ...callOf(input({})), now: new Date(8.64e15) }).outcome).toBe('ERROR');
  });

  it('takes a claim for its text and a group for a name in JSON text', () => {
    const set = setOf(payPolicy(ADMINS) + payPolicy('principal.hasTag("level") && principal.getTag("level") == "3"'));
    expect(authorize(set, callOf(input({}), { 'cognito:groups': ['admins', 'x'] })).outcome).toBe('ALLOW');
    expect(authorize(set, callOf(input({}), { 'cognito:groups': ['superadmins'] })).outcome).toBe('DENY');
    expect(authorize(set, callOf(input({}), { 'cognito:groups': null })).outcome).toBe('DENY');
    expect(authorize(set, callOf(input({}), { level: 3 })).outcome).toBe('ALLOW');
  });

  it('decides at the time of the call', () => {
    const set = setOf(payPolicy('context.system.now < datetime("2026-11-20T10:00:00Z")'));
    expect(authorize(set, callOf(input({}))).outcome).toBe('DENY');
    expect(authorize(set, { ...callOf(input({})), now: new Date(NOW.getTime() - 1) }).outcome).toBe('ALLOW');
  });

  it('knows the other kinds of callers', () => {
    const iam = `permit(principal == AgentCore::IamEntity::"arn:aws:sts::111122223333:assumed-role/agent", action == AgentCore::Action::"${PAY}", resource == ?resource);`;
    const principal = principalFromIam('arn:aws:sts::111122223333:assumed-role/agent/session');
    expect(authorize(setOf(iam), { ...callOf(input({})), principal }).outcome).toBe('ALLOW');
    expect(authorize(setOf(SMALL), { ...callOf(input({})), principal: unauthenticatedPrincipal }).outcome).toBe('DENY');
  });

  it('takes a gateway that a policy writes out for the one that nobody knows yet', () => {
    const literal = payPolicy('true').replace(
      '?resource',
      'AgentCore::Gateway::"arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/pay-a1b2c3d4e5"',
    );
    expect(authorize(setOf(literal), callOf(input({}))).outcome).toBe('ALLOW');
    expect(authorize(setOf(literal + EU), callOf(input({ region: 'EU' }))).outcome).toBe('DENY');
  });

  it('never takes the name or text of an argument for an entity or extension value', () => {
    const set = setOf(payPolicy('context.input["employee-id"] == "admin"'));
    const hostile = JSON.parse(
      '{"__extn":{"fn":"decimal","arg":"1.0"},"__entity":{"type":"T","id":"x"},"__proto__":{"employee-id":"admin"}}',
    ) as JsonObject;
    for (const [name, value] of Object.entries(hostile)) {
      const args = JSON.parse(`{"employee-id":"e","amount":1,"${name}":${JSON.stringify(value)}}`) as JsonObject;
      expect(authorize(set, callOf(args)).outcome).toBe('ERROR');
      expect(authorize(set, callOf({ 'employee-id': value as JsonObject, amount: 1 })).outcome).toBe('ERROR');
    }
    expect(authorize(set, callOf({ 'employee-id': '{"__extn":1}', amount: 1 })).outcome).toBe('DENY');
  });

  it('ends in a decision, whatever the arguments and claims are', () => {
    const set = setOf(SMALL + EU + payPolicy(ADMINS));
    const names = fc.oneof(
      fc.constantFrom('employee-id', 'amount', 'count', 'address', 'tags', '__proto__', '__extn'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()), (args, claims) => {
        const { sub: _, ...others } = claims as JsonObject;
        fc.pre(isExactJson(others));
        const { outcome, allowed } = authorize(set, callOf(args as JsonObject, others));
        expect(['ALLOW', 'DENY', 'ERROR']).toContain(outcome);
        expect(allowed).toBe(outcome === 'ALLOW');
      }),
      { numRuns: 300 },
    );
  });
});

describe('modes', () => {
  // Covers policy.modes
  it('let everything through when the engine only logs', () => {
    const set = setOf(SMALL, 'LOG_ONLY');
    expect(authorize(set, callOf(input({ amount: 9 })))).toMatchObject({ outcome: 'DENY', allowed: true });
    expect(authorize(set, callOf({}))).toMatchObject({ outcome: 'ERROR', allowed: true });
  });

  it('report what a policy that only logs would change, one by one', () => {
    const shadow = (policy: string): string => `@enforcement("LOG_ONLY") ${policy}`;
    const set = setOf(
      SMALL +
        shadow(EU) +
        shadow(payPolicy('context.input.amount.lessThan(decimal("9.0"))', 'permit', '@id("wide") ')) +
        shadow(payPolicy('principal.getTag("tenant") == "a"', 'permit', '@id("broken") ')),
    );
    const flips = (args: JsonObject) => authorize(set, callOf(args)).flips;
    expect(flips(input({ region: 'EU' }))).toEqual([
      { policy: 'broken', from: 'ALLOW', to: 'ERROR' },
      { policy: 'eu', from: 'ALLOW', to: 'DENY' },
    ]);
    expect(flips(input({ amount: 8 }))).toEqual([
      { policy: 'broken', from: 'DENY', to: 'ERROR' },
      { policy: 'wide', from: 'DENY', to: 'ALLOW' },
    ]);
    expect(authorize(set, callOf(input({ region: 'EU' })))).toMatchObject({ outcome: 'ALLOW', errors: [] });
  });
});

describe('listTools', () => {
  const list = (text: string, claims = {}, mode: 'ENFORCE' | 'LOG_ONLY' = 'ENFORCE'): string[] =>
    listTools(setOf(text, mode), callOf({}, claims).principal, NOW);
  const groups = { 'cognito:groups': ['admins'] };

  it('shows a tool when some input could be permitted', () => {
    expect(list(SMALL)).toEqual([PAY]);
    expect(list(payPolicy(ADMINS))).toEqual([]);
    expect(list(payPolicy(ADMINS), groups)).toEqual([PAY]);
    expect(list(payPolicy(`${ADMINS} && context.input.amount.lessThan(decimal("5.0"))`), groups)).toEqual([PAY]);
    expect(list(payPolicy('context.system.now > datetime("2027-01-01")'))).toEqual([]);
  });

  it('hides a tool that is forbidden whatever the input is', () => {
    expect(list(SMALL + payPolicy(ADMINS, 'forbid'), groups)).toEqual([]);
    expect(list(SMALL + payPolicy(ADMINS, 'forbid'))).toEqual([PAY]);
    expect(list(SMALL + EU)).toEqual([PAY]);
  });

  it('hides a tool whose every call would fail', () => {
    expect(list(SMALL + payPolicy('principal.getTag("tenant") == "a"', 'forbid'))).toEqual([]);
  });

  it('covers targets and everything, in the order of the catalog', () => {
    const all =
      'permit(principal is AgentCore::OAuthUser, action in AgentCore::Action::"hr-payroll", resource == ?resource);';
    expect(list(all)).toEqual([PAY, 'hr-payroll___list']);
    expect(list('permit(principal, action, resource is AgentCore::Gateway);')).toEqual([PAY, 'hr-payroll___list']);
  });

  it('filters nothing when the engine only logs, and ignores policies that only log', () => {
    expect(list(payPolicy('false'), {}, 'LOG_ONLY')).toEqual([PAY, 'hr-payroll___list']);
    expect(list(`@enforcement("LOG_ONLY") ${SMALL}`)).toEqual([]);
  });
});

describe('preparePolicySet', () => {
  it('throws everything that is wrong in policies and tools', () => {
    const [policy] = policiesOf(SMALL);
    if (!policy) throw new Error('no policy');
    const broken = { ...policy, id: 'broken', statementParts: ['permit('] };
    const target = { name: 'Mcp', tools: [] };
    const prepare = () =>
      preparePolicySet({
        policies: [policy, broken],
        targets: [...targets, target],
        mode: 'ENFORCE',
        gatewayArn: LOCAL_GATEWAY_ARN,
      });
    try {
      prepare();
      expect.unreachable();
    } catch (error) {
      const codes = GovernanceError.is(error) ? error.diagnostics.map(({ code }) => code) : [];
      expect(codes).toEqual(['SCHEMA_TARGET_RESERVED', 'POLICY_SYNTAX']);
    }
  });
});
