import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack, Stage, Validations } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import {
  AllowedIdentity,
  BaselineRule,
  type BaselineRules,
  EnforcementMode,
  forbid,
  GovernanceBaseline,
  GovernedGateway,
  type GovernedGatewayProps,
  Identity,
  Invariant,
  Observability,
  PolicySource,
  RequiredStep,
  Steps,
} from '../../../lib';
import { run } from '../../../lib/cli/run';
import type { GatewayManifest } from '../../../lib/contract/manifest';
import { testGateway } from '../../../lib/policy';
import { notesProps, notesToolsWith } from '../notes-gateway';
import { findingsOf } from '../synth-findings';

const NOBODY_DESTROYS = PolicySource.fromInline(
  '@id("nobody-destroys")\nforbid(principal, action in AgentCore::Action::"class:destructive", resource == ?resource);',
);

const classified = (): GovernedGatewayProps['targets'] => ({
  notes: notesToolsWith({ classes: { read_note: ['read'], delete_note: ['write', 'destructive'] } }),
});

const MALLORY = `forbid(principal is AgentCore::OAuthUser, action in AgentCore::Action::"class:write", resource == ?resource)
when { principal.hasTag("username") && principal.getTag("username") == "mallory" };`;

const ISSUER = 'https://login.acme.example/.well-known/openid-configuration';
const oidc = (): Identity => Identity.oidc({ discoveryUrl: ISSUER, allowedAudiences: ['notes'] });
const knownIssuer = (): AllowedIdentity => AllowedIdentity.oidc(ISSUER, { accessTokenLifetime: Duration.minutes(15) });

/** The package of a platform team, in short. */
const ACME: BaselineRules = { name: 'acme', policies: [NOBODY_DESTROYS] };

interface Built {
  readonly app: App;
  readonly stack: Stack;
  readonly gateway: GovernedGateway;
}

function build(rules: BaselineRules, props: Partial<GovernedGatewayProps> = {}, stage = 'dev'): Built {
  const app = new App();
  GovernanceBaseline.of(app).add(rules);
  const stack = new Stack(new Stage(app, stage), 'Notes');
  return {
    app,
    stack,
    gateway: new GovernedGateway(stack, 'Gateway', { ...notesProps(), targets: classified(), ...props }),
  };
}

/** Codes of findings about baselines. */
function broken({ app }: Pick<Built, 'app'>): string[] {
  return findingsOf(app).filter((finding) => finding.startsWith('BASELINE_'));
}

function manifestOf({ app, stack }: Built): GatewayManifest {
  const directory = join(app.synth().directory, `assembly-${Stage.of(stack)?.node.id}`);
  return JSON.parse(
    readFileSync(join(directory, `${stack.artifactId}.Gateway.gateway.json`), 'utf8'),
  ) as GatewayManifest;
}

describe('policies of a baseline', () => {
  const built = build({
    ...ACME,
    toolClasses: ['pii'],
    policies: [
      NOBODY_DESTROYS,
      PolicySource.fromInline('forbid(principal, action in AgentCore::Action::"class:pii", resource == ?resource);'),
    ],
    invariants: [Invariant.of('nobody destroys', forbid({ classes: ['destructive'] }))],
  });
  GovernanceBaseline.of(built.gateway).add({
    name: 'late',
    policies: [PolicySource.fromInline(MALLORY)],
    enforceIn: [],
  });
  const manifest = manifestOf(built);

  it('are on every gateway below, in front of its own, with the name of the baseline, whenever they were added', () => {
    expect(manifest.policies.map(({ id, baseline }) => [id, baseline])).toEqual([
      ['acme/nobody-destroys', 'acme'],
      ['acme/inline-2', 'acme'],
      ['late/inline', 'late'],
      ['notes', undefined],
      ['notes-2', undefined],
    ]);
    expect(manifest.policies[0]?.origin).toEqual({ file: 'baseline acme', line: 2, column: 1 });
    expect(manifest.invariants).toMatchObject([{ baseline: 'acme', sentence: 'nobody destroys' }]);
    expect(manifest.toolClasses).toEqual(['pii']);
  });

  it('are in the manifest with what each baseline asks, by the scope that it was added to', () => {
    expect(manifest.baselines).toEqual([
      {
        name: 'acme',
        scope: '',
        rules: [
          { rule: 'authorization', asks: 'callers are known' },
          { rule: 'mode', asks: 'policies decide' },
          { rule: 'untouched', asks: 'what the construct made is as it was made' },
        ],
      },
      expect.objectContaining({ name: 'late', scope: 'dev/Notes/Gateway' }),
    ]);
  });

  it('decide in policy tests of the app, and in those of the baseline', async () => {
    const file = join(built.app.outdir, 'acme.test.yaml');
    writeFileSync(
      file,
      `personas: { owner: { username: owner } }
tests:
  - { as: owner, call: notes___read_note, arguments: { title: a, shared: true }, expect: ALLOW }
  - { as: owner, call: notes___delete_note, arguments: { title: a }, expect: DENY }
`,
    );
    const { report } = await testGateway(join(built.app.outdir, 'assembly-dev'), manifest.path, { files: [file] });
    expect(report).toMatchObject({ passed: 2, failed: 0 });
  });

  it('say nothing to a team that cannot change them', () => {
    expect(findingsOf(built.app).filter((finding) => !finding.includes('CHANGES_NOTHING'))).toEqual([]);
  });

  it('keep their place when the app takes their id', () => {
    const shadow = PolicySource.fromInline(
      '@id("acme/nobody-destroys")\npermit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"notes___delete_note", resource == ?resource);',
    );
    expect(findingsOf(build(ACME, { policies: [shadow] }).app)).toContain('POLICY_ID_DUPLICATE at dev/Notes/Gateway');
  });
});

describe('governed-gateway baseline', () => {
  const exceptions = [{ rule: BaselineRule.MODE, scopes: ['dev'], reason: 'pilot' }];
  const left = build({ ...ACME, exceptions }, { mode: EnforcementMode.LOG_ONLY });
  const other = new Stack(left.app, 'Other');
  new GovernedGateway(other, 'Gateway', notesProps());
  const { directory } = left.app.synth();

  async function printed(...args: string[]): Promise<{ code: number; out: string }> {
    let out = '';
    const terminal = {
      out: (text: string) => {
        out += text;
      },
      err: () => undefined,
      readInput: () => Promise.resolve(''),
      cwd: process.cwd(),
      interactive: false,
      onInterrupt: () => undefined,
    };
    return { code: await run(['baseline', '--app', directory, ...args], terminal), out };
  }

  it('lists gateways, what is asked of them, and what they leave', async () => {
    expect(await printed()).toEqual({
      code: 0,
      out: `Other/Gateway
  acme (added to the app)
    policy     acme/nobody-destroys
    kept       authorization: callers are known
    kept       mode: policies decide
    kept       untouched: what the construct made is as it was made

dev/Notes/Gateway
  acme (added to the app)
    policy     acme/nobody-destroys
    kept       authorization: callers are known
    left       mode: policies decide; its mode is LOG_ONLY, so that no policy denies a call; left to this scope: pilot
    kept       untouched: what the construct made is as it was made
`,
    });
  });

  it('lists them for programs and for pages', async () => {
    const { out } = await printed('--format', 'json', '--gateway', 'dev/Notes/Gateway');
    expect(JSON.parse(out)).toMatchObject({
      gateways: [{ gateway: 'dev/Notes/Gateway', baselines: [{ name: 'acme', policies: ['acme/nobody-destroys'] }] }],
    });
    const page = (await printed('--format', 'markdown')).out;
    expect(page).toContain('| Gateway | Baseline | Rule | What it asks | State |\n| --- |');
    expect(page).toContain('| Other/Gateway | acme | policy | acme/nobody-destroys | kept |\n');
  });
});

describe('a gateway that breaks a baseline', () => {
  const at = 'at dev/Notes/Gateway';
  it.each<[string, Partial<BaselineRules>, Partial<GovernedGatewayProps>, string[]]>([
    ['nothing', {}, {}, []],
    ['mode', {}, { mode: EnforcementMode.LOG_ONLY }, [`BASELINE_MODE ${at}`]],
    ['mode of an environment', { enforceIn: ['dev'] }, { mode: EnforcementMode.LOG_ONLY }, [`BASELINE_MODE ${at}`]],
    ['mode of another environment', { enforceIn: ['prod'] }, { mode: EnforcementMode.LOG_ONLY }, []],
    [
      'authorization',
      { policies: [], enforceIn: [] },
      { identity: Identity.dangerouslyWithoutAuthorization('a test'), policies: [], mode: EnforcementMode.LOG_ONLY },
      [`BASELINE_AUTHORIZATION ${at}`],
    ],
    ['identity', { allowedIdentities: [AllowedIdentity.iam()] }, {}, [`BASELINE_IDENTITY ${at}`]],
    ['an allowed identity', { allowedIdentities: [AllowedIdentity.iam(), AllowedIdentity.cognito()] }, {}, []],
    ['token lifetime', { maxTokenLifetime: Duration.minutes(30) }, {}, [`BASELINE_TOKEN_LIFETIME ${at}`]],
    ['token lifetime that is short', { maxTokenLifetime: Duration.hours(1) }, {}, []],
    [
      'token lifetime that nobody knows',
      { maxTokenLifetime: Duration.hours(1), allowedIdentities: [AllowedIdentity.oidc(ISSUER)] },
      { identity: oidc() },
      [`BASELINE_TOKEN_LIFETIME ${at}`],
    ],
    [
      'token lifetime that the baseline knows',
      { maxTokenLifetime: Duration.hours(1), allowedIdentities: [knownIssuer()] },
      { identity: oidc() },
      [],
    ],
    ['a step', { requiredSteps: [RequiredStep.AUDIT] }, {}, [`BASELINE_STEPS ${at}`]],
    ['no step', { requiredSteps: [RequiredStep.AUDIT] }, { steps: [Steps.audit()] }, []],
    [
      'a step by leaving out tools',
      { requiredSteps: [RequiredStep.INPUT_CHECK] },
      { steps: [Steps.inputCheck({ tools: ['notes___read_note'] })] },
      [`BASELINE_STEPS ${at}`],
    ],
    ['observability', { observability: true }, {}, [`BASELINE_OBSERVABILITY ${at}`]],
    ['no observability', { observability: true }, { observability: Observability.standard() }, []],
    ['tool classes', { requiredToolClasses: ['read'] }, {}, [`BASELINE_TOOL_CLASSES ${at}`]],
    ['no tool classes', { requiredToolClasses: ['read', 'write'] }, {}, []],
    [
      'what is left to it',
      { exceptions: [{ rule: BaselineRule.MODE, scopes: ['dev/Notes'], reason: 'pilot' }] },
      { mode: EnforcementMode.LOG_ONLY },
      [`BASELINE_EXCEPTION ${at}`],
    ],
    [
      'what is left to others',
      { exceptions: [{ rule: BaselineRule.MODE, scopes: ['dev/Note', 'dev/Notes/Gate'], reason: 'pilot' }] },
      { mode: EnforcementMode.LOG_ONLY },
      [`BASELINE_MODE ${at}`],
    ],
  ])('by %s', (_, rules, props, expected) => {
    expect(broken(build({ ...ACME, ...rules }, props))).toEqual(expected);
  });

  it('is judged by each baseline above it', () => {
    const built = build(ACME, { mode: EnforcementMode.LOG_ONLY });
    GovernanceBaseline.of(built.stack).add({ name: 'team', observability: true });
    expect(broken(built)).toEqual(
      ['BASELINE_MODE', 'BASELINE_MODE', 'BASELINE_OBSERVABILITY'].map((code) => `${code} ${at}`),
    );
  });

  it('cannot acknowledge it, but where the baseline says so', () => {
    const strict = build(ACME, { mode: EnforcementMode.LOG_ONLY });
    Validations.of(strict.gateway).acknowledge({ id: 'governed-gateway::BASELINE_MODE', reason: 'I want to' });
    expect(broken(strict)).toEqual([`BASELINE_MODE ${at}`]);
    expect(() => strict.app.synth()).toThrow();
    const exceptions = [{ rule: BaselineRule.MODE, scopes: ['dev'], reason: 'pilot' }];
    const left = build({ ...ACME, exceptions }, { mode: EnforcementMode.LOG_ONLY });
    Validations.of(left.gateway).acknowledge({ id: 'governed-gateway::BASELINE_EXCEPTION', reason: 'I may' });
    expect(broken(left)).toEqual([]);
  });
});

it('refuses a name that no policy id can begin with', () => {
  expect(() => GovernanceBaseline.of(new App()).add({ name: 'our rules' })).toThrow(
    /`our rules` is no name of a baseline/,
  );
});
