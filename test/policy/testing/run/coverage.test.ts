import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PolicySet } from '../../../../lib/policy/decision/policy-set';
import { parseStatement } from '../../../../lib/policy/source/parsed-policy';
import { percentText, renderCoverage } from '../../../../lib/policy/testing/report/render-report';
import { measureCoverage } from '../../../../lib/policy/testing/run/coverage';
import { OfflineBackend, policySetUnderTest } from '../../../../lib/policy/testing/run/offline-backend';
import { runTests } from '../../../../lib/policy/testing/run/run-tests';
import { runs } from '../../../runs';
import { bank, GEOGRAPHY, permit, tests } from '../fixture';

/** Coverage of the calls, as `text: T`, `F`, `TF` or `-` per condition. */
async function cover(policies: string, calls: string, personas = 'ann: {}') {
  const backend = new OfflineBackend(bank(policies));
  await runTests([tests(`personas: { ${personas} }\ntests:\n${calls}`)], backend);
  const report = measureCoverage(backend.set, backend.decided);
  const conditions = report.policies.flatMap((policy) =>
    policy.conditions.map(
      ({ text, seenTrue, seenFalse }) => `${text}: ${(seenTrue ? 'T' : '') + (seenFalse ? 'F' : '') || '-'}`,
    ),
  );
  return { report, conditions };
}

const call = (args: string, as = 'ann'): string =>
  `  - { as: ${as}, call: Bank___transfer, arguments: { account-id: a, ${args} }, expect: DENY }\n`;

describe('coverage', () => {
  const SMALL = 'context.input.amount.lessThan(decimal("10.0"))';
  const URGENT = 'context.input has urgent';
  const CALM = 'context.input.urgent == false';

  it('tells which conditions were seen true and false', async () => {
    const policies = permit('transfer', ` when { ${SMALL} && ${URGENT} && ${CALM} }`);
    expect((await cover(policies, call('amount: 11'))).conditions).toEqual([
      `${SMALL}: F`,
      `${URGENT}: -`,
      `${CALM}: -`,
    ]);
    expect((await cover(policies, call('amount: 9') + call('amount: 9, urgent: true'))).conditions).toEqual([
      `${SMALL}: T`,
      `${URGENT}: TF`,
      `${CALM}: F`,
    ]);
  });

  it('counts what Cedar evaluates only', async () => {
    const policies = permit(
      'transfer',
      ` when { ${SMALL} } unless { ${URGENT} || context.input.amount == decimal("3.0") }`,
    );
    const { conditions } = await cover(policies, call('amount: 11, urgent: true'));
    expect(conditions.slice(1)).toEqual([`${URGENT}: -`, 'context.input.amount == decimal("3.0"): -']);
  });

  it('reaches 100 % when every policy applied and every condition was both', async () => {
    const policies = permit('transfer', ` when { ${SMALL} }`);
    const { report } = await cover(policies, call('amount: 9') + call('amount: 10'));
    expect(report).toMatchObject({
      percent: 100,
      points: { seen: 3, total: 3 },
      policies: [{ applied: true, reached: true }],
    });
    expect(renderCoverage(report)).toBe('coverage: 100 % (3 of 3)\n');
  });

  it('names the gaps with their place', async () => {
    const policies = `@id("small")\n${permit('transfer', `\nwhen {\n  ${SMALL} &&\n  ${URGENT}\n}`)}\n@id("close") ${permit('close_account')}`;
    const { report } = await cover(policies, call('amount: 9'));
    expect(renderCoverage(report)).toBe(
      [
        'coverage: 33.3 % (2 of 6)',
        '  small: 2 of 5',
        '    inline:2:1: the policy never applied',
        `    inline:4:3: never seen false: ${SMALL}`,
        `    inline:5:3: never seen true: ${URGENT}`,
        '  close: 0 of 1',
        '    inline:7:14: the policy was never reached',
        '',
      ].join('\n'),
    );
  });

  it('does not count a call whose arguments fit no schema, nor the guards of the library', async () => {
    const gateway = bank(permit('transfer', ` when { ${SMALL} }`), { trusted: [GEOGRAPHY] });
    const backend = new OfflineBackend(gateway);
    await runTests([tests(`personas: { ann: {} }\ntests:\n${call('amount: x')}`)], backend);
    const report = measureCoverage(backend.set, backend.decided);
    expect(report.policies.map(({ policy, reached }) => [policy, reached])).toEqual([['inline', false]]);
  });

  it('never rounds up to 100 %', () => {
    expect([percentText(99.99), percentText(100), percentText(0.05)]).toEqual(['99.9 %', '100 %', '0 %']);
  });

  it('agrees with the decision: a policy applies exactly when it is among those that decide', async () => {
    const atom = fc.constantFrom(
      SMALL,
      URGENT,
      `(${URGENT} && context.input.urgent)`,
      'principal.hasTag("role")',
      '(principal.hasTag("role") && principal.getTag("role") like "*ad*")',
      'context.input["account-id"] == "a)&&(b"',
      '(if context.input has urgent then context.input.urgent else true)',
      '!(context.input has urgent || principal.hasTag("role"))',
    );
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        atom,
        fc.tuple(tie('tree'), fc.constantFrom('&&', '||'), tie('tree')).map(([a, op, b]) => `${a} ${op} ${b}`),
        tie('tree').map((inner) => `(${inner})`),
        tie('tree').map((inner) => `!(${inner})`),
      ),
    }));
    const clause = fc.tuple(fc.constantFrom('when', 'unless'), tree).map(([kind, body]) => ` ${kind} { ${body} }`);
    const clauses = fc.array(clause, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
    const asked = fc.record({
      as: fc.constantFrom('ann', 'bob'),
      amount: fc.constantFrom(9, 10),
      urgent: fc.constantFrom('', ', urgent: true', ', urgent: false'),
    });
    const gateway = bank(permit('transfer'));
    const set = policySetUnderTest(gateway);
    await fc.assert(
      fc.asyncProperty(clauses, fc.array(asked, { minLength: 1, maxLength: 3 }), async (conditions, calls) => {
        const backend = new OfflineBackend(gateway, withPolicy(set, permit('transfer', conditions)));
        const yaml = calls.map(({ as, amount, urgent }) => call(`amount: ${amount}${urgent}`, as)).join('');
        const run = await runTests(
          [tests(`personas: { ann: {}, bob: { claims: { role: admin } } }\ntests:\n${yaml}`)],
          backend,
        );
        const decided = run.files.some(({ cases }) => cases.some(({ got }) => got.startsWith('ALLOW')));
        expect(measureCoverage(backend.set, backend.decided).policies[0]?.applied).toBe(decided);
      }),
      runs(100),
    );
  });
});

/** The set with another statement in its only policy; the schema is made once. */
function withPolicy(set: PolicySet, statement: string): PolicySet {
  const [prepared] = set.policies.values();
  const text = statement.replace('?resource', `AgentCore::Gateway::"${set.gatewayArn}"`);
  const parsed = parseStatement(text);
  if (prepared === undefined || !parsed.ok) throw new Error(`not a policy: ${text}`);
  const policies = new Map([[prepared.policy.id, { policy: prepared.policy, text, json: parsed.json }]]);
  return new PolicySet(policies, set.schema, set.mode, set.gatewayArn, set.switches);
}
