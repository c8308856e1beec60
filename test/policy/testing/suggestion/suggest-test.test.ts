import { describe, expect, it } from 'vitest';
import { type MutationReport, mutate } from '../../../../lib/policy/testing/mutation/mutate';
import { renderMutation } from '../../../../lib/policy/testing/report/render-report';
import { policySetUnderTest } from '../../../../lib/policy/testing/run/offline-backend';
import { suggestedFile } from '../../../../lib/policy/testing/suggestion/render-suggestion';
import { bank, type FixtureOptions, GEOGRAPHY, permit, tests } from '../fixture';

const PEOPLE = `personas:
  ann: { username: ann, groups: [admin] }
  bob: { username: bob }
tests:
`;
const call = (tool: string, rest: string): string => `  - { as: ann, call: Bank___${tool}, ${rest} }\n`;

interface Suggested {
  readonly report: MutationReport;
  /** The suggested tests as one file. */
  readonly yaml: string;
  /** Mutants that survive when the suggested tests run as well. */
  readonly left: readonly string[];
}

async function suggest(policies: string, cases: string, options?: FixtureOptions): Promise<Suggested> {
  const gateway = bank(policies, options);
  const given = tests(PEOPLE + cases);
  const report = await mutate(gateway, [given], policySetUnderTest(gateway), { suggest: true });
  const suggestions = [...new Set(report.mutants.flatMap(({ suggestion }) => suggestion ?? []))];
  const yaml = suggestedFile(suggestions);
  const added = tests(yaml, 'suggested.test.yaml');
  const again = await mutate(gateway, [given, added], policySetUnderTest(gateway));
  return { report, yaml, left: again.mutants.filter(({ status }) => status === 'survived').map(({ id }) => id) };
}

describe('suggested tests', () => {
  const AMOUNT = permit('transfer', ' when { context.input.amount.lessThan(decimal("5000.0")) }');

  it('notice every mutant that survives, with a persona of the file where one can make the call', async () => {
    const { report, yaml, left } = await suggest(AMOUNT, call('read_statement', 'expect: DENY'));
    expect(report.survived).toBeGreaterThan(4);
    expect(left).toEqual([]);
    expect(yaml).toContain('ann: { username: ann, groups: [ admin ] }');
    expect(yaml).not.toContain('caller-1');
    expect(yaml).toContain('arguments: { account-id: "", amount: 5000 }');
  });

  it('take a persona of their own where no persona of the file can tell, with groups as Cognito has them', async () => {
    const policies = permit(
      'close_account',
      ' when { principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"admin\\"*" }',
    );
    const given = `${call('close_account', 'expect: ALLOW')}  - { as: bob, call: Bank___close_account, expect: DENY }\n  - { as: ann, list: [Bank___close_account] }\n`;
    const { report, yaml, left } = await suggest(policies, given);
    expect(report.survived).toBe(2);
    expect(left).toEqual([]);
    expect(yaml).toContain('caller-2: { groups: [ xadminx ] }');
    expect(yaml).toContain('expect: DENY');
  });

  it('are shown once, in the report, ready to be added', async () => {
    const cases = call('transfer', 'arguments: { amount: 1, account-id: a }, expect: ALLOW');
    const { report } = await suggest(AMOUNT, cases);
    const text = renderMutation(report);
    expect(text).toContain(`    add to bank.test.yaml:
      tests:
        - name: notices inline > `);
    expect(text.match(/notices it too/g)?.length).toBeGreaterThan(0);
  });

  it('let the interceptor fill in what it fills in', async () => {
    const policies = permit('transfer', ' when { context.input has geography && context.input.geography == "EU" }');
    const { report, yaml, left } = await suggest(policies, call('read_statement', 'expect: DENY'), {
      trusted: [GEOGRAPHY],
    });
    expect(report.survived).toBeGreaterThan(2);
    expect(left).toEqual([]);
    expect(yaml).not.toMatch(/arguments:.*geography/);
  });

  it('fix the time where it matters', async () => {
    const policies = permit('close_account', ' when { context.system.now < datetime("2026-06-01T00:00:00Z") }');
    const { yaml, left } = await suggest(policies, call('close_account', 'expect: ALLOW'));
    expect(left).toEqual([]);
    expect(yaml).toContain('now: 2026-06-01T00:00:00.000Z');
  });

  it('ask for flips where the policy is in LOG_ONLY', async () => {
    const policies = `@enforcement("LOG_ONLY")\n${permit('close_account', ' when { principal.id == "ann" }')}`;
    const { report, yaml, left } = await suggest(policies, call('read_statement', 'expect: DENY'));
    expect(report.survived).toBeGreaterThan(2);
    expect(left).toEqual([]);
    expect(yaml).toContain('expect: { decision: DENY, flips: [ inline ] }');
  });

  it('are about the callers that a gateway has', async () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/agent';
    const policies = `permit (principal == AgentCore::IamEntity::"${arn}", action == AgentCore::Action::"Bank___close_account", resource == ?resource);`;
    const identity = { kind: 'iam', authorization: 'iam', groups: [], clients: [] } as never;
    const gateway = bank(policies, { identity });
    const given = tests(
      `personas: { other: { iam: "${arn}-other" } }\ntests:\n  - { as: other, call: Bank___close_account, expect: DENY }\n`,
    );
    const report = await mutate(gateway, [given], policySetUnderTest(gateway), { suggest: true });
    const [survivor] = report.mutants.filter(({ status }) => status === 'survived');
    expect(survivor?.suggestion).toMatchObject({ persona: { data: { iam: arn } }, test: { expect: 'ALLOW' } });
  });
});
