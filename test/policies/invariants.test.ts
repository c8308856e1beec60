import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { packFile } from '../../lib/contract/pack';
import { preparePolicySet } from '../../lib/policy/decision/policy-set';
import { type CheckedInvariant, checkInvariants } from '../../lib/policy/proof/invariants/check-invariants';
import { loadPolicies, PolicySource } from '../../lib/policy/source/source';
import { type SynthesizedGateway, synthesizedGateways } from './synthesized-gateways';

let gateways: ReadonlyMap<string, SynthesizedGateway>;
beforeAll(() => {
  gateways = synthesizedGateways();
});

/** What becomes of an application's invariants when one of its policy files, or of its packs, says something else. */
function checked(name: string, file?: string, change: (text: string) => string = (text) => text): CheckedInvariant[] {
  const gateway = gateways.get(name)?.gateway;
  if (gateway === undefined) throw new Error(`no application ${name}`);
  const { invariants = [], policies, targets, gatewayArn, identity, packs = [] } = gateway;
  const pack = packs.find(({ id }) => id === file);
  const path = pack === undefined ? `policies/${name}/${file}` : packFile(pack.id);
  const before = (): string => pack?.policies ?? readFileSync(path, 'utf8');
  const changed = file === undefined ? [] : changedPolicies(before(), change);
  const set = preparePolicySet({
    policies: [...policies.filter(({ origin }) => file === undefined || origin.file !== path), ...changed],
    targets,
    mode: 'ENFORCE',
    gatewayArn,
  });
  return checkInvariants({ invariants, set, claims: identity?.claims, attack: true });
}

function changedPolicies(before: string, change: (text: string) => string) {
  const text = change(before);
  expect(text).not.toBe(before);
  return loadPolicies([PolicySource.fromInline(text)], { nameSeed: 'changed' }).policies;
}

describe.each([
  ['lakehouse', 7],
  ['underwriting', 4],
  ['devops', 4],
])('the invariants of %s', (name, count) => {
  it('are proved', () => {
    const found = checked(name);
    expect(found.filter(({ verdict }) => verdict.kind !== 'proved')).toEqual([]);
    expect(found).toHaveLength(count);
  });
});

describe('a planted fault', () => {
  it.each([
    [
      'quotes of a group that were dropped',
      ['lakehouse', 'login-audit', (text: string) => text.replaceAll('*\\"administrators\\"*', '*administrators*')],
      { tool: 'lakehouse___query_login_audit', claims: { 'cognito:groups': ['xadministratorsx'] } },
    ],
    [
      'a comparison that became a pattern',
      ['underwriting', 'risk-model.cedar', (text: string) => text.replace('== "finance"', 'like "*finance*"')],
      { tool: 'underwriting___invoke_risk_model', claims: { department: 'xfinancex' } },
    ],
    [
      'a limit that is one unit too wide',
      ['underwriting', 'create-application.cedar', (text: string) => text.replace('lessThan(', 'lessThanOrEqual(')],
      { tool: 'underwriting___create_application', input: { coverage_amount: 5000000 } },
    ],
    [
      'a list of what is allowed that became an exception',
      [
        'devops',
        'restart-and-terminate.cedar',
        (text: string) =>
          text.replace(
            '["staging", "dev"].contains(context.input.environment)',
            'context.input.environment != "production"',
          ),
      ],
      { tool: 'devops___restart_service', input: { environment: 'prod' } },
    ],
    [
      'a forbid of records that lost a tool',
      [
        'lakehouse',
        'european-callers.cedar',
        (text: string) => text.replace('lakehouse___query_claims', 'lakehouse___get_claims_summary'),
      ],
      { tool: 'lakehouse___query_claims', input: { geography: 'EU' } },
    ],
    [
      'a group name that is compared with nothing',
      ['devops', 'clean-logs.cedar', (text: string) => text.replace(' && context.input.log_group != ""', '')],
      { tool: 'devops___clean_logs', input: { log_group: '' } },
    ],
  ] as const)('%s breaks an invariant by a call that is really allowed', (_, [name, file, change], expected) => {
    const verdicts = checked(name, file, change).map(({ verdict }) => verdict);
    const broken = verdicts.flatMap((verdict) => (verdict.kind === 'broken' ? [verdict.counterexample] : []));
    const shown = broken.map(({ witness: { call, claims }, decision }) => ({
      tool: call.tool,
      input: call.input,
      claims,
      outcome: decision.outcome,
    }));
    expect(shown).toContainEqual(
      expect.objectContaining({
        tool: expected.tool,
        outcome: 'ALLOW',
        ...('claims' in expected ? { claims: expect.objectContaining(expected.claims) } : {}),
        ...('input' in expected ? { input: expect.objectContaining(expected.input) } : {}),
      }),
    );
  });
});
