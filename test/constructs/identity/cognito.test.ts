import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Claim } from '../../../lib/constructs/identity/claim';
import type { CognitoIdentityOptions } from '../../../lib/constructs/identity/cognito-options';
import { CustomClaim } from '../../../lib/constructs/identity/custom-claim';
import { Identity } from '../../../lib/constructs/identity/identity';
import { specErrors } from '../template-spec';
import { bind, client, properties } from './bind';

const everything = Identity.cognito({
  claims: {
    department: Claim.fromAttribute('custom:department').withMachineValues({ nightly: 'finance' }),
    given: Claim.fromAttribute('given_name'),
    role: Claim.fromGroups({ administrators: 'admin', adjusters: 'adjuster' }),
    teams: Claim.fromAllGroups({ adjusters: 'claims', administrators: 'operations' }),
    tier: Claim.fromClient({ people: 'interactive', nightly: 'batch' }),
  },
  groups: ['adjusters', 'administrators', 'on/call'],
  scopes: { read: 'Read claims', write: 'Change claims' },
  resourceServerIdentifier: 'https://claims.example.com',
  customClaims: [
    CustomClaim.equals('token_use', 'access'),
    CustomClaim.containsAny('cognito:groups', 'adjusters', 'administrators'),
  ],
  people: {
    callbackUrls: ['https://claims.example.com/callback', 'myapp://callback', 'http://127.0.0.1:1234/callback'],
    logoutUrls: ['https://claims.example.com/'],
    scopes: ['read'],
    writableAttributes: ['locale'],
    adminPasswordSignIn: true,
  },
  machines: { nightly: { scopes: ['write'] }, 'report-2': {} },
  domainPrefix: 'claims-example',
  signInAliases: { username: true, email: true },
  mfa: cognito.Mfa.REQUIRED,
  passwordPolicy: { minLength: 20 },
  featurePlan: cognito.FeaturePlan.PLUS,
  deletionProtection: false,
  accessTokenValidity: Duration.minutes(15),
  refreshTokenValidity: Duration.hours(8),
  testUsers: {
    alice: { groups: ['adjusters'], attributes: { email: 'alice@example.com', 'custom:department': 'eu' } },
  },
});

describe('a user pool with defaults only', () => {
  const { template, bound, stack } = bind(Identity.cognito());

  it('is on the smallest plan that customizes access tokens, takes nobody who signs up, and asks for good passwords', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      UserPoolTier: 'ESSENTIALS',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UsernameAttributes: ['email'],
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true } },
    });
  });

  it('has one client for people, without secret, with the code grant only', () => {
    expect(client(template, 'people')).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      SupportedIdentityProviders: ['COGNITO'],
      PreventUserExistenceErrors: 'ENABLED',
    });
    for (const url of client(template, 'people')['CallbackURLs'] as string[])
      expect(url).toMatch(/^http:\/\/(localhost|127\.0\.0\.1):/);
  });

  it('has one client for machines, with a secret, with client credentials only', () => {
    expect(client(template, 'machine')).toMatchObject({
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    });
    expect(client(template, 'machine')['CallbackURLs']).toBeUndefined();
    template.resourceCountIs('AWS::Cognito::UserPoolClient', 2);
  });

  it('has no trigger, because tokens are as Cognito issues them', () => {
    template.resourceCountIs('AWS::Lambda::Function', 0);
    expect(bound.manifest.preTokenGeneration).toBeUndefined();
  });

  it('accepts the tokens of its clients with its scope, and nothing else', () => {
    const authorizer = stack.resolve(bound.authorizer._render());
    const ids = bound.manifest.allowedClients.map((id) => stack.resolve(id));
    expect(authorizer.customJwtAuthorizer).toMatchObject({
      allowedClients: ids,
      allowedScopes: ['claims-gateway/invoke'],
      discoveryUrl: stack.resolve(bound.manifest.discoveryUrl),
    });
    expect(ids).toHaveLength(2);
    expect(authorizer.customJwtAuthorizer.allowedAudience).toBeUndefined();
  });

  // Covers identity.access-token-claims
  it('says which claims Cognito puts into every access token', () => {
    const claims = new Map(bound.claims?.map((claim) => [claim.name, claim]));
    for (const name of ['sub', 'iss', 'client_id', 'scope', 'token_use', 'username']) {
      expect(claims.get(name)).toEqual({ name, source: 'standard', multiValued: false });
    }
    expect(claims.get('cognito:groups')?.multiValued).toBe(true);
  });

  it('goes with its stack or stays, as the gateway does', () => {
    expect(properties(template, 'AWS::Cognito::UserPool')['DeletionProtection']).toBe('INACTIVE');
    const retained = bind(Identity.cognito(), { removalPolicy: RemovalPolicy.RETAIN }).template;
    retained.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: 'Retain' });
    expect(properties(retained, 'AWS::Cognito::UserPool')['DeletionProtection']).toBe('ACTIVE');
  });
});

describe('a user pool with everything', () => {
  const { template, bound, stack } = bind(everything);

  it('has the groups, the scopes and the domain that were asked for', () => {
    const groups = Object.values(template.findResources('AWS::Cognito::UserPoolGroup'));
    expect(groups.map((group) => group['Properties'].GroupName)).toEqual(['adjusters', 'administrators', 'on/call']);
    expect(properties(template, 'AWS::Cognito::UserPoolResourceServer')).toMatchObject({
      Identifier: 'https://claims.example.com',
      Scopes: [
        { ScopeName: 'read', ScopeDescription: 'Read claims' },
        { ScopeName: 'write', ScopeDescription: 'Change claims' },
      ],
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: 'claims-example' });
    expect(bound.scopes).toEqual(['https://claims.example.com/read', 'https://claims.example.com/write']);
  });

  it('gives each client its own scopes', () => {
    const scopes = (name: string): string => JSON.stringify(client(template, name)['AllowedOAuthScopes']);
    expect(scopes('people')).toContain('/read');
    expect(scopes('people')).not.toContain('/write');
    expect(scopes('nightly')).not.toContain('/read');
    expect(scopes('report-2')).toContain('/read');
    expect(bound.manifest.clients.map(({ name, flow, scopes: full }) => [name, flow, full])).toEqual([
      ['people', 'code', ['openid', 'email', 'profile', 'https://claims.example.com/read']],
      ['nightly', 'client-credentials', ['https://claims.example.com/write']],
      ['report-2', 'client-credentials', ['https://claims.example.com/read', 'https://claims.example.com/write']],
    ]);
  });

  it('creates the custom attribute of a claim, as a text that administrators can change', () => {
    expect(properties(template, 'AWS::Cognito::UserPool')['Schema']).toEqual([
      expect.objectContaining({ Name: 'department', AttributeDataType: 'String', Mutable: true }),
    ]);
  });

  // Covers identity.attributes
  it('lets no client write an attribute of a claim', () => {
    for (const name of ['people', 'nightly', 'report-2']) {
      const writable = client(template, name)['WriteAttributes'] as string[];
      expect(writable.length).toBeGreaterThan(0);
      expect(writable).not.toContain('custom:department');
      expect(writable).not.toContain('given_name');
    }
    expect(client(template, 'people')['WriteAttributes']).toEqual(['locale']);
  });

  it('asks for a second factor, protects against threats on PLUS, and keeps tokens short', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      UserPoolTier: 'PLUS',
      MfaConfiguration: 'ON',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      Policies: { PasswordPolicy: { MinimumLength: 20, RequireUppercase: true } },
    });
    expect(client(template, 'people')).toMatchObject({ AccessTokenValidity: 15, RefreshTokenValidity: 480 });
  });

  it('lets administrators sign users in by API only where that was asked for', () => {
    expect(client(template, 'people')['ExplicitAuthFlows']).toEqual([
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ]);
  });

  it('hands the custom claims to the gateway as the service takes them', () => {
    const { customClaims } = stack.resolve(bound.authorizer._render()).customJwtAuthorizer;
    expect(customClaims).toEqual(bound.manifest.customClaims);
    expect(customClaims[1]).toEqual({
      inboundTokenClaimName: 'cognito:groups',
      inboundTokenClaimValueType: 'STRING_ARRAY',
      authorizingClaimMatchValue: {
        claimMatchOperator: 'CONTAINS_ANY',
        claimMatchValue: { matchValueStringList: ['adjusters', 'administrators'] },
      },
    });
  });

  it('names its outputs after the clients', () => {
    expect(Object.keys(bound.outputs)).toEqual([
      'UserPoolId',
      'PeopleClientId',
      'NightlyClientId',
      'Report2ClientId',
      'TokenEndpointUrl',
      'AuthorizationEndpointUrl',
    ]);
    expect(JSON.stringify(stack.resolve(bound.tokenEndpointUrl))).toContain('.amazoncognito.com/oauth2/token');
  });

  it('keeps test users and secrets out of the template', () => {
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toContain('alice');
    expect(text).not.toMatch(/ClientSecret/);
    expect(JSON.stringify(stack.resolve(bound.manifest))).not.toMatch(/[Ss]ecret|password/);
    expect(bound.personas).toEqual([
      {
        username: 'alice',
        groups: ['adjusters'],
        attributes: { email_verified: 'true', email: 'alice@example.com', 'custom:department': 'eu' },
      },
    ]);
  });
});

describe('the templates of user pools', () => {
  it.each([
    ['with defaults', Identity.cognito()],
    ['with everything', everything],
  ])('know no error of the resource specification: %s', (_, identity) => {
    expect(specErrors(bind(identity).template.toJSON())).toEqual([]);
  });

  it('are the same at every synth', () => {
    expect(bind(everything).template.toJSON()).toEqual(bind(everything).template.toJSON());
  });

  it('accept any token of the clients where no scope is required', () => {
    const { bound, stack } = bind(Identity.cognito({ requireScope: false }));
    expect(stack.resolve(bound.authorizer._render()).customJwtAuthorizer.allowedScopes).toBeUndefined();
    expect(bound.scopes).toEqual([]);
  });

  it('have no client for machines where none is wanted', () => {
    const { template, bound } = bind(Identity.cognito({ machines: {} }));
    template.resourceCountIs('AWS::Cognito::UserPoolClient', 1);
    expect(bound.machineClients).toEqual({});
  });

  it('leave something harmless to write when claims read all default attributes', () => {
    const names = ['family_name', 'given_name', 'locale', 'name', 'zoneinfo'];
    const claims = Object.fromEntries(names.map((name) => [`user_${name}`, Claim.fromAttribute(name)]));
    const { template } = bind(Identity.cognito({ claims }));
    expect(client(template, 'people')['WriteAttributes']).toEqual(['updated_at']);
  });
});

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 4 });

const options: fc.Arbitrary<CognitoIdentityOptions> = fc
  .record({
    groups: words,
    machines: words,
    scopes: words,
    attribute: word,
    mfa: fc.constantFrom(...Object.values(cognito.Mfa)),
  })
  .map(({ groups, machines, scopes, attribute, mfa }) => {
    const clients = machines.filter((name) => name !== 'people');
    const of = <T>(names: readonly string[], value: T): { [name: string]: T } =>
      Object.fromEntries(names.map((name) => [name, value]));
    return {
      groups,
      mfa,
      scopes: of(scopes, 'a scope'),
      machines: of(clients, {}),
      claims: {
        x_attribute: Claim.fromAttribute(`custom:${attribute}`).withMachineValues(of(clients, 'machine')),
        x_groups: Claim.fromAllGroups(of(groups, 'value')),
        x_client: Claim.fromClient(of(['people', ...clients], 'value')),
      },
    };
  });

it('any options that are accepted make a template without cycles that the specification knows', () => {
  fc.assert(
    fc.property(options, (one) => {
      const { template } = bind(Identity.cognito(one));
      expect(specErrors(template.toJSON())).toEqual([]);
    }),
    { numRuns: 4 },
  );
});
