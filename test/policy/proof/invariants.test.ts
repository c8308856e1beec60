import { describe, expect, it } from 'vitest';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { type CheckedInvariant, checkInvariants } from '../../../lib/policy/proof/invariants/check-invariants';
import { PolicyLoading } from '../../../lib/policy/source/policy-loading';
import { validatePolicySet } from '../../../lib/policy/validation/validate';
import { payPolicy, policiesOf, targets } from '../subject';

const FINANCE = 'principal.hasTag("department") && principal.getTag("department") == "finance"';
const CLAIMS = [
  { name: 'department', source: 'attribute', attribute: 'department', multiValued: false },
  { name: 'cognito:groups', source: 'standard', multiValued: true },
] as const;

function invariantsOf(text: string) {
  const loading = new PolicyLoading('test');
  loading.add({ file: 'a.invariant.cedar', text, defaultId: 'a', kind: 'invariants' });
  expect(loading.diagnostics).toEqual([]);
  return loading;
}

function checked(policies: string, invariant: string): CheckedInvariant['verdict'] {
  const { invariants } = invariantsOf(`@invariant("it holds") ${invariant}`);
  const set = preparePolicySet({
    policies: policiesOf(policies),
    targets,
    mode: 'ENFORCE',
    gatewayArn: LOCAL_GATEWAY_ARN,
  });
  const [only] = checkInvariants({ invariants, set, claims: CLAIMS });
  if (only === undefined) throw new Error('nothing was checked');
  return only.verdict;
}

const never = (condition: string): string =>
  payPolicy(condition, 'forbid').replace('resource == ?resource', 'resource');
const always = (condition: string): string => payPolicy(condition).replace('resource == ?resource', 'resource');

describe('an invariant', () => {
  it('is proved where policies keep it', () => {
    expect(checked(payPolicy(FINANCE), never(`!(${FINANCE})`))).toEqual({
      kind: 'proved',
      tools: ['hr-payroll___create_payout'],
    });
    expect(checked(payPolicy(FINANCE), always(FINANCE))).toMatchObject({ kind: 'proved' });
  });

  it('is broken for each tool that has a call which breaks it', () => {
    const open = 'permit(principal is AgentCore::OAuthUser, action, resource == ?resource);';
    expect(checked(open, `forbid(principal, action, resource) unless { ${FINANCE} };`)).toMatchObject({
      kind: 'broken',
      tools: ['hr-payroll___create_payout', 'hr-payroll___list'],
      counterexample: { decision: { outcome: 'ALLOW' } },
    });
  });

  it.each([
    [
      'a pattern without quotes',
      payPolicy('principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*admins*"'),
      never('!(principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"admins\\"*")'),
      { claims: { 'cognito:groups': ['xadminsx'] } },
    ],
    [
      'a comparison that became a pattern',
      payPolicy('principal.hasTag("department") && principal.getTag("department") like "*finance*"'),
      never(`!(${FINANCE})`),
      { claims: { department: 'xfinancex' } },
    ],
    [
      'a limit that is one unit too wide',
      payPolicy('context.input.amount.lessThanOrEqual(decimal("5000.0"))'),
      never('context.input.amount.greaterThanOrEqual(decimal("5000.0"))'),
      { call: { input: { amount: 5000, 'employee-id': '' } } },
    ],
    [
      'a call that must be allowed, and is not',
      payPolicy(FINANCE),
      always('context.input has region'),
      { call: { input: { region: '' } } },
    ],
  ])('is broken by %s, with the plainest call', (_, policies, invariant, witness) => {
    const verdict = checked(policies, invariant);
    expect(verdict).toMatchObject({ kind: 'broken', counterexample: { witness } });
  });

  it('is attacked with claims that callers can have', () => {
    const tier = {
      name: 'tier',
      source: 'groups',
      values: { g: 'gold', s: 'silver' },
      multiValued: false,
    } as const;
    const { invariants } = invariantsOf(
      `@invariant("only silver") ${never('principal.hasTag("tier") && principal.getTag("tier") != "silver"')}`,
    );
    const set = preparePolicySet({
      policies: policiesOf(payPolicy('principal.hasTag("tier") && principal.getTag("tier") != "gold"')),
      targets,
      mode: 'ENFORCE',
      gatewayArn: LOCAL_GATEWAY_ARN,
    });
    const [only] = checkInvariants({ invariants, set, claims: [tier], attack: true });
    expect(only?.verdict).toMatchObject({ kind: 'proved' });
  });

  it('counts a failing policy as no permission', () => {
    const overflowing = payPolicy(
      'context.input has count && context.input.count * 9223372036854775807 < 0 && false',
      'forbid',
    );
    const invariant = never('context.input has count && context.input.count > 1000');
    expect(checked(payPolicy('context.input.amount.lessThan(decimal("5.0"))') + overflowing, invariant).kind).not.toBe(
      'broken',
    );
  });

  it('says nothing about policies that only log', () => {
    const forbid = payPolicy('true', 'forbid', '@enforcement("LOG_ONLY") ');
    expect(checked(payPolicy(FINANCE) + forbid, always(FINANCE))).toMatchObject({ kind: 'proved' });
    expect(checked(payPolicy(FINANCE) + forbid, never(FINANCE))).toMatchObject({ kind: 'broken' });
  });

  it('about no call proves nothing', () => {
    expect(
      checked(
        payPolicy(FINANCE),
        never('context.input has count && context.input.count > 5 && context.input.count < 5'),
      ),
    ).toEqual({ kind: 'vacuous' });
  });

  it('is undecided where a term cannot be encoded, and never proved by it', () => {
    const policy = payPolicy('context.input has count && context.input.count * context.input.count < 5');
    const verdict = checked(policy, never('context.input has count && context.input.count > 2'));
    expect(verdict).toMatchObject({ kind: 'undecided', reason: expect.stringContaining('a product of two numbers') });
  });
});

describe('validation', () => {
  it.each([
    [never(`!(${FINANCE})`), []],
    [never(FINANCE), ['INVARIANT_BROKEN']],
    [never('context.input has count && context.input.count > 5 && context.input.count < 5'), ['INVARIANT_VACUOUS']],
    [never('principal.hasTag("departmnt")'), ['POLICY_CLAIM_UNKNOWN']],
    [never('context.input has cuont'), ['POLICY_INPUT_UNKNOWN']],
  ])('reports %s', (invariant, codes) => {
    const { invariants, texts } = invariantsOf(`@invariant("it holds") ${invariant}`);
    const input = {
      policies: policiesOf(payPolicy(FINANCE)),
      invariants,
      texts,
      targets,
      mode: 'ENFORCE',
      claims: CLAIMS,
      trustedContext: [],
    } as const;
    const found = validatePolicySet(input).filter(({ code }) => code !== 'POLICY_TOOL_UNREACHABLE');
    expect([...new Set(found.map(({ code }) => code))]).toEqual(codes);
  });

  it('shows the call that breaks an invariant', () => {
    const { invariants, texts } = invariantsOf(`@invariant("nobody in finance pays") ${never(FINANCE)}`);
    const input = {
      policies: policiesOf(`@id("pay") ${payPolicy(FINANCE)}`),
      invariants,
      texts,
      targets,
      mode: 'ENFORCE',
      claims: CLAIMS,
      trustedContext: [],
    } as const;
    expect(validatePolicySet(input)).toContainEqual(
      expect.objectContaining({
        code: 'INVARIANT_BROKEN',
        message:
          '`nobody in finance pays` does not hold: `hr-payroll___create_payout` with {"amount":0,"employee-id":""} by {"sub":"caller","department":"finance"} is ALLOW, decided by `pay`',
        location: expect.objectContaining({ file: 'a.invariant.cedar', line: 1 }),
      }),
    );
  });
});

describe('a call that lacks a trusted field', () => {
  const field = (name: string, kind: 'constant' | 'proof') => ({
    name,
    type: 'string' as const,
    description: name,
    source: kind === 'proof' ? { kind, secretVariable: 'SECRET', fingerprint: 'f' } : { kind, value: 'EU' },
    tools: ['hr-payroll___create_payout'],
  });
  const trustedContext = [field('region', 'constant'), field('gateway_proof', 'proof')];
  const helpOf = (condition: string) => {
    const { invariants, texts } = invariantsOf(`@invariant("finance pays") ${always(condition)}`);
    const policies = policiesOf(payPolicy(`${FINANCE} && context.input has region && context.input.region == "EU"`));
    const input = { policies, invariants, texts, targets, mode: 'ENFORCE', claims: CLAIMS, trustedContext } as const;
    return validatePolicySet(input).find(({ code }) => code === 'INVARIANT_BROKEN')?.help;
  };

  it('is shown with what the interceptor would fill, so that the invariant can name it', () => {
    expect(helpOf(FINANCE)).toBe(
      'the call lacks `region`, which the interceptor fills: if calls without are not meant, say `context.input has region` in the invariant',
    );
    expect(helpOf(`${FINANCE} && context.input has region`)).toContain('correct the policies');
  });
});

describe('a source', () => {
  it('wants the sentence in the file of invariants, and only there', () => {
    const loading = new PolicyLoading('test');
    loading.add({ file: 'a.invariant.cedar', text: never('true'), defaultId: 'a', kind: 'invariants' });
    loading.add({ file: 'b.cedar', text: `@invariant("x") ${never('true')}`, defaultId: 'b', kind: 'policies' });
    expect(loading.diagnostics.map(({ code, location }) => [code, location?.file])).toEqual([
      ['INVARIANT_WITHOUT_SENTENCE', 'a.invariant.cedar'],
      ['INVARIANT_MISPLACED', 'b.cedar'],
    ]);
    expect([loading.policies, loading.invariants]).toEqual([[], []]);
  });
});
