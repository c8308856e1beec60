import { describe, expect, it } from 'vitest';
import { IAM_ENTITY, OAUTH_USER, type Principal, UNAUTHENTICATED_USER } from '../../../lib/contract/claims';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { authorize } from '../../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import type { Formula } from '../../../lib/policy/proof/formula/formula';
import { Prover } from '../../../lib/policy/proof/prover';
import type { PlatformSwitches } from '../../../lib/policy/schema/catalog-target';
import { policiesOf } from '../subject';

const ACTION = 'T___run';
const SCHEMA = {
  type: 'object',
  properties: {
    mode: { type: 'string', enum: ['fast', 'slow'] },
    ttl: { type: 'string', format: 'duration' },
  },
  required: ['mode'],
};

/** What proof finds of the calls that a policy allows, and of those that it does not; each call found is decided by `authorize`. */
function found(condition: string, type: Principal['type'], principal = 'principal', switches: PlatformSwitches = {}) {
  const text = `permit (${principal}, action == AgentCore::Action::"${ACTION}", resource) when { ${condition} };`;
  const set = preparePolicySet({
    policies: policiesOf(text),
    targets: [{ name: 'T', tools: [{ name: 'run', description: '', inputSchema: SCHEMA }] }],
    mode: 'ENFORCE',
    gatewayArn: LOCAL_GATEWAY_ARN,
    switches,
  });
  const tool = set.schema.tools.get(ACTION);
  if (tool === undefined) throw new Error('no tool');
  const prover = new Prover({ gatewayArn: set.gatewayArn, principalType: type });
  const { allowed } = prover.decision(
    set.candidates(tool).map(({ json }) => json),
    tool,
  );
  const ask = (formula: Formula, outcome: 'ALLOW' | 'DENY') => {
    const answer = prover.find(formula, tool);
    if (answer.kind !== 'possible') return answer.kind;
    expect(authorize(set, answer.witness.call).outcome).toBe(outcome);
    return answer.witness.call;
  };
  return { allowed: ask(allowed, 'ALLOW'), refused: ask(prover.formulas.not(allowed), 'DENY') };
}

describe('proofs about callers without a token', () => {
  const ROLE = 'arn:aws:sts::111122223333:assumed-role/agent';

  it('know the ARN of an IAM caller, and that it has no claims', () => {
    expect(
      found(`principal.id like "*assumed-role/agent"`, IAM_ENTITY, 'principal is AgentCore::IamEntity'),
    ).toMatchObject({
      allowed: { principal: { id: expect.stringMatching(/assumed-role\/agent$/), tags: {} } },
      refused: { principal: { id: expect.not.stringMatching(/assumed-role\/agent$/) } },
    });
    expect(found('true', IAM_ENTITY, `principal == AgentCore::IamEntity::"${ROLE}"`)).toMatchObject({
      allowed: { principal: { id: ROLE } },
      refused: { principal: { type: IAM_ENTITY } },
    });
    expect(found('true', IAM_ENTITY, 'principal is AgentCore::OAuthUser').allowed).toBe('never');
  });

  it('know that an unauthenticated caller is nobody', () => {
    const nobody = found(
      'context.input.mode == "fast"',
      UNAUTHENTICATED_USER,
      'principal is AgentCore::UnauthenticatedUser',
    );
    expect(nobody).toMatchObject({
      allowed: { principal: { id: '' }, input: { mode: 'fast' } },
      refused: { input: {} },
    });
    expect(found('principal has id', UNAUTHENTICATED_USER).allowed).toBe('never');
  });
});

describe('proofs about arguments', () => {
  it('know that an enum has no other value where enums are entities, and any text where they are texts', () => {
    const either = 'context.input.mode == TYPE::"fast" || context.input.mode == TYPE::"slow"';
    const { text } = preparePolicySet({
      policies: [],
      targets: [{ name: 'T', tools: [{ name: 'run', description: '', inputSchema: SCHEMA }] }],
      mode: 'ENFORCE',
      gatewayArn: LOCAL_GATEWAY_ARN,
      switches: { enums: 'entity' },
    }).schema;
    const type = /entity (\S+) enum/.exec(text)?.[1] ?? '';
    const space = /namespace (\S+) \{[^{}]*entity \S+ enum/.exec(text)?.[1];
    const full = space === undefined ? type : `${space}::${type}`;
    const asEntities = found(either.replaceAll('TYPE', full), OAUTH_USER, 'principal', { enums: 'entity' });
    expect(asEntities).toMatchObject({
      allowed: { input: { mode: expect.stringMatching(/fast|slow/) } },
      refused: 'never',
    });
    const asTexts = found('context.input.mode == "fast" || context.input.mode == "slow"', OAUTH_USER);
    expect(asTexts.refused).not.toBe('never');
  });

  it.each([
    ['no duration is below zero', 'context.input.ttl < duration("0s")', 'never'],
    ['the longest one', 'context.input.ttl == duration("9223372036854775807ms")', 'P292471208Y247DT25975.807S'],
    ['one of 200 years', 'context.input.ttl == duration("73000d1ms")', 'P73000DT0.001S'],
    ['a short one', 'context.input.ttl == duration("90m")', 'PT5400S'],
  ])('know durations as they can be sent: %s', (_, condition, expected) => {
    const { allowed } = found(`context.input has ttl && ${condition}`, OAUTH_USER);
    if (expected === 'never') expect(allowed).toBe('never');
    else expect(allowed).toMatchObject({ input: { ttl: expected } });
  });
});
