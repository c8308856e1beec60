import { describe, expect, it } from 'vitest';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { restingInvariants } from '../../../lib/policy/proof/invariants/resting-invariants';
import { PolicyLoading } from '../../../lib/policy/source/policy-loading';
import { payPolicy, policiesOf, targets } from '../subject';

const FINANCE = 'principal.hasTag("department") && principal.getTag("department") == "finance"';

/** Sentences by the policies that they rest on. */
function restingOn(policies: string, invariants: { readonly [sentence: string]: string }) {
  const loading = new PolicyLoading('test');
  const text = Object.entries(invariants).map(
    ([sentence, statement]) => `@invariant("${sentence}") ${statement.replace('resource == ?resource', 'resource')}`,
  );
  loading.add({ file: 'a.invariant.cedar', text: text.join('\n'), defaultId: 'a', kind: 'invariants' });
  const set = preparePolicySet({
    policies: policiesOf(policies),
    targets,
    mode: 'ENFORCE',
    gatewayArn: LOCAL_GATEWAY_ARN,
  });
  const resting = restingInvariants({ invariants: loading.invariants, set });
  return Object.fromEntries([...resting].map(([id, found]) => [id, found.map(({ sentence }) => sentence)]));
}

describe('an invariant rests on a policy', () => {
  it('whose conditions keep it, or that forbids or permits what it names', () => {
    const policies = [
      `@id("finance") ${payPolicy(FINANCE)}`,
      `@id("all") ${payPolicy('context.input.amount.lessThan(decimal("9.0"))')}`,
      `@id("eu") ${payPolicy('context.input has region && context.input.region == "EU"', 'forbid')}`,
      `@id("spare") ${payPolicy('context.input.count > 5 && context.input has count', 'forbid', '@enforcement("LOG_ONLY") ')}`,
    ];
    const found = restingOn(policies.join('\n'), {
      'nobody pays in the EU': payPolicy('context.input has region && context.input.region == "EU"', 'forbid'),
      'small sums always pass elsewhere': payPolicy(
        'context.input.amount.lessThan(decimal("1.0")) && !(context.input has region)',
      ),
      'nobody pays 10 without a department': payPolicy(
        'context.input.amount == decimal("10.0") && !principal.hasTag("department")',
        'forbid',
      ),
      'nobody pays at all': payPolicy('true', 'forbid'),
    });
    expect(found).toEqual({
      all: ['small sums always pass elsewhere', 'nobody pays 10 without a department'],
      eu: ['nobody pays in the EU', 'small sums always pass elsewhere'],
      finance: ['nobody pays 10 without a department'],
    });
  });
});
