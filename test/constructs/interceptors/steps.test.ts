import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { describe, expect, it } from 'vitest';
import { builtInSteps } from '../../../lambda/interceptor-kit/steps/built-in';
import { message, requestEvent, tryRequest } from '../../../lambda/interceptor-kit/testing';
import type { InterceptorStep, StepCheckContext } from '../../../lib/constructs/interceptors/interceptor-step';
import { NOTHING_RECORDED } from '../../../lib/constructs/interceptors/recorded-decisions';
import { GuardrailAction } from '../../../lib/constructs/interceptors/steps/guardrail';
import { PersonalData } from '../../../lib/constructs/interceptors/steps/redaction';
import { Steps } from '../../../lib/constructs/interceptors/steps/steps';
import { ExchangeMethod } from '../../../lib/constructs/interceptors/steps/token-exchange';
import type { StepConfig, StepName } from '../../../lib/contract/steps/step-configs';
import { read } from '../../house/source-files';
import { CONFIG } from '../../lambda/interceptor-kit/every-step';
import { buildFunction, environmentOf, grantsOf } from './build-function';

const AROUND: StepCheckContext = {
  authorization: 'jwt',
  targets: ['Claims', 'Notes'],
  requestHeaders: { Claims: ['authorization', 'x-a', 'x-b', 'x-c'], Notes: ['x-a'] },
  tools: ['Claims___query', 'Notes___read'],
  inputSchemas: {
    Claims___query: { type: 'object', properties: { q: { type: 'string', pattern: '^(?=.*[0-9])' } } },
    Notes___read: { type: 'object', properties: { id: { type: 'string', pattern: '^n-[0-9]+$' } } },
  },
  claims: ['sub', 'role'],
};
const codes = (step: InterceptorStep): string[] => step._findings(AROUND).map((finding) => finding.code);
const visibleTo = { claim: 'role', values: ['auditor'] };
const role = (stack: Stack): Role => new Role(stack, 'Lake', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
const STREAM_ARN = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/audit';
const stream = (stack: Stack) => DeliveryStream.fromDeliveryStreamArn(stack, 'Stream', STREAM_ARN);

interface Row {
  readonly step: (stack: Stack) => InterceptorStep;
  readonly request?: StepConfig;
  readonly response?: StepConfig;
}

const RECORD: StepConfig = {
  step: 'decision-record',
  tools: {},
  mode: 'ENFORCE',
  pseudonymize: ['role', '/q'],
  sample: 0.5,
  keyVariable: 'PSEUDONYM_KEY_ARN',
};

/** Every built-in step with its defaults and with everything, and what reaches the functions. */
const ROWS: { readonly [name: string]: Row } = {
  'argument limits, defaults': {
    step: () => Steps.argumentLimits(),
    request: { step: 'argument-limits', limits: [{ tools: ['*'], unknownArguments: 'deny' }] },
  },
  'argument limits': {
    step: () => Steps.argumentLimits({ tools: ['Claims'], maxBytes: 9, arguments: { q: { pattern: 'a' } } }),
    request: {
      step: 'argument-limits',
      limits: [{ tools: ['Claims'], unknownArguments: 'deny', maxBytes: 9, arguments: { q: { pattern: 'a' } } }],
    },
  },
  'input check': {
    step: () => Steps.inputCheck(),
    request: { step: 'input-check', tools: ['*'], denyWithoutSchema: true },
  },
  redaction: {
    step: () =>
      Steps.redaction({
        fields: [{ tools: ['Claims'], paths: ['claims.ssn', '**.*'], visibleTo }],
        patterns: [{ kinds: [PersonalData.EMAIL] }],
      }),
    response: {
      step: 'redaction',
      fields: [{ tools: ['Claims'], paths: ['claims.ssn', '**.*'], visibleTo }],
      patterns: [{ tools: ['*'], kinds: ['email'] }],
      opaqueContent: 'withhold',
    },
  },
  'row scope': {
    step: () => Steps.rowScope({ tools: ['Claims'], ownerField: 'owner', claim: 'sub' }),
    response: {
      step: 'row-scope',
      rules: [{ tools: ['Claims'], ownerField: 'owner', claim: 'sub', rows: '', countFields: [] }],
    },
  },
  'tool filter': {
    step: () => Steps.toolFilter({ rules: [{ tools: ['Claims'], visibleTo }] }),
    request: { step: 'tool-filter', rules: [{ tools: ['Claims'], visibleTo }], otherwise: 'hide', denyCalls: true },
    response: { step: 'tool-filter', rules: [{ tools: ['Claims'], visibleTo }], otherwise: 'hide', denyCalls: true },
  },
  'tool filter of lists only': {
    step: () => Steps.toolFilter({ rules: [], showOthers: true, denyCalls: false }),
    response: { step: 'tool-filter', rules: [], otherwise: 'show', denyCalls: false },
  },
  'allow list': {
    step: () => Steps.allowList({ prompts: [{ names: ['a'] }] }),
    request: { step: 'allow-list', prompts: [{ names: ['a'] }], resources: [] },
    response: { step: 'allow-list', prompts: [{ names: ['a'] }], resources: [] },
  },
  'token exchange': {
    step: (stack) => Steps.tokenExchange({ tools: ['Claims'], role: role(stack), sessionTags: { tenant: 'role' } }),
    request: {
      step: 'token-exchange',
      exchanges: [
        {
          tools: ['Claims'],
          roleVariable: 'EXCHANGE_ROLE_0',
          method: 'assume-role',
          sessionTags: { tenant: 'role' },
          durationSeconds: 900,
          headers: { authorizationScheme: 'AWS-Session-Credentials' },
        },
      ],
    },
  },
  audit: {
    step: () => Steps.audit(),
    response: { step: 'audit', points: 'response', claims: [], arguments: [], onDeliveryFailure: 'deny' },
  },
  'audit at both points': {
    step: () => Steps.audit({ recordRequests: true, arguments: [{ names: ['q'] }] }),
    request: {
      step: 'audit',
      points: 'both',
      claims: [],
      arguments: [{ tools: ['*'], names: ['q'] }],
      onDeliveryFailure: 'deny',
    },
    response: {
      step: 'audit',
      points: 'both',
      claims: [],
      arguments: [{ tools: ['*'], names: ['q'] }],
      onDeliveryFailure: 'deny',
    },
  },
  'decision record': {
    step: () => Steps.decisionRecord({ pseudonymize: ['role', '/q'], sample: 0.5 }),
    request: RECORD,
    response: RECORD,
  },
  guardrail: {
    step: () => Steps.guardrail({ guardrailId: 'g1', guardrailVersion: '2', outputs: GuardrailAction.IGNORE }),
    request: {
      step: 'guardrail',
      tools: ['*'],
      guardrailVariable: 'GUARDRAIL_ID_0',
      versionVariable: 'GUARDRAIL_VERSION_0',
      inputs: 'block',
      outputs: 'ignore',
      maxCharacters: 25_000,
    },
  },
};

describe.each(Object.entries(ROWS))('%s', (_name, { step, request, response }) => {
  it('reaches the functions that it has a part in, in a form that they understand', async () => {
    for (const [point, expected] of [
      ['REQUEST', request],
      ['RESPONSE', response],
    ] as const) {
      const stack = new Stack(new App(), 'Stack');
      const config = step(stack)._bind(stack, point, 0)?.config(AROUND.tools, NOTHING_RECORDED);
      expect(config).toEqual(expected);
      const whole = { version: 1, authorization: 'jwt', inputSchemas: {}, steps: config ? [config] : [] } as const;
      const made = builtInSteps(whole);
      const output = await tryRequest(made, requestEvent(message('initialize', { protocolVersion: 'x' })));
      expect(output.mcp.transformedGatewayRequest).toBeDefined();
    }
  });
});

describe('every built-in step of the kit', () => {
  /** Steps that come with a prop of the gateway, which has tests of its own. */
  const OF_PROPS: { readonly [step: string]: string } = {
    'trusted-context': 'trustedContext',
    denials: 'observability',
  };
  const all: readonly string[] = CONFIG.steps.map(({ step }) => step);
  const steps = all.filter((name) => !Object.hasOwn(OF_PROPS, name));
  /** A step's own test may hold both of its twins, construct and kit, in place of a row above. */
  const ownTest = (name: string): string => join(__dirname, 'steps', `${name}.test.ts`);

  it.each(Object.entries(OF_PROPS))('%s comes with %s, and the docs say so', (name, prop) => {
    expect(all).toContain(name);
    expect(read('docs/interceptors.md')).toMatch(new RegExp(`\\b${prop}\\b`));
  });

  it.each(steps)('%s has an option of the construct, and its row in the docs', (name) => {
    const configured = Object.values(ROWS).flatMap(({ request, response }) => [request?.step, response?.step]);
    expect(configured.includes(name as StepName) || existsSync(ownTest(name))).toBe(true);
    const option = name.replace(/-(.)/g, (_all, letter: string) => letter.toUpperCase());
    expect(Steps[option as 'audit']).toBeTypeOf('function');
    expect(read('docs/interceptors.md')).toMatch(new RegExp(`^\\| \`Steps\\.${option}\` \\|`, 'm'));
  });
});

describe('rights of the steps', () => {
  it('lets the exchange assume one role, which trusts it', () => {
    const { template } = buildFunction('REQUEST', (stack) => [
      Steps.tokenExchange({ tools: ['Claims'], role: role(stack) }),
    ]);
    const [lake] = Object.keys(
      template.findResources('AWS::IAM::Role', {
        Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'ec2.amazonaws.com' } }, {}] } },
      }),
    );
    const arn = { 'Fn::GetAtt': [lake, 'Arn'] };
    expect(grantsOf(template)).toEqual([{ actions: ['sts:AssumeRole', 'sts:TagSession'], resource: arn }]);
    expect(environmentOf(template)).toEqual({ EXCHANGE_ROLE_0: arn });
    const roles = template.findResources('AWS::IAM::Role');
    const trust = roles[lake ?? '']?.['Properties'].AssumeRolePolicyDocument.Statement[1];
    const [own] = Object.keys(roles).filter((id) => id !== lake);
    const principal = { AWS: { 'Fn::GetAtt': [own, 'Arn'] } };
    expect(trust).toEqual({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: principal });
  });

  it('lets nothing assume a role that STS gives for a token', () => {
    const options = (stack: Stack) => ({ tools: ['Claims'], role: role(stack), method: ExchangeMethod.WEB_IDENTITY });
    expect(grantsOf(buildFunction('REQUEST', (stack) => [Steps.tokenExchange(options(stack))]).template)).toEqual([]);
  });

  it('lets the record of decisions read the key of pseudonyms, and put lines on one stream', () => {
    const { template, config } = buildFunction('REQUEST', (stack) => [Steps.decisionRecord({ to: stream(stack) })]);
    const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
    expect(grantsOf(template)).toEqual([
      { actions: ['firehose:PutRecord'], resource: STREAM_ARN },
      { actions: ['secretsmanager:GetSecretValue'], resource: { Ref: secret } },
    ]);
    expect(environmentOf(template)).toEqual({ DECISION_STREAM_0: 'audit', PSEUDONYM_KEY_ARN: { Ref: secret } });
    expect(config.steps).toMatchObject([{ step: 'decision-record', streamVariable: 'DECISION_STREAM_0', sample: 1 }]);
  });

  it('lets the audit put records on one stream', () => {
    const { template, config } = buildFunction('RESPONSE', (stack) => [
      Steps.inputCheck(),
      Steps.audit({ deliveryStream: stream(stack) }),
    ]);
    expect(grantsOf(template)).toEqual([{ actions: ['firehose:PutRecord'], resource: STREAM_ARN }]);
    expect(environmentOf(template)).toEqual({ AUDIT_STREAM_1: 'audit' });
    expect(config.steps[0]).toMatchObject({ streamVariable: 'AUDIT_STREAM_1' });
  });

  it('lets the guardrail step apply one guardrail', () => {
    const { template } = buildFunction('RESPONSE', () => [
      Steps.guardrail({ guardrailId: 'g1', guardrailVersion: '2' }),
    ]);
    const [grant] = grantsOf(template);
    expect(grant?.actions).toEqual(['bedrock:ApplyGuardrail']);
    expect(JSON.stringify(grant?.resource)).toMatch(/:guardrail\/g1"/);
    expect(environmentOf(template)).toEqual({ GUARDRAIL_ID_0: 'g1', GUARDRAIL_VERSION_0: '2' });
  });

  it('lets no log show fields that are redacted', () => {
    const { config } = buildFunction('RESPONSE', () => [
      Steps.redaction({ fields: [{ tools: ['*'], paths: ['claims.ssn', 'a.*'] }] }),
    ]);
    expect(config.redactedLogFields).toEqual(['ssn']);
  });
});

describe('findings about the steps', () => {
  it('knows none when all is well', () => {
    expect(
      codes(Steps.redaction({ fields: [{ tools: ['Claims', 'Notes___read'], paths: ['a'], visibleTo }] })),
    ).toEqual([]);
    expect(codes(Steps.argumentLimits({ arguments: { q: { pattern: '([a-z]+ ?)+' } } }))).toEqual([]);
    expect(codes(Steps.inputCheck({ tools: ['Notes'] }))).toEqual([]);
  });

  it.each<[string, (stack: Stack) => InterceptorStep]>([
    ['INTERCEPTOR_PATTERN', () => Steps.argumentLimits({ arguments: { q: { pattern: '(' } } })],
    ['INTERCEPTOR_PATTERN', () => Steps.argumentLimits({ arguments: { q: { pattern: 'a)|(?:b' } } })],
    ['INTERCEPTOR_PATTERN', () => Steps.argumentLimits({ arguments: { q: { pattern: '(?=a)a' } } })],
    ['INTERCEPTOR_PATTERN', () => Steps.argumentLimits({ arguments: { q: { pattern: '(a|b)\\1' } } })],
    ['INTERCEPTOR_PATTERN', () => Steps.argumentLimits({ arguments: { q: { pattern: 'a{1,5000}' } } })],
    ['INTERCEPTOR_SCHEMA_PATTERN', () => Steps.inputCheck()],
    ['INTERCEPTOR_PATH', () => Steps.redaction({ fields: [{ tools: ['*'], paths: ['a..b'] }] })],
    ['INTERCEPTOR_PATH', () => Steps.rowScope({ tools: ['Claims'], rows: '.a', ownerField: 'o', claim: 'sub' })],
    ['INTERCEPTOR_UNKNOWN_TOOL', () => Steps.rowScope({ tools: ['Claim'], ownerField: 'o', claim: 'sub' })],
    ['INTERCEPTOR_UNKNOWN_TOOL', () => Steps.toolFilter({ rules: [{ tools: ['Notes___raed'] }] })],
    ['INTERCEPTOR_UNKNOWN_TOOL', () => Steps.inputCheck({ tools: ['x'] })],
    ['INTERCEPTOR_UNKNOWN_TOOL', () => Steps.audit({ arguments: [{ tools: ['x'], names: [] }] })],
    ['INTERCEPTOR_UNKNOWN_TOOL', () => Steps.guardrail({ guardrailId: 'g', guardrailVersion: '1', tools: ['x'] })],
    ['INTERCEPTOR_UNKNOWN_CLAIM', () => Steps.audit({ claims: ['email'] })],
    ['INTERCEPTOR_UNKNOWN_CLAIM', () => Steps.decisionRecord({ pseudonymize: ['/q', 'email'] })],
    ['INTERCEPTOR_SAMPLE', () => Steps.decisionRecord({ sample: 0 })],
    [
      'INTERCEPTOR_UNKNOWN_CLAIM',
      () => Steps.allowList({ prompts: [{ names: [], visibleTo: { claim: 'x', values: [] } }] }),
    ],
    ['INTERCEPTOR_UNKNOWN_CLAIM', () => Steps.rowScope({ tools: ['Claims'], ownerField: 'o', claim: 'user' })],
    [
      'INTERCEPTOR_HEADER',
      (stack) =>
        Steps.tokenExchange({
          tools: ['Claims'],
          role: role(stack),
          headers: { accessKeyId: 'x-a', secretAccessKey: 'Authorization', sessionToken: 'x-c' },
        }),
    ],
    [
      'INTERCEPTOR_HEADER',
      (stack) =>
        Steps.tokenExchange({
          tools: ['Claims'],
          role: role(stack),
          headers: { accessKeyId: 'X-Amzn-A', secretAccessKey: 'x-b', sessionToken: 'x-c' },
        }),
    ],
    ['INTERCEPTOR_HEADER_NOT_ALLOWED', (stack) => Steps.tokenExchange({ tools: ['Notes'], role: role(stack) })],
    [
      'INTERCEPTOR_HEADER_NOT_ALLOWED',
      (stack) =>
        Steps.tokenExchange({
          tools: ['Claims___query'],
          role: role(stack),
          headers: { accessKeyId: 'X-A', secretAccessKey: 'X-B', sessionToken: 'X-Other' },
        }),
    ],
    [
      'INTERCEPTOR_SESSION_TAGS',
      (stack) =>
        Steps.tokenExchange({
          tools: ['Claims'],
          role: role(stack),
          method: ExchangeMethod.WEB_IDENTITY,
          sessionTags: { tenant: 'role' },
        }),
    ],
    [
      'INTERCEPTOR_DURATION',
      (stack) => Steps.tokenExchange({ tools: ['Claims'], role: role(stack), duration: Duration.hours(2) }),
    ],
  ])('finds %s', (code, step) => {
    const found = codes(step(new Stack(new App(), 'Stack')));
    expect(found).toEqual([code]);
  });
});
