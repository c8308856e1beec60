import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OAUTH_USER, principalFromClaims } from '../../../lib/contract/claims';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import type { DeclaredClaim } from '../../../lib/contract/manifest';
import { authorize } from '../../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import type { AccessChange } from '../../../lib/policy/proof/access-diff/access-change';
import { compareAccess } from '../../../lib/policy/proof/access-diff/access-diff';
import { PAY, payPolicy, policiesOf, setOf, targets } from '../subject';
import { call, DEPLOY, policyText, claims as randomClaims, TARGETS } from './random-policies';

const CLAIMS: readonly DeclaredClaim[] = [
  { name: 'cognito:groups', source: 'standard', multiValued: true },
  { name: 'department', source: 'attribute', attribute: 'department', multiValued: false },
];

/** What is gained where there was nothing before. */
function gained(
  text: string,
  more: { readonly before?: string; readonly claims?: readonly DeclaredClaim[] } = {},
): readonly AccessChange[] {
  const { gatewayArn, mode } = setOf(text);
  const common = { targets, mode, gatewayArn, principalType: OAUTH_USER, claims: more.claims ?? CLAIMS } as const;
  const before = more.before === undefined ? [] : policiesOf(more.before);
  const { changes } = compareAccess({
    before: { ...common, policies: before },
    after: { ...common, policies: policiesOf(text) },
    attack: true,
  });
  return changes.filter(({ direction }) => direction === 'gained');
}

/** Whose gain it is: names, with the values in the calls of the proof. */
function deciding(text: string, more: Parameters<typeof gained>[1] = {}) {
  return gained(text, more).flatMap(({ deciders }) =>
    deciders.map(({ part, isOfCaller, examples }) => [
      isOfCaller ? 'caller' : 'call',
      part.name,
      examples?.affected,
      examples?.unaffected,
    ]),
  );
}

const GROUPS = 'principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"admins\\"*"';

describe('what a difference depends on', () => {
  it.each([
    ['a claim that is an array', GROUPS, [['caller', 'cognito:groups', ['admins'], undefined]]],
    ['the caller itself', 'principal.id == "ann"', [['caller', 'principal.id', 'ann', 'caller']]],
    ['a number', 'context.input.amount.greaterThan(decimal("10.0"))', [['call', 'amount', 100, 0]]],
    ['whether an argument is there', '!(context.input has region)', [['call', 'region', undefined, '']]],
    [
      'a member of an argument',
      'context.input has address && context.input.address.zip == "1"',
      [['call', 'address', { zip: '1' }, undefined]],
    ],
    [
      'an element of an array',
      'context.input has tags && context.input.tags.contains("x")',
      [['call', 'tags', ['x'], []]],
    ],
    [
      'the time',
      'context.system.now > datetime("2030-01-01")',
      [['call', 'context.system.now', '2030-01-01T00:00:00.001Z', '2026-01-01T12:00:00.000Z']],
    ],
    ['nothing where every call gains', 'context.input.amount.greaterThan(decimal("1.0")) || true', []],
    [
      'nothing that only seems to count',
      '(context.input has urgent && context.input.urgent) || !(context.input has urgent && context.input.urgent)',
      [],
    ],
  ])('is %s', (_, condition, expected) => {
    expect(deciding(payPolicy(condition))).toEqual(expected);
  });

  it('is what decides beside the policies that were there: two arguments that have to be equal decide both', () => {
    const same = 'context.input has region && context.input.region == context.input["employee-id"]';
    expect(deciding(payPolicy(same)).map(([, name]) => name)).toEqual(['employee-id', 'region']);
    const wider = payPolicy('context.input.amount.lessThan(decimal("9.0"))');
    const before = payPolicy('context.input.amount.lessThan(decimal("5.0"))');
    expect(deciding(wider, { before })).toEqual([['call', 'amount', 5, 0]]);
  });

  it('is the time where an hour counts', () => {
    const [early] = deciding(payPolicy('context.system.now.toTime() < duration("6h")'));
    expect(early).toMatchObject([
      'call',
      'context.system.now',
      expect.stringMatching(/T0[0-5]:/u),
      '2026-01-01T12:00:00.000Z',
    ]);
  });

  it('is said to be possible where it cannot be proved', () => {
    const [change] = gained(payPolicy('context.input has count && context.input.count * context.input.count < 50'));
    expect(change?.deciders.map(({ part, examples }) => [part.name, examples === undefined])).toContainEqual([
      'count',
      expect.any(Boolean),
    ]);
  });

  it('names tools once, with the first values that are known', () => {
    const both = `permit(principal is AgentCore::OAuthUser, action in [AgentCore::Action::"${PAY}", AgentCore::Action::"hr-payroll___list"], resource == ?resource) when { ${GROUPS} };`;
    const [change] = gained(both);
    expect(change?.tools).toEqual([PAY, 'hr-payroll___list']);
    expect(change?.deciders).toMatchObject([{ part: { name: 'cognito:groups' }, tools: [PAY, 'hr-payroll___list'] }]);
  });

  it('is complete: a call that differs in nothing that is named gains alike', () => {
    let compared = 0;
    fc.assert(
      fc.property(policyText, randomClaims, call, call, (text, own, one, other) => {
        const policies = policiesOf(text);
        const common = {
          targets: TARGETS,
          mode: 'ENFORCE',
          gatewayArn: LOCAL_GATEWAY_ARN,
          principalType: OAUTH_USER,
        } as const;
        const { changes } = compareAccess({ before: { ...common, policies: [] }, after: { ...common, policies } });
        const change = changes.find(({ tools }) => tools.includes(DEPLOY));
        if (change === undefined) return;
        const set = preparePolicySet({ ...common, policies });
        const principal = principalFromClaims({ sub: 'a', ...own });
        const named = new Set(change.deciders.map(({ part }) => part.name));
        const outcome = (input: typeof one.input): boolean =>
          authorize(set, { tool: DEPLOY, principal, input, now: one.now }).outcome === 'ALLOW';
        // All arguments of another call but those that are named.
        const kept = Object.entries(one.input).filter(([name]) => named.has(name));
        const others = Object.entries(other.input).filter(([name]) => !named.has(name));
        expect(outcome(Object.fromEntries([...others, ...kept]))).toBe(outcome(one.input));
        compared += 1;
      }),
      { numRuns: 12 },
    );
    expect(compared).toBeGreaterThan(2);
  });
});
