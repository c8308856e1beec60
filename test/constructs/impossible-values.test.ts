import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateGateway } from '../../lib/cli/validate-gateway';
import type { GatewayManifest } from '../../lib/contract/manifest';
import type { Diagnostic } from '../../lib/diagnostics/diagnostic';
import { GovernanceError } from '../../lib/diagnostics/governance-error';
import {
  Claim,
  CustomClaim,
  EnforcementMode,
  GovernedGateway,
  type GovernedGatewayProps,
  Identity,
  PolicySource,
  Steps,
  ToolList,
  Tools,
  TrustedField,
} from '../../lib/index';
import { loadPolicies } from '../../lib/policy/source/source';
import { readTestFile } from '../../lib/policy/testing/file/read-test-file';
import { checkReferences } from '../../lib/policy/testing/run/check-references';
import { gatewayOfManifest } from '../../lib/policy/testing/run/gateway-under-test';

// A value that nobody can have is found wherever it is written: in policies, in their tests, and in the app.

const FOLDER = mkdtempSync(join(tmpdir(), 'impossible-'));
const KIT = join(process.cwd(), 'lambda/tool-kit');
const TOOLS = `import { defineTool, toolHandler } from '${KIT}';
import { z } from '${process.cwd()}/node_modules/zod';
export const handler = toolHandler(defineTool({
  name: 'pay', description: 'Pays', handler: () => 1,
  input: z.object({
    currency: z.enum(['EUR', 'USD']),
    kind: z.literal('transfer').optional(),
    to: z.object({ country: z.enum(['DE', 'FR']).nullable() }).optional(),
    labels: z.array(z.enum(['urgent', 'gift'])).optional(),
    note: z.string().optional(),
  }),
}));`;
const LEDGER = ToolList.fromInline({
  name: 'book',
  description: 'Books',
  inputSchema: { type: 'object', properties: { period: { type: 'string', enum: ['month', 'year'] } } },
});

const identity = (changes: Partial<Parameters<typeof Identity.cognito>[0]> = {}): Identity =>
  Identity.cognito({
    groups: ['treasurers', 'clerks'],
    claims: {
      role: Claim.fromGroups({ treasurers: 'treasurer', clerks: 'clerk' }),
      teams: Claim.fromAllGroups({ treasurers: 'money', clerks: 'desk' }),
      department: Claim.fromAttribute('custom:department'),
    },
    customClaims: [CustomClaim.equals('department', 'finance')],
    machines: { 'night-batch': {} },
    ...changes,
  });

function app(changes: Partial<GovernedGatewayProps> = {}): { app: App; stack: Stack } {
  const file = join(FOLDER, 'pay.ts');
  writeFileSync(file, TOOLS);
  const cdk = new App({ outdir: mkdtempSync(join(FOLDER, 'out-')) });
  const stack = new Stack(cdk, 'Bank');
  new GovernedGateway(stack, 'Gateway', {
    mode: EnforcementMode.LOG_ONLY,
    identity: identity(),
    targets: {
      bank: Tools.fromTypeScript(file),
      ledger: Tools.fromMcpServer('https://mcp.example.com/mcp', { tools: LEDGER }),
    },
    trustedContext: {
      region: TrustedField.fromClaimChoice('cognito:groups', [{ includes: 'treasurers', value: 'EU' }], {
        tools: ['bank'],
      }),
    },
    ...changes,
  });
  return { app: cdk, stack };
}

let manifest: GatewayManifest;
let file: string;

beforeAll(() => {
  const assembly = app().app.synth({ errorOnDuplicateSynth: false });
  file = join(assembly.directory, 'Bank.Gateway.gateway.json');
  manifest = JSON.parse(readFileSync(file, 'utf8')) as GatewayManifest;
});

const seen = (found: readonly Diagnostic[]): string[] =>
  found.filter(({ code }) => /IMPOSSIBLE|PERSONA|UNKNOWN/.test(code)).map(({ code, help }) => `${code}: ${help}`);

const CLAIM = 'principal.hasTag("cognito:groups") && principal.getTag("cognito:groups")';
const ROLE = 'principal.hasTag("role") && principal.getTag("role")';
const INPUT = 'context.input';

describe('a policy', () => {
  function findings(condition: string, effect = 'permit', tool = 'bank___pay'): string[] {
    const text = `@id("x") ${effect}(principal is AgentCore::OAuthUser, action == AgentCore::Action::"${tool}", resource == ?resource) when { ${condition} };`;
    const { policies, texts } = loadPolicies([PolicySource.fromInline(text)], { nameSeed: 'local' });
    const gateway = {
      ...gatewayOfManifest(manifest, file),
      policies,
      texts,
      mode: 'ENFORCE',
      label: '',
      names: [],
      personas: [],
    } as const;
    return seen(validateGateway({ ...gateway, tests: [], sources: { directory: '', paths: [] }, findings: [] }));
  }

  it.each<[what: string, condition: string, suggestion: string, tool?: string]>([
    ['a group', `${CLAIM} like "*\\"tresurers\\"*"`, 'treasurers'],
    ['a claim made from groups', `${ROLE} == "clerc"`, 'clerk'],
    ['a claim of all groups', 'principal.hasTag("teams") && principal.getTag("teams") like "*\\"mony\\"*"', 'money'],
    [
      'a claim that a custom claim fixes',
      'principal.hasTag("department") && principal.getTag("department") == "finanse"',
      'finance',
    ],
    [
      'a set of values',
      `principal.hasTag("role") && ["treasurer", "clercs"].contains(principal.getTag("role"))`,
      'clerk',
    ],
    ['a zod enum', `${INPUT}.currency == "EURO"`, 'EUR'],
    ['a zod enum, from the left', `"USDD" != ${INPUT}.currency`, 'USD'],
    ['a zod literal', `${INPUT} has kind && ${INPUT}.kind == "transfr"`, 'transfer'],
    [
      'a nullable zod enum in an object',
      `${INPUT} has to && ${INPUT}.to has country && ${INPUT}.to.country == "DEU"`,
      'DE',
    ],
    ['an element of an array', `${INPUT} has labels && ${INPUT}.labels.contains("urgnt")`, 'urgent'],
    ['elements of an array', `${INPUT} has labels && ${INPUT}.labels.containsAny(["gift", "urgnt"])`, 'urgent'],
    ['elements, from the left', `${INPUT} has labels && ["gfit"].containsAll(${INPUT}.labels)`, 'gift'],
    ['an enum of a list of tools', `${INPUT} has period && ${INPUT}.period == "months"`, 'month', 'ledger___book'],
    ['a trusted field', `${INPUT} has region && ${INPUT}.region == "EUU"`, 'EU'],
  ])('names %s', (_, condition, suggestion, tool) => {
    expect(findings(condition, 'permit', tool)).toContain(`POLICY_VALUE_IMPOSSIBLE: did you mean \`${suggestion}\`?`);
    expect(findings(condition, 'forbid', tool)).toEqual([expect.stringContaining('POLICY_FORBID_VALUE_IMPOSSIBLE')]);
    const right = condition.replace(
      /clercs?|tresurers|mony|finanse|EURO|USDD|transfr|DEU|urgnt|gfit|months|EUU/,
      suggestion,
    );
    expect(findings(right, 'permit', tool)).toEqual([]);
  });

  it('may compare texts that can be anything', () => {
    expect(findings(`${INPUT} has note && ${INPUT}.note == "anything"`)).toEqual([]);
  });
});

describe('a test file', () => {
  function findings(personas: string, tests: string): string[] {
    const read = readTestFile(
      'bank.test.yaml',
      `personas:\n  ann: { ${personas} }\ntests:\n  - { as: ann, ${tests} }\n`,
    );
    if (read.testFile === undefined) throw new Error(JSON.stringify(read.diagnostics));
    return seen(checkReferences(read.testFile, gatewayOfManifest(manifest, file)));
  }
  const ANN = 'groups: [treasurers], attributes: { "custom:department": finance }';
  const call = (args: string, expectation = 'ALLOW', more = ''): string =>
    `call: bank___pay, arguments: { ${args} }, expect: ${expectation}${more}`;

  it.each<[what: string, personas: string, tests: string, found: string]>([
    [
      'a group',
      ANN.replace('treasurers', 'tresurers'),
      call('currency: EUR'),
      'TEST_PERSONA_GROUP: did you mean `treasurers`?',
    ],
    [
      'an attribute',
      `${ANN.slice(0, -2)}, departement: x }`,
      call('currency: EUR'),
      'TEST_PERSONA_ATTRIBUTE: did you mean `custom:department`?',
    ],
    [
      'a client',
      'client: night-bach, claims: { department: finance }',
      call('currency: EUR'),
      'TEST_PERSONA_CLIENT: did you mean `night-batch`?',
    ],
    [
      'a custom claim that nobody fulfils',
      'groups: [clerks]',
      call('currency: EUR'),
      'TEST_PERSONA_REFUSED: give the persona `claims: { "department": ... }`, or what the claim is made from',
    ],
    [
      'a claim made from groups',
      `${ANN}, claims: { role: clerc }`,
      call('currency: EUR'),
      'TEST_VALUE_IMPOSSIBLE: did you mean `clerk`?',
    ],
    [
      'an array of groups',
      `${ANN}, claims: { "cognito:groups": [tresurers] }`,
      call('currency: EUR'),
      'TEST_VALUE_IMPOSSIBLE: did you mean `treasurers`?',
    ],
    [
      'a trusted value',
      ANN,
      call('currency: EUR', 'ALLOW', ', trusted: { region: EUU }'),
      'TEST_VALUE_IMPOSSIBLE: did you mean `EU`?',
    ],
    ['a zod enum', ANN, call('currency: EURO'), 'TEST_VALUE_IMPOSSIBLE: did you mean `EUR`?'],
    ['a zod enum of a denied call', ANN, call('currency: EURO', 'DENY'), 'TEST_VALUE_IMPOSSIBLE: did you mean `EUR`?'],
    [
      'an element of an array in it',
      ANN,
      call('currency: EUR, labels: [gift, urgnt]'),
      'TEST_VALUE_IMPOSSIBLE: did you mean `urgent`?',
    ],
    [
      'a member of an object',
      ANN,
      call('currency: EUR, to: { country: XX }'),
      'TEST_VALUE_IMPOSSIBLE: use one of `DE`, `FR`',
    ],
    [
      'an enum of a list of tools',
      ANN,
      'call: ledger___book, arguments: { period: months }, expect: ALLOW',
      'TEST_VALUE_IMPOSSIBLE: did you mean `month`?',
    ],
    ['a tool without its target', ANN, 'call: pay, expect: ALLOW', 'TEST_TOOL_UNKNOWN: did you mean `bank___pay`?'],
  ])('names %s', (_, personas, tests, found) => {
    expect(findings(personas, tests)).toEqual([found]);
  });

  it('may try what nobody has, when it must be denied', () => {
    expect(findings(ANN, call('currency: "<script>"', 'DENY'))).toEqual([]);
    expect(findings(`${ANN}, claims: { role: superuser }`, call('currency: EUR', 'DENY'))).toEqual([]);
    expect(findings('client: night-batch, claims: { department: finance }', call('currency: EUR'))).toEqual([]);
  });
});

describe('an app', () => {
  function findings(changes: () => Partial<GovernedGatewayProps>): string[] {
    try {
      const { app: cdk } = app(changes());
      const out = cdk.outdir;
      try {
        cdk.synth();
      } catch {
        // The report says what was found.
      }
      return [...readFileSync(join(out, 'validation-report.json'), 'utf8').matchAll(/did you mean `(.*?)`\?/g)].map(
        ([text]) => text,
      );
    } catch (error) {
      if (!GovernanceError.is(error)) throw error;
      return seen(error.diagnostics).map((text) => text.replace(/^.*?: /, ''));
    }
  }

  it.each<[what: string, changes: () => Partial<GovernedGatewayProps>, suggestion: string]>([
    [
      'a group that is demanded',
      () => ({ identity: identity({ customClaims: [CustomClaim.contains('cognito:groups', 'clarks')] }) }),
      'clerks',
    ],
    [
      'a claim that is demanded',
      () => ({ identity: identity({ customClaims: [CustomClaim.equals('role', 'clerc')] }) }),
      'clerk',
    ],
    [
      'a group of a test user',
      () => ({ identity: identity({ testUsers: { ann: { groups: ['clarks'] } } }) }),
      'clerks',
    ],
    [
      'values by which steps and trusted fields choose',
      () => ({
        trustedContext: {
          region: TrustedField.fromClaimChoice('cognito:groups', [{ includes: 'tresurers', value: 'EU' }], {
            tools: ['bank'],
          }),
        },
        steps: [
          Steps.rowScope({
            tools: ['bank'],
            ownerField: 'x',
            claim: 'sub',
            exempt: { claim: 'role', values: ['clerc'] },
          }),
          Steps.toolFilter({ rules: [{ tools: ['bank'], visibleTo: { claim: 'teams', values: ['mony'] } }] }),
        ],
      }),
      'treasurers, clerk, money',
    ],
  ])('names %s', (_, changes, suggestion) => {
    expect(findings(changes)).toEqual(suggestion.split(', ').map((one) => `did you mean \`${one}\`?`));
  });
});
