import type { BaselineRuleName } from '../../contract/baseline';
import { CHANGING_ROLES_PATH } from '../../contract/changing-roles';
import { ENFORCING_OPERATIONS } from '../../contract/control-plane-call';
import type { JsonObject } from '../../contract/json';
import { GovernanceError } from '../../diagnostics/governance-error';
import { type ListedGateway, stateOf } from './listed-gateway';

/** What a policy of AWS Organizations is made of. */
export interface OrganizationPolicyInput {
  readonly gateways: readonly ListedGateway[];
  /** ARNs of roles that deploy, with wildcards. */
  readonly roles: readonly string[];
}

/** A policy as it is attached in AWS Organizations, and what it cannot say. */
export interface OrganizationPolicy {
  readonly policy: JsonObject;
  /** Lines for people. */
  readonly left: readonly string[];
}

/** Source: AWS Organizations user guide, page orgs_reference_limits. */
const MAX_CHARACTERS = { scp: 10_240, rcp: 5_120 } as const;

/** Operations that make a gateway other than its stack declares it, or one that no stack declares. */
const CHANGES = ['CreateGateway', 'CreatePolicyEngine', 'UpdatePolicyEngine', ...ENFORCING_OPERATIONS];

/** Operations by which somebody becomes one of the roles that change gateways. */
const BECOMING_A_ROLE = [
  'CreateRole',
  'UpdateAssumeRolePolicy',
  'PutRolePolicy',
  'AttachRolePolicy',
  'PassRole',
  'DeleteRole',
];

/** Roles of gateways' own functions, which no other role shares the path with. */
const OWN_ROLES = `arn:*:iam::*:role${CHANGING_ROLES_PATH}*`;

/** Rules that say something of a gateway for which IAM has no condition key. */
const WITHOUT_KEY: readonly BaselineRuleName[] = ['token-lifetime', 'steps', 'observability', 'tool-classes'];

/**
 * A service control policy, or a resource control policy, that denies to hands outside the pipeline what baselines deny at synth. Both have
 * nothing but denials. Source: AgentCore developer guide, pages security-gateway-condition-keys and resource-control-policies.
 */
export function organizationPolicy(kind: 'scp' | 'rcp', input: OrganizationPolicyInput): OrganizationPolicy {
  const { gateways, roles } = input;
  const statements = [
    ...aboutMadeGateways(gateways),
    statement('OnlyThePipelineChangesGateways', CHANGES, {
      ArnNotLike: { 'aws:PrincipalArn': [...new Set([...roles, OWN_ROLES])] },
      ...(kind === 'rcp' && { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }),
    }),
  ];
  const policy = {
    Version: '2012-10-17',
    Statement:
      kind === 'rcp' ? statements.map((one) => ({ ...one, Principal: '*' })) : [...statements, ownRoles(roles)],
  };
  const size = JSON.stringify(policy).length;
  const max = MAX_CHARACTERS[kind];
  if (size > max) throw GovernanceError.of('BASELINE_POLICY_SIZE', { kind, length: size, max });
  return { policy, left: leftOut(gateways) };
}

function aboutMadeGateways(gateways: readonly ListedGateway[]): JsonObject[] {
  const isMade = ['CreateGateway', 'UpdateGateway'];
  const callers = { 'bedrock-agentcore:GatewayAuthorizerType': ['NONE', 'AUTHENTICATE_ONLY'] };
  // A key that is absent fulfils StringNotEquals: a gateway without an engine has no mode.
  const mode = { 'bedrock-agentcore:PolicyEngineMode': 'ENFORCE' };
  return [
    ...(isKeptByAll(gateways, 'authorization')
      ? [statement('GatewaysKnowTheirCallers', isMade, { StringEquals: callers })]
      : []),
    ...(isKeptByAll(gateways, 'mode') ? [statement('PoliciesDecide', isMade, { StringNotEquals: mode })] : []),
  ];
}

function statement(Sid: string, operations: readonly string[], Condition: JsonObject): JsonObject {
  const Action = operations.map((operation) => `bedrock-agentcore:${operation}`);
  return { Sid, Effect: 'Deny', Action, Resource: '*', Condition };
}

/** Whoever could make a role of that path, or be one, would be taken for a gateway's own function. */
function ownRoles(roles: readonly string[]): JsonObject {
  return {
    Sid: 'OnlyThePipelineMakesTheirRoles',
    Effect: 'Deny',
    Action: BECOMING_A_ROLE.map((operation) => `iam:${operation}`),
    Resource: OWN_ROLES,
    Condition: { ArnNotLike: { 'aws:PrincipalArn': [...roles] } },
  };
}

/** Whether a rule is asked of every gateway, in whatever place, and none breaks it: what a statement denies nobody must need. */
function isKeptByAll(gateways: readonly ListedGateway[], rule: BaselineRuleName): boolean {
  return gateways.every(({ baselines }) => {
    const asked = baselines.flatMap(({ rules }) => rules.filter((one) => one.rule === rule));
    return asked.length > 0 && asked.every((one) => stateOf(one) === 'kept' && !one.isPartial);
  });
}

function leftOut(gateways: readonly ListedGateway[]): string[] {
  const asked = gateways.flatMap(({ baselines }) => baselines.flatMap(({ rules }) => rules));
  const open = (['authorization', 'mode'] as const).filter((rule) => !isKeptByAll(gateways, rule));
  return [
    ...open.map(
      (rule) => `rule ${rule} is not in the policy: it is not asked of every gateway everywhere, or one may break it`,
    ),
    ...WITHOUT_KEY.filter((rule) => asked.some((one) => one.rule === rule)).map(
      (rule) => `rule ${rule} is not in the policy: IAM knows nothing of it`,
    ),
    ...(asked.some(({ rule }) => rule === 'identity')
      ? ['rule identity is not in the policy: add a condition on bedrock-agentcore:DiscoveryUrl with your issuers']
      : []),
    'content of Cedar policies is not in the policy: only who may change them',
    'code of functions is not in the policy: who may change that of a function with one of the roles can do what it may',
  ];
}
