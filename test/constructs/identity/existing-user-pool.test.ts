import { Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { Claim } from '../../../lib/constructs/identity/claim';
import { CustomClaim } from '../../../lib/constructs/identity/custom-claim';
import type { ExistingUserPoolOptions } from '../../../lib/constructs/identity/existing-user-pool-options';
import { Identity } from '../../../lib/constructs/identity/identity';
import { diagnosticsOf } from '../targets/diagnostics-of';
import { bind, CONTEXT, strictApp } from './bind';

function imported(scope: Stack): cognito.IUserPool {
  return cognito.UserPool.fromUserPoolId(scope, 'Pool', 'eu-west-1_abcdefghi');
}

describe('an existing user pool', () => {
  const { created, bound, stack } = bind((scope) =>
    Identity.fromUserPool(imported(scope), {
      clients: { agent: cognito.UserPoolClient.fromUserPoolClientId(scope, 'Client', 'abc123') },
      allowedScopes: ['claims/read'],
      customClaims: [CustomClaim.contains('cognito:groups', 'adjusters')],
      claims: { department: Claim.declared(), teams: Claim.declaredList() },
      groups: ['adjusters'],
      tokenEndpointUrl: 'https://auth.example.com/oauth2/token',
      testUsers: { bob: { groups: ['adjusters'] } },
    }),
  );

  it('stays as it is: nothing is created', () => {
    expect(created).toEqual([]);
  });

  it('is accepted with its clients, scopes and custom claims', () => {
    expect(stack.resolve(bound.authorizer._render()).customJwtAuthorizer).toMatchObject({
      allowedClients: ['abc123'],
      allowedScopes: ['claims/read'],
      customClaims: bound.manifest.customClaims,
    });
    expect(JSON.stringify(stack.resolve(bound.discoveryUrl))).toContain(
      'eu-west-1_abcdefghi/.well-known/openid-configuration',
    );
  });

  it.each([
    ['an id', (scope: Stack) => cognito.UserPool.fromUserPoolId(scope, 'Pool', 'us-east-1_abcdefghi'), 'us-east-1'],
    [
      'an ARN',
      (scope: Stack) =>
        cognito.UserPool.fromUserPoolArn(
          scope,
          'Pool',
          'arn:aws:cognito-idp:ap-southeast-2:111122223333:userpool/ap-southeast-2_abcdefghi',
        ),
      'ap-southeast-2',
    ],
  ])('is found in its own Region, which %s names', (_, poolIn, region) => {
    const options = { allowedScopes: ['claims/read'] };
    const { bound, stack } = bind((scope) => Identity.fromUserPool(poolIn(scope), options));
    const expected = `https://cognito-idp.${region}.amazonaws.com/${region}_abcdefghi/.well-known/openid-configuration`;
    expect(stack.resolve(bound.authorizer._render()).customJwtAuthorizer.discoveryUrl).toBe(expected);
    expect(bound.manifest.discoveryUrl).toBe(expected);
  });

  it.each([
    ['a trigger of its own', cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG],
    ['a trigger of the first version', cognito.UserPoolOperation.PRE_TOKEN_GENERATION],
  ])('keeps %s: a second one is a finding', (_, operation) => {
    const attach = (scope: Stack): void => {
      const pool = new cognito.UserPool(scope, 'Pool');
      const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:own';
      pool.addTrigger(
        operation,
        lambda.Function.fromFunctionAttributes(scope, 'Own', { functionArn, skipPermissions: true }),
      );
      bind(Identity.fromUserPool(pool, { allowedScopes: ['a/b'], attachTrigger: true }));
    };
    const [finding] = diagnosticsOf(() => attach(new Stack()));
    expect(finding).toMatchObject({
      code: 'IDENTITY_TRIGGER_TAKEN',
      help: expect.stringContaining('Claim.declared()'),
    });
  });

  it('takes the trigger of one gateway only', () => {
    const scope = new Stack(strictApp(), 'Pools');
    const pool = new cognito.UserPool(scope, 'Pool');
    const identity = (): Identity => Identity.fromUserPool(pool, { allowedScopes: ['a/b'], attachTrigger: true });
    identity()._bind(scope, CONTEXT);
    expect(diagnosticsOf(() => identity()._bind(scope, CONTEXT))[0]?.code).toBe('IDENTITY_TRIGGER_TAKEN');
  });

  it('declares the claims that policies may read', () => {
    const declared = bound.claims?.filter((claim) => claim.source === 'declared');
    expect(declared).toEqual([
      { name: 'department', source: 'declared', multiValued: false },
      { name: 'teams', source: 'declared', multiValued: true },
    ]);
    expect(bound.claims?.some((claim) => claim.name === 'cognito:groups')).toBe(true);
  });

  it('knows machine clients of the app by their grant', () => {
    const result = bind((scope) => {
      const pool = new cognito.UserPool(scope, 'Pool');
      const oAuth = { flows: { clientCredentials: true }, scopes: [cognito.OAuthScope.custom('claims/read')] };
      const agent = pool.addClient('Agent', { generateSecret: true, oAuth });
      return Identity.fromUserPool(pool, { clients: { agent, people: pool.addClient('People') } });
    });
    expect(Object.keys(result.bound.machineClients)).toEqual(['agent']);
    expect(result.bound.manifest.clients.map((one) => one.flow)).toEqual(['client-credentials', 'code']);
  });
});

describe('bad options of an existing user pool', () => {
  const scope = new Stack();
  const pool = imported(scope);
  const codes = (options: ExistingUserPoolOptions, userPool: cognito.IUserPool = pool): string[] =>
    diagnosticsOf(() => Identity.fromUserPool(userPool, options)).map((finding) => finding.code);

  it('are refused when they accept any token, or none', () => {
    expect(codes({})).toEqual(['IDENTITY_ACCEPTS_ANY_TOKEN']);
    expect(codes({ clients: {} })).toEqual(['IDENTITY_LIST_EMPTY']);
    expect(codes({ allowedScopes: [] })).toEqual(['IDENTITY_LIST_EMPTY']);
  });

  it('are refused when a claim has a source that nobody attaches', () => {
    const claims = { department: Claim.fromAttribute('custom:department') };
    expect(codes({ allowedScopes: ['a/b'], claims })).toEqual(['IDENTITY_CLAIM_SOURCE']);
  });

  it('are refused when they ask for a trigger on an imported pool', () => {
    const claims = { department: Claim.fromAttribute('custom:department') };
    expect(codes({ allowedScopes: ['a/b'], claims, attachTrigger: true })).toEqual(['IDENTITY_TRIGGER_NEEDS_POOL']);
  });

  it('are refused when users could write what a claim reads', () => {
    const own = new cognito.UserPool(scope, 'Own');
    const claims = { department: Claim.fromAttribute('custom:department') };
    const openClient = own.addClient('Open');
    const writeAttributes = new cognito.ClientAttributes().withStandardAttributes({ locale: true });
    const closedClient = own.addClient('Closed', { writeAttributes });
    const found = codes({ clients: { open: openClient, closed: closedClient }, claims, attachTrigger: true }, own);
    expect(found).toEqual(['IDENTITY_CLAIM_WRITABLE']);
  });
});
