import type { Requirements } from './requirement';

export const IDENTITY: Requirements = {
  'identity.trigger-timeout': {
    source: 'Amazon Cognito developer guide, page cognito-user-pools-working-with-lambda-triggers',
    statement: 'Cognito gives up on a trigger after five seconds',
    homes: ['lib/constructs/identity/pre-token-generation.ts'],
    proof: 'documented',
  },
  'identity.trigger-event': {
    source: 'Amazon Cognito developer guide, page user-pool-lambda-pre-token-generation',
    statement: 'the trigger of version 3 sees tokens of users and of machines, and says what to add and to suppress',
    homes: [
      'lambda/pre-token-generation/event.ts',
      'lambda/pre-token-generation/handler.ts',
      'lib/emulator/identity/pre-token-generation.ts',
    ],
    proof: 'documented',
  },
  'identity.reserved-claims': {
    source: 'Amazon Cognito developer guide, page user-pool-lambda-pre-token-generation',
    statement: "a trigger cannot set Cognito's own claims",
    homes: ['lib/contract/claim-names.ts'],
    proof: 'documented',
  },
  'identity.access-token-claims': {
    source: 'Amazon Cognito developer guide, page amazon-cognito-user-pools-using-the-access-token',
    statement: 'access tokens carry these claims, those of machines fewer',
    homes: ['lib/emulator/identity/access-claims.ts'],
    proof: 'documented',
  },
  'identity.cognito-names': {
    source: 'Amazon Cognito API reference, ResourceServerScopeType, CreateGroup, CreateResourceServer, CallbackURLs',
    statement: 'scopes, groups, resource servers and redirect addresses have a form',
    homes: ['lib/constructs/identity/check-cognito.ts'],
    proof: 'documented',
  },
  'identity.domain-prefix': {
    source: 'Amazon Cognito developer guide, page cognito-user-pools-assign-domain-prefix',
    statement: 'a domain prefix is lower case and holds no reserved word',
    homes: ['lib/constructs/identity/domain-prefix.ts'],
    proof: 'documented',
  },
  'identity.attributes': {
    source: 'Amazon Cognito API reference, SchemaAttributeType, WriteAttributes',
    statement:
      'attributes are known ones or custom ones of at most 20 characters, and a client writes only those that it may',
    homes: ['lib/constructs/identity/user-attributes.ts'],
    proof: 'documented',
  },
  'identity.custom-claims': {
    source: 'AgentCore Control API model, InboundTokenClaimNameType, MatchValueString',
    statement: 'custom claims of the gateway have names and values of a form',
    homes: ['lib/constructs/identity/custom-claim.ts'],
    proof: 'documented',
  },
  'identity.discovery-url': {
    source: 'AgentCore Control API model, DiscoveryUrl',
    statement: 'the issuer is named by its discovery document, over https',
    homes: ['lib/constructs/identity/oidc-identity.ts'],
    proof: 'documented',
  },
  'identity.token-check': {
    source: 'AgentCore developer guide, page inbound-jwt-authorizer',
    statement:
      'signature, issuer, time, clients, audiences, scopes and custom claims are checked, all that are configured',
    homes: ['lib/emulator/identity/token-check.ts'],
    proof: 'documented',
  },
  'identity.resource-metadata': {
    source: 'AgentCore developer guide, page gateway-inbound-auth, and RFC 9728',
    statement: 'the gateway says where to get a token',
    homes: ['lib/emulator/endpoint/resource-metadata.ts'],
    proof: 'seen',
  },
  'identity.discovery': {
    source: 'documents of user pools, as of August 2026',
    statement: 'the discovery document of a user pool names no registration',
    homes: ['lib/emulator/identity/discovery.ts'],
    proof: 'seen',
  },
  'identity.authorize-endpoint': {
    source: 'Amazon Cognito developer guide, page authorization-endpoint',
    statement: 'a wrong client or redirect address stays in the browser, every other mistake goes to the client',
    homes: ['lib/emulator/identity/authorize-endpoint.ts'],
    proof: 'documented',
  },
  'identity.token-endpoint': {
    source: 'Amazon Cognito developer guide, page token-endpoint',
    statement: 'a code, a refresh token or client credentials are exchanged for tokens',
    homes: ['lib/emulator/identity/token-endpoint.ts', 'lib/emulator/identity/client-authentication.ts'],
    proof: 'documented',
  },
  'identity.other-endpoints': {
    source: 'Amazon Cognito developer guide, page userinfo-endpoint, and logout-endpoint',
    statement: 'a token with the scope `openid` tells about its user; signing out returns to a registered address',
    homes: ['lib/emulator/identity/routes.ts'],
    proof: 'documented',
  },
  'identity.trust-policies': {
    source:
      'IAM user guide, pages reference_policies_iam-condition-keys and reference_policies_elements_condition_operators',
    statement: 'a role is assumed when its trust policy permits it, with tags',
    homes: ['lib/emulator/edge/sts/trust-policy.ts', 'lib/emulator/edge/sts/conditions.ts'],
    proof: 'documented',
  },
  'identity.web-identity': {
    source: 'IAM user guide, page id_roles_providers_oidc',
    statement: 'STS takes web identities with an audience, which access tokens of Cognito lack',
    homes: ['lib/emulator/edge/sts/sts.ts'],
    proof: 'documented',
  },
};
