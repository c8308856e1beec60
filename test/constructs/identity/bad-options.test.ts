import * as cognito from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { Claim } from '../../../lib/constructs/identity/claim';
import type { CognitoIdentityOptions } from '../../../lib/constructs/identity/cognito-options';
import { CustomClaim } from '../../../lib/constructs/identity/custom-claim';
import { Identity } from '../../../lib/constructs/identity/identity';
import { diagnosticsOf } from '../targets/diagnostics-of';

const attribute = Claim.fromAttribute('custom:department');

const CASES: readonly (readonly [code: string, said: string, options: CognitoIdentityOptions])[] = [
  ['IDENTITY_CLAIM_RESERVED', '`client_id`', { claims: { client_id: attribute } }],
  ['IDENTITY_CLAIM_RESERVED', '`cognito:groups`', { claims: { 'cognito:groups': attribute } }],
  ['IDENTITY_CLAIM_NAME_INVALID', '`dep*`', { claims: { 'dep*': attribute } }],
  ['IDENTITY_CLAIM_NAME_INVALID', '``', { claims: { '': attribute } }],
  ['IDENTITY_CLAIM_SOURCE', '`department`', { claims: { department: Claim.declared() } }],
  ['IDENTITY_UNKNOWN_ATTRIBUTE', '`custom:department`', { claims: { d: Claim.fromAttribute('department') } }],
  ['IDENTITY_UNKNOWN_ATTRIBUTE', '`given_name`', { claims: { d: Claim.fromAttribute('givenname') } }],
  ['IDENTITY_UNKNOWN_ATTRIBUTE', '20 characters', { claims: { d: Claim.fromAttribute(`custom:${'x'.repeat(21)}`) } }],
  ['IDENTITY_UNKNOWN_ATTRIBUTE', '`updated_at`', { claims: { d: Claim.fromAttribute('updated_at') } }],
  ['IDENTITY_UNKNOWN_GROUP', '`admins`', { groups: ['admins'], claims: { role: Claim.fromGroups({ admin: 'a' }) } }],
  ['IDENTITY_UNKNOWN_CLIENT', '`machine`', { claims: { tier: Claim.fromClient({ machines: 'batch' }) } }],
  ['IDENTITY_UNKNOWN_CLIENT', '`night`', { claims: { d: attribute.withMachineValues({ night: 'x' }) } }],
  ['IDENTITY_CLAIM_VALUE_EMPTY', '`claims.role.a`', { groups: ['a'], claims: { role: Claim.fromGroups({ a: '' }) } }],
  ['IDENTITY_UNMATCHABLE', '`adm*`', { groups: ['adm*'] }],
  ['IDENTITY_UNMATCHABLE', '`a"b`', { groups: ['a"b'] }],
  ['IDENTITY_UNMATCHABLE', '`a\\b`', { groups: ['a'], claims: { role: Claim.fromAllGroups({ a: 'a\\b' }) } }],
  ['IDENTITY_GROUP_INVALID', '`two words`', { groups: ['two words'] }],
  ['IDENTITY_DUPLICATE_GROUP', '`a`', { groups: ['a', 'a'] }],
  ['IDENTITY_CLIENT_NAME_INVALID', '`people`', { machines: { people: {} } }],
  ['IDENTITY_CLIENT_NAME_INVALID', '`Night_Job`', { machines: { Night_Job: {} } }],
  ['IDENTITY_SCOPE_INVALID', '`claims/read`', { scopes: { 'claims/read': 'x' } }],
  ['IDENTITY_NO_SCOPE', 'no token', { scopes: {}, machines: {} }],
  ['IDENTITY_UNKNOWN_SCOPE', '`invoke`', { machines: { machine: { scopes: ['invok'] } } }],
  ['IDENTITY_LIST_EMPTY', '`people.scopes`', { people: { scopes: [] } }],
  ['IDENTITY_LIST_EMPTY', '`people.callbackUrls`', { people: { callbackUrls: [] } }],
  ['IDENTITY_CALLBACK_URL', '`http://example.com/cb`', { people: { callbackUrls: ['http://example.com/cb'] } }],
  ['IDENTITY_CALLBACK_URL', '`/callback`', { people: { logoutUrls: ['/callback'] } }],
  ['IDENTITY_CALLBACK_URL', '#x`', { people: { callbackUrls: ['https://example.com/#x'] } }],
  ['IDENTITY_WRITABLE_ATTRIBUTE', '`locale`', { people: { writableAttributes: ['local'] } }],
  ['IDENTITY_WRITABLE_ATTRIBUTE', '`custom:x`', { people: { writableAttributes: ['custom:x'] } }],
  [
    'IDENTITY_CLAIM_WRITABLE',
    '`custom:department`',
    { claims: { d: attribute }, people: { writableAttributes: ['custom:department'] } },
  ],
  ['IDENTITY_RESOURCE_SERVER_INVALID', '`a b`', { resourceServerIdentifier: 'a b' }],
  ['IDENTITY_DOMAIN_PREFIX', '`my-aws-login`', { domainPrefix: 'my-aws-login' }],
  ['IDENTITY_DOMAIN_PREFIX', '`Claims`', { domainPrefix: 'Claims' }],
  ['IDENTITY_FEATURE_PLAN', '`LITE`', { featurePlan: cognito.FeaturePlan.LITE }],
  ['IDENTITY_UNKNOWN_GROUP', '`testUsers.bob`', { testUsers: { bob: { groups: ['nobody'] } } }],
  ['IDENTITY_UNKNOWN_ATTRIBUTE', '`locale`', { testUsers: { bob: { attributes: { local: 'de' } } } }],
  ['IDENTITY_PHONE_SIGN_IN', 'telephone', { signInAliases: { phone: true } }],
  ['IDENTITY_CUSTOM_CLAIM_UNKNOWN', '`token_use`', { customClaims: [CustomClaim.equals('tokenuse', 'access')] }],
  ['IDENTITY_CUSTOM_CLAIM_KIND', 'contains', { customClaims: [CustomClaim.equals('cognito:groups', 'a')] }],
  ['IDENTITY_CUSTOM_CLAIM_KIND', 'equals', { customClaims: [CustomClaim.contains('token_use', 'access')] }],
  ['IDENTITY_TOO_MANY_CLIENTS', '61', manyClients(61)],
];

function manyClients(count: number): CognitoIdentityOptions {
  const names = Array.from({ length: count }, (_, index) => `m${index}`);
  const of = <T>(value: T): { [name: string]: T } => Object.fromEntries(names.map((name) => [name, value]));
  return { machines: of({}), claims: { tier: Claim.fromClient(of('batch')) } };
}

describe('bad options of a user pool', () => {
  // Covers identity.reserved-claims, identity.cognito-names, identity.attributes
  it.each(CASES)('are refused: %s (%s)', (code, said, options) => {
    const findings = diagnosticsOf(() => Identity.cognito(options));
    expect(findings.map((finding) => finding.code)).toEqual([code]);
    expect(`${findings[0]?.message} ${findings[0]?.help}`).toContain(said);
  });

  it('are reported together', () => {
    const options = { groups: ['a', 'a'], claims: { sub: attribute }, featurePlan: cognito.FeaturePlan.LITE };
    expect(diagnosticsOf(() => Identity.cognito(options))).toHaveLength(3);
  });
});
