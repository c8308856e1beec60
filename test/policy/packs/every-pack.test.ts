import { describe, expect, it } from 'vitest';
import { LOCAL_GATEWAY_ARN, validatePolicySet } from '../../../lib/policy';
import { checkInvariants } from '../../../lib/policy/proof/invariants/check-invariants';
import { readTestFile } from '../../../lib/policy/testing/file/read-test-file';
import { runPolicyTests } from '../../../lib/policy/testing/test-policies';
import { BANK, EVERY_PACK, loaded, policiesOf, setOf, TRUSTED } from './bank';

/** That a bank of which one thing is said permits nothing else is no news. */
const NO_NEWS = ['POLICY_TOOL_UNREACHABLE', 'POLICY_ALLOWS_EVERYTHING'];

describe.each(Object.entries(EVERY_PACK))('the pack %s', (kind, make) => {
  const { policies, invariants, packs, diagnostics } = loaded([make()]);
  const [pack] = packs;

  it('says what it is', () => {
    expect(diagnostics).toEqual([]);
    expect(pack).toMatchObject({ kind });
    expect(policies.length).toBeGreaterThan(0);
    expect(policies.every(({ id }) => id === pack?.id || id.startsWith(`${pack?.id}/`))).toBe(true);
    expect(policies.every(({ description = '' }) => description.length > 10)).toBe(true);
    expect(pack?.policies.match(/^\/\/ .*\n@id/gm)?.length).toBe(policies.length);
  });

  it('renders policies and invariants in which nothing is wrong', () => {
    const { policies: all, texts } = policiesOf(make());
    const found = validatePolicySet({
      policies: all,
      invariants,
      texts,
      targets: BANK,
      mode: 'ENFORCE',
      trustedContext: TRUSTED,
    });
    const about = found.filter(({ code }) => !NO_NEWS.includes(code));
    expect(about.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });

  // Covers assumed.time-functions
  it('asks for the time with what the service is known to take', () => {
    const methods = [...(pack?.policies ?? '').matchAll(/system\.now\.(\w+)/g)].map(([, method]) => method);
    expect(methods.filter((method) => method !== 'toTime')).toEqual([]);
    expect(pack?.policies).not.toMatch(/\b(toDate|offset|durationSince)\b/);
  });

  it('has invariants that are proved', () => {
    const checked = checkInvariants({ invariants, set: setOf(make()) });
    expect(checked.length).toBeGreaterThan(0);
    expect(new Set(checked.map(({ verdict }) => verdict.kind))).toEqual(new Set(['proved']));
  });

  it('has tests that pass, and reach all of its policies', async () => {
    const { testFile, diagnostics: wrong } = readTestFile('pack', pack?.tests ?? '');
    expect(wrong).toEqual([]);
    const trusted = { fields: TRUSTED, onSpoof: 'overwrite', tables: {} } as const;
    const gateway = { policies, targets: BANK, trusted, gatewayArn: LOCAL_GATEWAY_ARN };
    const { report, coverage } = await runPolicyTests(gateway, testFile ? [testFile] : [], { coverage: true });
    const failed = report.files.flatMap(({ cases }) => cases.filter(({ status }) => status !== 'passed'));
    expect(failed).toEqual([]);
    expect(report.passed).toBeGreaterThan(2);
    expect(coverage?.policies.filter(({ applied }) => !applied)).toEqual([]);
  });
});
