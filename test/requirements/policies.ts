import type { Requirements } from './requirement';

export const POLICIES: Requirements = {
  'policy.limits': {
    source:
      'AgentCore developer guide, page bedrock-agentcore-serviceLimits, and AgentCore Control API model, Statement',
    statement: 'a statement, all statements of a gateway and a schema have largest sizes, and names have a form',
    homes: ['lib/contract/limits.ts', 'lib/policy/validation/lint/service-limits.ts'],
    proof: 'documented',
  },
  'policy.decimals': {
    source: 'AgentCore developer guide, page policy-schema-constraints',
    statement: 'a JSON number becomes a decimal, cut after four places',
    homes: ['lib/contract/arguments/cedar-decimal.ts', 'lib/policy/schema/schema-types.ts'],
    proof: 'documented',
  },
  'policy.claims-as-tags': {
    source: 'AgentCore developer guide, page example-policies-principal',
    statement:
      'each claim is a tag of the principal and a String: numbers as their text, arrays and objects as JSON text, null as no tag',
    homes: ['lib/contract/claims.ts'],
    proof: 'documented',
  },
  'policy.iam-id': {
    source: 'AgentCore developer guide, page example-policies-principal',
    statement: 'the id of an IAM caller is the ARN without session name',
    homes: ['lib/policy/validation/lint/iam-id.ts'],
    proof: 'documented',
  },
  'policy.gateway-named': {
    source: 'AgentCore developer guide, page policy-scope',
    statement: 'a statement about named actions names a gateway',
    homes: ['lib/policy/validation/lint/gateway-unnamed.ts'],
    proof: 'documented',
  },
  'policy.input-needs-action': {
    source: 'AgentCore developer guide, page example-policies-action-resource',
    statement: 'arguments can be read only under one action',
    homes: ['lib/policy/validation/lint/input-under-group.ts'],
    proof: 'documented',
  },
  'policy.wildcard-resource': {
    source: 'text of a refusal of the service',
    statement: 'a resource without constraint is refused',
    homes: ['lib/policy/validation/lint/wildcard-resource.ts'],
    proof: 'seen',
  },
  'policy.groups-array': {
    source: 'Amazon Cognito developer guide, page amazon-cognito-user-pools-using-the-access-token',
    statement: '`cognito:groups` is always an array',
    homes: ['lib/policy/validation/lint/claims.ts'],
    proof: 'documented',
  },
  'policy.scope-words': {
    source: 'RFC 8693, section 4.2; Microsoft identity platform, access token claims reference',
    statement: 'the claims `scope` and `scp` are words with spaces between them',
    homes: ['lib/policy/validation/lint/scope-words.ts'],
    proof: 'documented',
  },
  'policy.object-claims': {
    source: 'OpenID Connect Core 1.0, section 5.1.1; RFC 7800; RFC 8693, section 4.1',
    statement: '`address`, `cnf`, `act` and the access claims of Keycloak are objects',
    homes: ['lib/policy/validation/lint/object-claim.ts'],
    proof: 'documented',
  },
  'policy.default-denial': {
    source: 'AgentCore developer guide, page policy-use-errors',
    statement: 'a call that no policy matches is denied with a fixed reason',
    homes: ['lib/contract/decision.ts'],
    proof: 'documented',
  },
  'policy.modes': {
    source: 'AgentCore developer guide, page policy-enforcement-modes',
    statement: 'under LOG_ONLY every call goes through',
    homes: ['lib/constructs/policies/enforcement-mode.ts'],
    proof: 'documented',
  },
  'policy.writes': {
    source: 'AgentCore developer guide, page bedrock-agentcore-limits',
    statement: 'five writes of policies per second',
    homes: ['lambda/policy-engine/timing.ts'],
    proof: 'documented',
  },
  'policy.permissions': {
    source: 'AgentCore developer guide, page policy-permissions',
    statement: 'the role needs named actions on engine and gateway',
    homes: ['lib/contract/policy-engine-permissions.ts'],
    proof: 'documented',
  },
  'policy.reasons': {
    source: 'reasons of failed policies that were seen',
    statement: 'the service names what a failed policy lacks',
    homes: ['lambda/policy-engine/messages/reasons.ts'],
    proof: 'seen',
  },
  'policy.response-size': {
    source: 'CloudFormation user guide, custom resource response objects',
    statement: 'the answer of a custom resource has at most 4,096 bytes',
    homes: ['lambda/policy-engine/messages/render-failures.ts'],
    proof: 'documented',
  },
  'policy.rotation': {
    source: 'Secrets Manager user guide, page rotate-secrets_lambda-functions',
    statement: 'a rotation function gets four steps with a token',
    homes: ['lambda/policy-engine/rotation.ts'],
    proof: 'documented',
  },
  'policy.rotation-interval': {
    source: 'Secrets Manager user guide, page rotate-secrets_schedule',
    statement: 'a secret rotates every 1 to 1,000 days at most',
    homes: ['lib/constructs/interceptor-proof/interceptor-proof.ts'],
    proof: 'documented',
  },
  'policy.generation': {
    source: 'AgentCore Control API model, NaturalLanguage',
    statement: 'a policy is generated of 1 to 2,000 characters',
    homes: ['lib/deployed/policy-generation.ts'],
    proof: 'documented',
  },
  'policy.organization-size': {
    source: 'AWS Organizations user guide, page orgs_reference_limits',
    statement: 'a service control policy has at most 10,240 characters, a resource control policy 5,120',
    homes: ['lib/cli/baseline/organization-policy.ts'],
    proof: 'documented',
  },
  'policy.organization-keys': {
    source: 'AgentCore developer guide, page security-gateway-condition-keys; service authorization reference',
    statement: 'IAM knows authorizer, mode and engine of a gateway that is created or updated',
    homes: ['lib/cli/baseline/organization-policy.ts'],
    proof: 'documented',
  },
};
