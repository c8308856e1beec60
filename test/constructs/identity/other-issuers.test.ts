import { Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { Claim } from '../../../lib/constructs/identity/claim';
import { CustomClaim } from '../../../lib/constructs/identity/custom-claim';
import { Identity } from '../../../lib/constructs/identity/identity';
import type { OidcIdentityOptions } from '../../../lib/constructs/identity/oidc-identity';
import { notesProps, stackWith } from '../notes-gateway';
import { findingsOf } from '../synth-findings';
import { diagnosticsOf } from '../targets/diagnostics-of';
import { bind, strictApp } from './bind';

const discoveryUrl = 'https://login.example.com/tenant/.well-known/openid-configuration';

describe('an OpenID Connect issuer', () => {
  it('is accepted by whatever was given', () => {
    const { bound, stack, created } = bind(
      Identity.oidc({
        discoveryUrl,
        allowedClients: ['c1'],
        allowedAudiences: ['api://claims'],
        allowedScopes: ['invoke'],
        advertisedScopes: { invoke: 'api://claims/invoke' },
        customClaims: [CustomClaim.contains('groups', 'claims')],
        claims: { department: Claim.declared(), groups: Claim.declaredList() },
        tokenEndpointUrl: 'https://login.example.com/token',
        testUsers: { carol: { claims: { department: 'finance' } } },
      }),
    );
    expect(stack.resolve(bound.authorizer._render()).customJwtAuthorizer).toEqual({
      discoveryUrl,
      allowedClients: ['c1'],
      allowedAudience: ['api://claims'],
      allowedScopes: ['invoke'],
      customClaims: bound.manifest.customClaims,
    });
    expect(bound.authorizerOverrides).toEqual({ AdvertisedScopeMapping: { invoke: 'api://claims/invoke' } });
    expect(bound.claims?.map((claim) => claim.name)).toEqual([
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'department',
      'groups',
    ]);
    expect(bound.principalType).toBe('AgentCore::OAuthUser');
    expect(created).toEqual([]);
  });

  it.each([
    'https://login.example.com/.well-known/oauth-authorization-server',
    'https://login.example.com/.well-known/oauth-authorization-server/tenant',
    'https://login.example.com/oauth2/default/.well-known/oauth-authorization-server',
  ])('may describe itself as RFC 8414 says: %s', (rfc8414) => {
    const { bound } = bind(Identity.oidc({ discoveryUrl: rfc8414, allowedClients: ['c1'] }));
    expect(bound.manifest.discoveryUrl).toBe(rfc8414);
    const identity = Identity.oidc({ discoveryUrl: rfc8414, allowedClients: ['c1'] });
    expect(findingsOf(stackWith({ ...notesProps(), identity }, strictApp()).app)).toEqual([]);
  });

  it.each([
    'http://login.example.com/.well-known/openid-configuration',
    'https://login.example.com/.well-known/openid-configuration/tenant',
    'https:///.well-known/oauth-authorization-server',
    'https://login.example.com/.well-known/oauth-authorization-servers',
  ])('is no issuer with the address %s', (address) => {
    const [finding] = diagnosticsOf(() => Identity.oidc({ discoveryUrl: address, allowedClients: ['c1'] }));
    expect(finding?.code).toBe('IDENTITY_DISCOVERY_URL');
  });

  it('warns of an audience that tokens of Cognito do not have', () => {
    const warned = (accepted: Partial<OidcIdentityOptions>): boolean => {
      const { stack } = bind(Identity.oidc({ discoveryUrl, ...accepted }));
      return stack.node.metadata.some(({ data }) => String(data).includes('IDENTITY_COGNITO_AUDIENCE'));
    };
    const pool = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abcdefghi/.well-known/openid-configuration';
    expect(warned({ discoveryUrl: pool, allowedAudiences: ['client'] })).toBe(true);
    expect(warned({ discoveryUrl: pool, customClaims: [CustomClaim.equals('aud', 'client')] })).toBe(true);
    expect(warned({ discoveryUrl: pool, allowedClients: ['client'] })).toBe(false);
    const customClaims = [CustomClaim.contains('aud', 'claims-api')];
    const stack = new Stack(strictApp(), 'Pool');
    const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abcdefghi');
    for (const identity of [Identity.cognito({ customClaims }), Identity.fromUserPool(userPool, { customClaims })]) {
      const constructs = bind(identity).stack.node.findAll();
      const said = constructs.flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
      expect(said.join()).toContain('IDENTITY_COGNITO_AUDIENCE');
    }
    expect(warned({ allowedAudiences: ['client'] })).toBe(false);
  });

  it('has unknown claims unless they are declared', () => {
    const { bound } = bind(Identity.oidc({ discoveryUrl, allowedAudiences: ['a'] }));
    expect(bound.claims).toBeUndefined();
    expect(bound.manifest.claims).toBeUndefined();
  });

  // Covers identity.discovery-url
  it('is refused when nothing has to hold, when nothing can, and when the address is none', () => {
    const codes = (options: OidcIdentityOptions): string[] =>
      diagnosticsOf(() => Identity.oidc(options)).map((finding) => finding.code);
    expect(codes({ discoveryUrl })).toEqual(['IDENTITY_ACCEPTS_ANY_TOKEN']);
    expect(codes({ discoveryUrl, allowedAudiences: [] })).toEqual(['IDENTITY_LIST_EMPTY']);
    expect(codes({ discoveryUrl: 'https://login.example.com', allowedClients: ['a'] })).toEqual([
      'IDENTITY_DISCOVERY_URL',
    ]);
    const claims = { department: Claim.fromGroups({ a: 'b' }) };
    expect(codes({ discoveryUrl, allowedClients: ['a'], claims })).toEqual(['IDENTITY_CLAIM_SOURCE']);
  });

  it('warns of tokens for other applications, unless something names this one', () => {
    const warned = (accepted: Partial<OidcIdentityOptions>): boolean => {
      const { stack } = bind(Identity.oidc({ discoveryUrl, ...accepted }));
      return stack.node.metadata.some(({ data }) => String(data).includes('IDENTITY_NO_AUDIENCE'));
    };
    expect(warned({ allowedScopes: ['openid'] })).toBe(true);
    expect(warned({ customClaims: [CustomClaim.equals('tenant', 'a')] })).toBe(true);
    expect(warned({ allowedScopes: ['openid'], allowedAudiences: ['api://claims'] })).toBe(false);
    expect(warned({ allowedClients: ['c1'] })).toBe(false);
    expect(warned({ customClaims: [CustomClaim.equals('azp', 'agent')] })).toBe(false);
  });

  it('is refused when it asks for a claim that its tokens do not carry', () => {
    const customClaims = [CustomClaim.equals('tenent', 'a')];
    const claims = { tenant: Claim.declared(), aud: Claim.declaredList() };
    expect(diagnosticsOf(() => Identity.oidc({ discoveryUrl, customClaims, claims }))[0]).toMatchObject({
      code: 'IDENTITY_CUSTOM_CLAIM_UNKNOWN',
      help: 'did you mean `tenant`?',
    });
    const { bound } = bind(Identity.oidc({ discoveryUrl, allowedClients: ['a'], claims }));
    expect(bound.claims?.filter((claim) => claim.name === 'aud')).toEqual([
      { name: 'aud', source: 'declared', multiValued: true },
    ]);
  });

  // Covers identity.custom-claims
  it('takes no custom claim that the service could not compare', () => {
    const codes = (make: () => unknown): string[] => diagnosticsOf(make).map((finding) => finding.code);
    expect(codes(() => CustomClaim.equals('x-role', 'a'))).toEqual(['IDENTITY_CUSTOM_CLAIM_NAME']);
    expect(codes(() => CustomClaim.equals('role', 'a b'))).toEqual(['IDENTITY_CUSTOM_CLAIM_VALUE']);
    expect(codes(() => CustomClaim.containsAny('role'))).toEqual(['IDENTITY_CUSTOM_CLAIM_VALUE']);
  });
});

describe('AWS credentials', () => {
  it('make a gateway without token, claims and clients', () => {
    const { bound, created } = bind(Identity.iam());
    expect(bound.authorizer.authorizerType).toBe('AWS_IAM');
    expect(bound).toMatchObject({ authorization: 'iam', principalType: 'AgentCore::IamEntity', claims: [] });
    expect(created).toEqual([]);
  });
});

describe('no authorization at all', () => {
  it('needs a written reason, which the manifest and synth repeat', () => {
    const { bound, stack } = bind(Identity.dangerouslyWithoutAuthorization('public weather data'));
    expect(bound.authorizer.authorizerType).toBe('NONE');
    expect(bound).toMatchObject({ authorization: 'none', principalType: 'AgentCore::UnauthenticatedUser' });
    expect(bound.manifest.reason).toBe('public weather data');
    const warnings = stack.node.metadata.filter((entry) => entry.type === 'aws:cdk:warning');
    expect(warnings.map((entry) => entry.data)).toEqual([expect.stringContaining('public weather data')]);
  });

  it('is refused without a reason', () => {
    expect(diagnosticsOf(() => Identity.dangerouslyWithoutAuthorization(' '))[0]?.code).toBe('IDENTITY_REASON_MISSING');
  });
});
