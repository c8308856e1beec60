import { describe, expect, it } from 'vitest';
import { type MutationReport, mutate } from '../../../../lib/policy/testing/mutation/mutate';
import { renderMutation } from '../../../../lib/policy/testing/report/render-report';
import { policySetUnderTest } from '../../../../lib/policy/testing/run/offline-backend';
import { bank, type FixtureOptions, GEOGRAPHY, permit, tests } from '../fixture';

async function run(policies: string, cases: string, options?: FixtureOptions): Promise<MutationReport> {
  const gateway = bank(policies, options);
  return mutate(gateway, [tests(cases)], policySetUnderTest(gateway));
}

/** Changes of the mutants with a status. */
function changes({ mutants }: MutationReport, status?: string): string[] {
  return mutants.filter((mutant) => status === undefined || mutant.status === status).map(({ change }) => change);
}

const PERSONAS = `personas:
  ann: { claims: { groups: [admin], department: finance } }
  eve: { claims: { groups: [superadmin], department: financed } }
  bob: {}
tests:
`;

const close = (as: string, expected: string): string =>
  `  - { as: ${as}, call: Bank___close_account, expect: ${expected} }\n`;
const transfer = (amount: string, expected: string, as = 'ann'): string =>
  `  - { as: ${as}, call: Bank___transfer, arguments: { amount: ${amount}, account-id: a }, expect: ${expected} }\n`;

describe('mutants', () => {
  const NO_TEST = `${PERSONAS}  - { as: ann, call: Bank___read_statement, expect: DENY }\n`;

  it('flip effects, drop and negate conditions, replace operators, move literals', async () => {
    const condition = 'context.input.amount.lessThan(decimal("5000.0"))';
    const report = await run(permit('transfer', ` when { ${condition} }`), NO_TEST);
    expect(changes(report)).toEqual([
      'permit becomes forbid',
      `without when { ${condition} }`,
      `${condition} becomes !(${condition})`,
      'lessThan becomes lessThanOrEqual',
      '"5000.0" becomes "5000.0001"',
      '"5000.0" becomes "4999.9999"',
    ]);
  });

  it('drop each of several conditions, and swap what joins them', async () => {
    const a = 'context.input.amount == decimal("1.0")';
    const b = 'context.input["account-id"] == "x"';
    const c = 'context.input has urgent';
    const report = await run(permit('transfer', ` unless { ${a} || ${b} || ${c} }`), NO_TEST);
    expect(changes(report)).toEqual(
      expect.arrayContaining([
        `without ${a} ||`,
        `without || ${b}`,
        `without || ${c}`,
        '|| becomes &&',
        '"x" becomes "x~"',
      ]),
    );
  });

  it('widen and narrow the scope of actions', async () => {
    const both =
      'permit (principal is AgentCore::OAuthUser, action in [AgentCore::Action::"Bank___close_account", AgentCore::Action::"Bank___read_statement"], resource == ?resource);';
    expect(changes(await run(both, NO_TEST))).toEqual([
      'permit becomes forbid',
      expect.stringMatching(/^action in .* becomes action in \[AgentCore::Action::"Bank___read_statement"\]$/),
      expect.stringMatching(/^action in .* becomes action in \[AgentCore::Action::"Bank___close_account"\]$/),
      expect.stringMatching(/^action in .* becomes action$/),
    ]);
  });

  it('widen to the tools that fit, where a condition does not fit all', async () => {
    const report = await run(
      permit('read_statement', ' when { context.input has month && context.input.month > 3 }'),
      NO_TEST,
    );
    expect(changes(report).filter((change) => change.startsWith('action =='))).toEqual([
      expect.stringMatching(/becomes action$/),
    ]);
  });

  it('change callers, groups and numbers', async () => {
    const policies = `permit (principal == AgentCore::OAuthUser::"ann", action == AgentCore::Action::"Bank___read_statement", resource == ?resource)
when { principal.hasTag("groups") && principal.getTag("groups") like "*\\"admin\\"*" && context.input has month && context.input.month > 3 };`;
    expect(changes(await run(policies, NO_TEST))).toEqual(
      expect.arrayContaining([
        'principal == AgentCore::OAuthUser::"ann" becomes principal is AgentCore::OAuthUser',
        'principal == AgentCore::OAuthUser::"ann" becomes principal == AgentCore::OAuthUser::"ann~"',
        '"*\\"admin\\"*" becomes "*admin*"',
        '"*\\"admin\\"*" becomes "*\\"admin~\\"*"',
        '> becomes >=',
        '3 becomes 4',
        '3 becomes 2',
      ]),
    );
  });

  it('move times by a millisecond', async () => {
    const policies = permit('close_account', ' when { context.system.now < datetime("2026-06-01T00:00:00Z") }');
    const at = (now: string, expected: string): string =>
      `  - { as: ann, call: Bank___close_account, now: ${now}, expect: ${expected} }\n`;
    const other = '  - { as: ann, call: Bank___read_statement, expect: DENY }\n';
    const exact = at('2026-05-31T23:59:59.999Z', 'ALLOW') + other + at('2026-06-01T00:00:00Z', 'DENY');
    expect(changes(await run(policies, PERSONAS + exact), 'survived')).toEqual([]);
    const loose = at('2026-05-01T00:00:00Z', 'ALLOW') + other + at('2026-07-01T00:00:00Z', 'DENY');
    expect(changes(await run(policies, PERSONAS + loose), 'survived')).toEqual([
      '< becomes <=',
      ') becomes ).offset(duration("1ms"))',
      ') becomes ).offset(duration("-1ms"))',
    ]);
  });

  it('that the service would refuse are no survivors', async () => {
    const policies = permit(
      'close_account',
      ' when { principal.hasTag("groups") && principal.getTag("groups") == "x" }',
    );
    const refused = changes(await run(policies, NO_TEST), 'refused');
    expect(refused).toContain('&& becomes ||');
    expect(refused).toContain('"groups" becomes "groups~"');
    expect(refused).toContain('without principal.hasTag("groups") &&');
  });

  it('leave the guards of the library and the ARN of the gateway alone', async () => {
    const report = await run(permit('close_account'), NO_TEST, { trusted: [GEOGRAPHY] });
    expect(report.mutants.filter(({ id }) => id.includes('governed-gateway/') || id.includes('arn:'))).toEqual([]);
  });
});

describe('a mutation run', () => {
  const POLICIES = permit('transfer', ' when { context.input.amount.lessThan(decimal("5000.0")) }');

  it('kills everything with tests on both sides of the boundary and on other tools', async () => {
    const report = await run(POLICIES, PERSONAS + transfer('4999.9999', 'ALLOW') + transfer('5000', 'DENY'));
    expect(changes(report, 'survived')).toEqual([]);
    expect(report.mutants.find(({ change }) => change.includes('5000.0001'))).toMatchObject({
      status: 'killed',
      because: 'ann calls Bank___transfer: DENY',
    });
  });

  it('reports survivors with the line of the change', async () => {
    const report = await run(`@id("small")\n${POLICIES}`, PERSONAS + transfer('1', 'ALLOW') + transfer('9000', 'DENY'));
    expect(report).toMatchObject({ survived: 3, accepted: 0 });
    expect(renderMutation(report)).toContain('inline:2:143: no test notices: small > lessThan becomes lessThanOrEqual');
  });

  it('needs a test of a confusable group to keep the quotes', async () => {
    const policies = permit(
      'close_account',
      ' when { principal.hasTag("groups") && principal.getTag("groups") like "*\\"admin\\"*" }',
    );
    const plain = PERSONAS + close('ann', 'ALLOW') + close('bob', 'DENY');
    expect(changes(await run(policies, plain), 'survived')).toContain('"*\\"admin\\"*" becomes "*admin*"');
    expect(changes(await run(policies, plain + close('eve', 'DENY')), 'survived')).not.toContain(
      '"*\\"admin\\"*" becomes "*admin*"',
    );
  });

  it('notices by a list what no call notices', async () => {
    const policies = permit('close_account');
    const listed = `${PERSONAS}  - { as: ann, list: [Bank___close_account] }\n`;
    const report = await run(policies, listed);
    expect(changes(report, 'survived')).toEqual([]);
    expect(report.mutants[0]).toMatchObject({ because: 'ann lists tools' });
  });

  it('accepts survivors for a reason, and refuses entries about others', async () => {
    const yaml = `${PERSONAS}${transfer('1', 'ALLOW')}${transfer('9000', 'DENY')}
survivors:
  - { mutant: inline > lessThan becomes lessThanOrEqual, reason: amounts are whole }
  - { mutant: inline > permit becomes forbid, reason: wrong }
  - { mutant: 'inline > "5000.0" becomes "5000.001"', reason: misspelt }`;
    const report = await run(POLICIES, yaml);
    expect(report).toMatchObject({ survived: 2, accepted: 1 });
    expect(report.mutants.find(({ status }) => status === 'accepted')?.because).toBe('amounts are whole');
    expect(report.diagnostics).toMatchObject([
      { code: 'TEST_SURVIVOR_UNKNOWN', location: { line: 11 } },
      {
        code: 'TEST_SURVIVOR_UNKNOWN',
        help: 'did you mean `inline > "5000.0" becomes "5000.0001"`?',
        location: { line: 12 },
      },
    ]);
  });
});

describe('a mutant that equals the policy for every call', () => {
  const NONE = `${PERSONAS}${transfer('1', 'ALLOW')}${transfer('9000', 'DENY')}`;
  const TWICE = permit(
    'transfer',
    ' when { context.input.amount.lessThan(decimal("5000.0")) && context.input.amount.lessThan(decimal("6000.0")) }',
  );

  it('is known without a word, and counts neither for the tests nor against them', async () => {
    const report = await run(TWICE, NONE);
    const second = 'context.input.amount.lessThan(decimal("6000.0"))';
    expect(changes(report, 'equal')).toEqual([
      `without && ${second}`,
      'lessThan becomes lessThanOrEqual',
      '"6000.0" becomes "6000.0001"',
      '"6000.0" becomes "5999.9999"',
    ]);
    expect(renderMutation(report)).toMatch(/^mutants: \d+ killed, 5 survived, 4 equal for every call, 0 refused/);
  });

  it('needs no entry, which is an error', async () => {
    const entry = `survivors:
  - { mutant: 'inline > "6000.0" becomes "6000.0001"', reason: the other limit }`;
    const { diagnostics } = await run(TWICE, `${NONE}${entry}`);
    expect(diagnostics).toMatchObject([{ code: 'TEST_SURVIVOR_EQUAL' }]);
  });

  it('rests on the claims that tokens can have', async () => {
    const policies = permit(
      'close_account',
      ' when { principal.hasTag("tier") && ["gold", "platinum"].contains(principal.getTag("tier")) }',
    );
    const claims = [{ name: 'tier', source: 'groups', values: { rich: 'gold', others: 'silver' }, multiValued: false }];
    const identity = { kind: 'cognito', authorization: 'jwt', claims, groups: ['rich', 'others'], clients: [] };
    const cases = `personas: { ann: { claims: { tier: gold } } }\ntests:\n${close('ann', 'ALLOW')}`;
    const change = '"platinum" becomes "platinum~"';
    expect(changes(await run(policies, cases, { identity: identity as never }), 'equal')).toContain(change);
    expect(changes(await run(policies, cases), 'survived')).toContain(change);
  });

  it('in LOG_ONLY is one that would change as much', async () => {
    const policies = `@enforcement("LOG_ONLY")\n${permit('close_account')}`;
    const report = await run(policies, `${PERSONAS}  - { as: ann, call: Bank___close_account, expect: DENY }\n`);
    expect(report.equal).toBe(0);
    expect(report.survived).toBeGreaterThan(0);
  });

  it('stays a survivor, with a sentence, where proof cannot say', async () => {
    const condition = 'context.input has month && context.input.month * context.input.month >= 0';
    const cases = `${PERSONAS}${close('ann', 'DENY')}`;
    const report = await run(permit('read_statement', ` when { ${condition} }`), cases);
    expect(report.mutants.filter(({ status, because }) => status === 'survived' && because !== undefined)).not.toEqual(
      [],
    );
    expect(renderMutation(report)).toContain('whether any call could is undecided: it rests on');
  });
});
