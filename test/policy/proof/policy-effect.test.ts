import { expect, it } from 'vitest';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { policyProofs, proofSentences } from '../../../lib/policy/proof/policy-proofs';
import { PAY, payPolicy, policiesOf, targets } from '../subject';

/** What is proved of each policy of a set, in sentences. */
function proved(...statements: string[]): Record<string, string[]> {
  const policies = policiesOf(statements.join('\n'));
  const set = preparePolicySet({ policies, targets, mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
  const proofs = policyProofs(
    { invariants: [], set },
    policies.map(({ id }) => id),
  );
  return Object.fromEntries([...proofs].map(([id, proof]) => [id, proofSentences(proof)]));
}

const SMALL = 'context.input.amount.lessThan(decimal("9.0"))';
const EUROPE = 'context.input has region && context.input.region == "EU"';

it('says of a policy what would differ without it, for all calls', () => {
  expect(
    proved(
      `@id("small") ${payPolicy(SMALL)}`,
      `@id("smaller") ${payPolicy('context.input.amount.lessThan(decimal("5.0"))')}`,
      `@id("europe") ${payPolicy(EUROPE, 'forbid')}`,
      `@id("watched") ${payPolicy('true', 'forbid', '@enforcement("LOG_ONLY") ')}`,
    ),
  ).toEqual({
    small: [`without it some calls of \`${PAY}\` are denied that are allowed now`],
    smaller: ['without it nothing changes'],
    europe: [`without it some calls of \`${PAY}\` are allowed that are denied now`],
    watched: ['decides nothing: it is LOG_ONLY'],
  });
  expect(proved(`@id("only") ${payPolicy(SMALL)}`)).toEqual({ only: [`without it nobody calls \`${PAY}\``] });
});

it('says of a permit that fails for some callers that they are let through without it', () => {
  const failing = payPolicy('principal.getTag("department") == "finance"');
  expect(proved(`@id("small") ${payPolicy(SMALL)}`, `@id("failing") ${failing}`)['failing']).toContain(
    `without it some calls of \`${PAY}\` are allowed that are denied now`,
  );
});
