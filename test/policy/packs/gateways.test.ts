import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../lib/contract/json';
import type { IdentityManifest } from '../../../lib/contract/manifest';
import { LOCAL_GATEWAY_ARN, PolicyPack, validatePolicySet } from '../../../lib/policy';
import type { CatalogTarget } from '../../../lib/policy/schema/catalog-target';
import { loadPolicies } from '../../../lib/policy/source/source';
import type { SourceGateway } from '../../../lib/policy/source/source-gateway';
import { readTestFile } from '../../../lib/policy/testing/file/read-test-file';
import { checkReferences } from '../../../lib/policy/testing/run/check-references';
import { packTests, runPolicyTests } from '../../../lib/policy/testing/test-policies';
import { BANK, loaded } from './bank';

const IDENTITY: IdentityManifest = {
  ...{ kind: 'oidc', authorization: 'jwt', allowedClients: [], allowedAudiences: ['bank'], allowedScopes: [] },
  ...{ customClaims: [], groups: [], clients: [] },
};

/** Cases of the packs' own tests that do not pass, and findings about the tests, on a gateway with an identity. */
async function problems(
  packs: PolicyPack[],
  facts: Partial<SourceGateway>,
  identity: IdentityManifest,
): Promise<string[]> {
  const targets = facts.targets ?? BANK;
  const { policies, packs: declared, diagnostics } = loaded(packs, { targets, ...facts });
  expect(diagnostics).toEqual([]);
  const trusted = { fields: facts.trustedFields ?? [], onSpoof: 'overwrite', tables: {} } as const;
  const gateway = { policies, targets, trusted, identity, gatewayArn: LOCAL_GATEWAY_ARN, packs: declared };
  const read = packTests(gateway).map(({ path, text }) => readTestFile(path, text));
  const files = read.flatMap(({ testFile }) => testFile ?? []);
  expect(files).toHaveLength(packs.length);
  const { report } = await runPolicyTests(gateway, files, {});
  const failed = report.files.flatMap(({ cases }) => cases.filter(({ status }) => status !== 'passed'));
  const found = files.flatMap((file) => checkReferences(file, gateway));
  return [...failed.map(({ name, got }) => `${name}: ${got}`), ...found.map(({ message }) => message)];
}

describe('packs on a gateway', () => {
  const limit = PolicyPack.amountBelow({ tools: ['bank___order'], argument: 'amount', limit: '500' });
  const hours = { tools: ['class:write'], timeZone: 'UTC', from: '08:00', to: '18:00', years: [2127] };

  it('without tokens are about callers with AWS credentials', async () => {
    const principalType = 'AgentCore::IamEntity';
    const packs = [limit, PolicyPack.officeHours(hours)];
    expect(await problems(packs, { principalType }, { ...IDENTITY, kind: 'iam', authorization: 'iam' })).toEqual([]);
    const { policies } = loaded(packs, { targets: BANK, principalType });
    expect(policies.every(({ statementParts: [text] }) => text?.includes('principal is AgentCore::IamEntity'))).toBe(
      true,
    );
  });

  it('without tokens have no groups, which is an error', () => {
    const { policies, texts } = loaded([PolicyPack.groups({ clerks: ['class:read'] })], {
      targets: BANK,
      principalType: 'AgentCore::IamEntity',
    });
    const found = validatePolicySet({
      policies,
      texts,
      targets: BANK,
      mode: 'ENFORCE',
      trustedContext: [],
      principalType: 'AgentCore::IamEntity',
    });
    expect(found.filter(({ severity }) => severity === 'error').map(({ code }) => code)).not.toEqual([]);
  });

  it('of an issuer of your own take the claim that has the groups, and tokens that the gateway takes', async () => {
    const match = { claimMatchOperator: 'EQUALS', claimMatchValue: { matchValueString: 'acme' } };
    const customClaims: JsonObject[] = [{ inboundTokenClaimName: 'tenant', authorizingClaimMatchValue: match }];
    const claims = [{ name: 'groups', source: 'declared', multiValued: true } as const];
    const packs = [
      PolicyPack.groups({ clerks: ['class:read'] }),
      PolicyPack.breakGlass({ group: 'fire', tools: ['class:write'] }),
    ];
    expect(await problems(packs, { claims, customClaims }, { ...IDENTITY, claims, customClaims })).toEqual([]);
    const { policies } = loaded(packs, { targets: BANK, claims });
    expect(policies.every(({ statementParts }) => statementParts.join('').includes('hasTag("groups")'))).toBe(true);
  });

  it('call tools with arguments that fit, whatever their schemas are', async () => {
    const properties: JsonObject = {
      ...{
        text: { type: 'string' },
        date: { type: 'string', format: 'date' },
        at: { type: 'string', format: 'date-time' },
      },
      ...{
        v4: { type: 'string', format: 'ipv4' },
        v6: { type: 'string', format: 'ipv6' },
        span: { type: 'string', format: 'duration' },
      },
      ...{
        kind: { type: 'string', enum: ['b', 'a'] },
        count: { type: 'integer', minimum: 7 },
        share: { type: 'number' },
      },
      ...{
        on: { type: 'boolean' },
        list: { type: 'array', items: { type: 'string' } },
        both: { type: ['string', 'null'] },
      },
      part: { type: 'object', properties: { zip: { type: 'string' } }, required: ['zip'] },
      'a-b': { type: 'string' },
    };
    const inputSchema = { type: 'object', properties, required: Object.keys(properties) };
    const targets: CatalogTarget[] = [
      { name: 't', tools: [{ name: 'all', description: '', inputSchema, classes: ['read'] }] },
    ];
    const packs = [
      PolicyPack.groups({ clerks: ['t'] }),
      PolicyPack.amountBelow({ tools: ['t'], argument: 'share', limit: '1' }),
      PolicyPack.allowedValues({ id: 'quoted', tools: ['t'], argument: 'a-b', values: ['x'] }),
    ];
    expect(await problems(packs, { targets }, IDENTITY)).toEqual([]);
  });

  it('bind every gateway below a baseline: their policies and invariants come, and their tests do not', () => {
    const baselines = [{ name: 'acme', policies: [limit], invariants: [] }];
    const found = loadPolicies([], { nameSeed: 'bank', gateway: { targets: BANK }, baselines });
    expect(found.policies.map(({ id, baseline }) => [id, baseline])).toEqual([['acme/amount-below', 'acme']]);
    expect(found.invariants.map(({ baseline }) => baseline)).toEqual(['acme']);
    expect([found.packs, found.files]).toEqual([[], []]);
  });
});
