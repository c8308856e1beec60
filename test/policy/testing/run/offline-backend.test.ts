import { describe, expect, it } from 'vitest';
import { PROOF_ARGUMENT, PROOF_PLACEHOLDER, proofOf } from '../../../../lib/contract/interceptor-proof';
import type { IdentityManifest } from '../../../../lib/contract/manifest';
import { subOf } from '../../../../lib/contract/persona-sub';
import type { DeclaredTrustedField, TrustedFieldSource } from '../../../../lib/contract/trusted-context';
import { OfflineBackend } from '../../../../lib/policy/testing/run/offline-backend';
import { claimsOf, principalOf } from '../../../../lib/policy/testing/run/persona-claims';
import { runTests } from '../../../../lib/policy/testing/run/run-tests';
import { bank, type FixtureOptions, GEOGRAPHY, permit, tests } from '../fixture';

const IDENTITY: IdentityManifest = {
  kind: 'cognito',
  authorization: 'jwt',
  allowedClients: [],
  allowedAudiences: [],
  allowedScopes: [],
  customClaims: [],
  groups: ['tellers', 'auditors'],
  clients: [
    { name: 'people', clientId: { Ref: 'People' }, flow: 'code', scopes: ['bank/read', 'bank/write'] },
    { name: 'nightly', clientId: { Ref: 'Nightly' }, flow: 'client-credentials', scopes: ['bank/read'] },
  ],
  claims: [
    { name: 'department', source: 'attribute', attribute: 'custom:department', multiValued: false },
    { name: 'role', source: 'groups', values: { auditors: 'auditor', tellers: 'teller' }, multiValued: false },
    { name: 'job', source: 'client', values: { nightly: 'batch' }, multiValued: false },
  ],
};

/** Runs cases and gives `status: got` of each. */
async function run(policies: string, yaml: string, options?: FixtureOptions): Promise<string[]> {
  const report = await runTests([tests(yaml)], new OfflineBackend(bank(policies, options)));
  return report.files.flatMap(({ cases }) => cases.map(({ status, got }) => `${status}: ${got}`));
}

const TRANSFER = '{ as: ann, call: Bank___transfer, arguments: { amount: 1, account-id: a';

describe('a persona', () => {
  const [user, machine, plain, role, nobody] = tests(`
personas:
  user:
    username: ann
    groups: [tellers, auditors]
    attributes: { custom:department: finance }
    claims: { level: 3, role: null }
  machine: { client: nightly }
  plain: {}
  role: { iam: 'arn:aws:sts::111122223333:assumed-role/Reporter/session' }
  nobody: { anonymous: true }
tests: []`).personas;

  it('gets the claims that the identity provider would give', () => {
    expect(user && claimsOf(user, IDENTITY)).toEqual({
      sub: subOf({ username: 'ann', attributes: {} }),
      username: 'ann',
      token_use: 'access',
      'cognito:groups': ['tellers', 'auditors'],
      scope: 'bank/read bank/write',
      department: 'finance',
      level: 3,
    });
    expect(machine && claimsOf(machine, IDENTITY)).toEqual({
      sub: 'nightly',
      client_id: 'nightly',
      token_use: 'access',
      scope: 'bank/read',
      job: 'batch',
    });
    const sub = subOf({ username: 'plain', attributes: {} });
    expect(plain && claimsOf(plain)).toEqual({ sub, username: 'plain', token_use: 'access' });
    // A pool makes up ids: that a policy compares with a name holds nowhere.
    expect(sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('becomes the principal that Cedar sees', () => {
    expect(user && principalOf(user, IDENTITY).tags).toMatchObject({
      'cognito:groups': '["tellers","auditors"]',
      level: '3',
    });
    expect(role && principalOf(role)).toEqual({
      type: 'AgentCore::IamEntity',
      id: 'arn:aws:sts::111122223333:assumed-role/Reporter',
      tags: {},
    });
    expect(nobody && principalOf(nobody).type).toBe('AgentCore::UnauthenticatedUser');
  });

  it('without `sub` is a failure of the test, not a denial', async () => {
    const yaml = `personas: { ann: { claims: { sub: null } } }\ntests:\n  - ${TRANSFER} }, expect: DENY }\n  - { as: ann, list: [] }`;
    const found = await run(permit('transfer'), yaml);
    expect(found.map((line) => line.slice(0, 16))).toEqual(['failed: FAILED (', 'failed: FAILED (']);
  });
});

describe('a call without tools to run', () => {
  it.each([
    ['all arguments', 'amount: 1, account-id: a', 'ALLOW'],
    ['a missing argument', 'amount: 1', 'ERROR'],
    ['a wrong type', 'amount: "1", account-id: a', 'ERROR'],
    ['an undeclared argument', 'amount: 1, account-id: a, color: red', 'ERROR'],
    ['a fraction that Cedar truncates', 'amount: 4999.99999, account-id: a', 'ALLOW'],
    ['the boundary', 'amount: 5000, account-id: a', 'DENY'],
    ['a null, which is no argument', 'amount: 1, account-id: a, urgent: null', 'ALLOW'],
  ])('with %s', async (_, args, expected) => {
    const policies = permit('transfer', ' when { context.input.amount.lessThan(decimal("5000.0")) }');
    const yaml = `personas: { ann: {} }\ntests: [{ as: ann, call: Bank___transfer, arguments: { ${args} }, expect: ${expected} }]`;
    expect((await run(policies, yaml))[0]).toMatch(/^passed/);
  });

  it('takes the time from the case, then the file, then a fixed day', async () => {
    const policies = permit('close_account', ' when { context.system.now < datetime("2026-06-01T00:00:00Z") }');
    const yaml = (now: string, own: string): string =>
      `${now}\npersonas: { ann: {} }\ntests: [{ as: ann, call: Bank___close_account, ${own} expect: ALLOW }]`;
    expect(await run(policies, yaml('', ''))).toEqual(['passed: ALLOW by `inline`']);
    expect((await run(policies, yaml('now: 2026-07-01T00:00:00Z', '')))[0]).toMatch(/^failed/);
    expect((await run(policies, yaml('now: 2026-07-01T00:00:00Z', 'now: 2026-05-31T23:59:59.999Z,')))[0]).toMatch(
      /^passed/,
    );
  });
});

describe('a trusted field', () => {
  const POLICIES = permit('transfer', ' when { context.input has geography && context.input.geography == "EU" }');
  const EU_ANN = 'personas: { ann: { username: ann } }\ntests:\n';

  it('is found as the interceptor would find it', async () => {
    const yaml = `personas: { ann: {}, bob: {}, eve: {} }\ntests:
  - { as: [ann, bob, eve], call: Bank___transfer, arguments: { amount: 1, account-id: a }, expect: DENY }`;
    expect(await run(POLICIES, yaml, { trusted: [GEOGRAPHY] })).toEqual([
      'failed: ALLOW by `inline`',
      'passed: DENY by no policy (No policy applies to the request (denied by default).)',
      'failed: DENY by the interceptor (the interceptor finds no value for the trusted field `geography`)',
    ]);
  });

  it('without a value is no denial by a policy: the test says who denies, or what to add', async () => {
    const all = async (expected: string, options: FixtureOptions = { trusted: [GEOGRAPHY] }) => {
      const yaml = `personas: { eve: {} }\ntests:\n  - { as: eve, call: Bank___transfer, arguments: { amount: 1, account-id: a, geography: EU }, expect: ${expected} }`;
      const report = await runTests([tests(yaml)], new OfflineBackend(bank(POLICIES, options)));
      return report.files[0]?.cases[0];
    };
    expect(await all('DENY')).toMatchObject({
      status: 'failed',
      why: [
        'the interceptor denies the call before any policy is asked',
        expect.stringContaining(
          'add the item {"user":"eve","geography":"..."} to it, or give the persona `trusted: { geography: ... }`',
        ),
      ],
    });
    expect((await all('{ decision: DENY, determining: [] }'))?.status).toBe('failed');
    expect((await all('{ decision: DENY, by: interceptor }'))?.status).toBe('passed');
    expect((await all('{ decision: DENY, reason: finds no value for the trusted field }'))?.status).toBe('passed');
    expect((await all('{ decision: DENY, by: policy }'))?.why[0]).toBe(
      'expected a denial by the policies, got one by the interceptor',
    );
    expect((await all('{ decision: DENY, by: interceptor }', {}))?.status).toBe('failed');
    expect((await all('DENY', { trusted: [GEOGRAPHY], onSpoof: 'reject' }))?.why[1]).toBe(
      'move the value to `trusted`, or expect `by: interceptor` if the denial is meant',
    );
    const claim = { ...GEOGRAPHY, source: { kind: 'claim', claim: 'geo' } } as const;
    expect((await all('DENY', { trusted: [claim] }))?.why[1]).toMatch(/^the claim `geo` gives `geography` no value/);
  });

  it('overwrites what the client sent, or is refused', async () => {
    const spoofed = `personas: { bob: {} }\ntests: [{ as: bob, call: Bank___transfer, arguments: { amount: 1, account-id: a, geography: EU }, expect: DENY }]`;
    expect(await run(POLICIES, spoofed, { trusted: [GEOGRAPHY] })).toEqual([
      'passed: DENY by no policy (No policy applies to the request (denied by default).)',
    ]);
    expect(await run(POLICIES, spoofed, { trusted: [GEOGRAPHY], onSpoof: 'reject' })).toEqual([
      'failed: DENY by the interceptor (the client sent the trusted field `geography`)',
    ]);
  });

  it('can be fixed by persona and by case', async () => {
    const yaml = `personas: { bob: { trusted: { geography: EU } } }\ntests:
  - { as: bob, call: Bank___transfer, arguments: { amount: 1, account-id: a }, expect: ALLOW }
  - { as: bob, call: Bank___transfer, arguments: { amount: 1, account-id: a }, trusted: { geography: US }, expect: DENY }`;
    expect((await run(POLICIES, yaml, { trusted: [GEOGRAPHY] })).map((line) => line.slice(0, 6))).toEqual([
      'passed',
      'passed',
    ]);
  });

  it('that no manifest declares is the one that the test names, where the tool has it', async () => {
    const policies = permit('transfer', ' when { context.input["account-id"] == "own" }');
    const yaml = `personas: { ann: { trusted: { account-id: own, geography: EU } } }\ntests:\n  - ${TRANSFER} }, expect: ALLOW }`;
    expect((await run(policies, yaml))[0]).toMatch(/^passed/);
  });

  it('meets the guard when the interceptor is bypassed', async () => {
    const yaml = `${EU_ANN}  - { as: ann, call: Bank___transfer, arguments: { amount: 1, account-id: a }, interceptor: bypassed, expect: { decision: DENY, determining: [governed-gateway/requires-geography] } }`;
    expect((await run(permit('transfer'), yaml, { trusted: [GEOGRAPHY] }))[0]).toMatch(/^passed/);
  });

  it('cannot be feigned past a bypassed interceptor, with the placeholder of the proof or without', async () => {
    const source = { kind: 'proof', secretVariable: 'SECRET', fingerprint: 'f' } as const;
    const trusted = [GEOGRAPHY, { ...GEOGRAPHY, name: PROOF_ARGUMENT, source }];
    const sent = `arguments: { amount: 1, account-id: a, geography: EU, ${PROOF_ARGUMENT}`;
    const cases = [PROOF_PLACEHOLDER, 'ggp_', proofOf('', 'f')].map(
      (value) => `  - { as: ann, call: Bank___transfer, ${sent}: ${value} }, interceptor: bypassed, expect: DENY }`,
    );
    const ordinary = `  - { as: ann, call: Bank___transfer, ${sent}: mine }, expect: ALLOW }`;
    const denied = 'passed: DENY by `governed-gateway/requires-interceptor`';
    const got = await run(permit('transfer'), [EU_ANN, ...cases, ordinary].join('\n'), { trusted });
    expect(got.map((line) => line.slice(0, denied.length))).toEqual([
      denied,
      denied,
      denied,
      'passed: ALLOW by `inline`',
    ]);
  });

  it.each<[string, TrustedFieldSource, DeclaredTrustedField['type'], string]>([
    ['a claim', { kind: 'claim', claim: 'region' }, 'string', '"EU"'],
    ['a claim as a number', { kind: 'claim', claim: 'level' }, 'integer', '3'],
    ['a claim as a truth', { kind: 'claim', claim: 'vip' }, 'boolean', 'true'],
    ['a constant', { kind: 'constant', value: 'EU' }, 'string', '"EU"'],
    ['the time', { kind: 'time', format: 'epoch-seconds' }, 'integer', '1767268800'],
    [
      'a choice',
      { kind: 'claim-choice', claim: 'cognito:groups', choices: [{ includes: 'tellers', value: 'EU' }] },
      'string',
      '"EU"',
    ],
  ])('comes from %s', async (_, source, type, literal) => {
    const field: DeclaredTrustedField = { ...GEOGRAPHY, source, type };
    const policies = permit(
      'transfer',
      ` when { context.input has geography && context.input.geography == ${literal} }`,
    );
    const yaml = `personas: { ann: { groups: [tellers], claims: { region: EU, level: "3", vip: true } } }\ntests:\n  - ${TRANSFER} }, expect: ALLOW }`;
    expect((await run(policies, yaml, { trusted: [field] }))[0]).toBe('passed: ALLOW by `inline`');
  });
});

describe('a policy in LOG_ONLY', () => {
  it('is told by what it would change', async () => {
    const policies = `@id("open") ${permit('close_account')}
@id("shadow") @enforcement("LOG_ONLY") forbid (principal is AgentCore::OAuthUser, action == AgentCore::Action::"Bank___close_account", resource == ?resource);`;
    const yaml = `personas: { ann: {} }\ntests:
  - { as: ann, call: Bank___close_account, expect: { decision: ALLOW, determining: [open], flips: [shadow] } }
  - { as: ann, call: Bank___close_account, expect: { decision: ALLOW, flips: [] } }`;
    expect((await run(policies, yaml)).map((line) => line.slice(0, 6))).toEqual(['passed', 'failed']);
  });
});
