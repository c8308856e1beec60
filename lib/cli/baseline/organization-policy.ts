import type { BaselineRuleName } from '../../contract/baseline';
import type { JsonObject } from '../../contract/json';
import { GovernanceError } from '../../diagnostics/governance-error';
import { type ListedGateway, stateOf } from './listed-gateway';

/** What a policy of AWS Organizations is made of. */
export interface OrganizationPolicyInput {
  readonly gateways: readonly ListedGateway[];
  /** Names of the stacks of the gateways. */
  readonly stacks: readonly string[];
  /** ARNs of roles that may change gateways, with wildcards. */
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

/** CloudFormation shortens a stack's name in the names of roles that it makes, to not less than this many characters. */
const STACK_NAME_IN_ROLE = 20;

/** What makes a gateway other than its stack declares it: its mode, its engine, its tools, its policies and who may call it. */
const CHANGES = [
  'CreateGateway',
  'UpdateGateway',
  'DeleteGateway',
  'CreateGatewayTarget',
  'UpdateGatewayTarget',
  'DeleteGatewayTarget',
  'PutResourcePolicy',
  'DeleteResourcePolicy',
  'CreatePolicyEngine',
  'UpdatePolicyEngine',
  'DeletePolicyEngine',
  'CreatePolicy',
  'UpdatePolicy',
  'DeletePolicy',
];

/** Rules that say something of a gateway for which IAM has no condition key. */
const WITHOUT_KEY: readonly BaselineRuleName[] = ['token-lifetime', 'steps', 'observability', 'tool-classes'];

/**
 * A service control policy, or a resource control policy, that denies to hands outside the pipeline what baselines deny at synth. Both have
 * nothing but denials. Source: AgentCore developer guide, pages security-gateway-condition-keys and resource-control-policies.
 */
export function organizationPolicy(kind: 'scp' | 'rcp', input: OrganizationPolicyInput): OrganizationPolicy {
  const { gateways } = input;
  const everywhere: JsonObject = kind === 'rcp' ? { Principal: '*', Resource: '*' } : { Resource: '*' };
  const deny = (Sid: string, actions: readonly string[], Condition: JsonObject): JsonObject => ({
    ...{ Sid, Effect: 'Deny', ...everywhere },
    ...{ Action: actions.map((action) => `bedrock-agentcore:${action}`), Condition },
  });
  const isMade = ['CreateGateway', 'UpdateGateway'];
  const statements = [
    ...(isKeptByAll(gateways, 'authorization')
      ? [
          deny('GatewaysKnowTheirCallers', isMade, {
            StringEquals: { 'bedrock-agentcore:GatewayAuthorizerType': ['NONE', 'AUTHENTICATE_ONLY'] },
          }),
        ]
      : []),
    // A key that is absent fulfils StringNotEquals: a gateway without an engine has no mode.
    ...(isKeptByAll(gateways, 'mode')
      ? [deny('PoliciesDecide', isMade, { StringNotEquals: { 'bedrock-agentcore:PolicyEngineMode': 'ENFORCE' } })]
      : []),
    deny('OnlyThePipelineChangesGateways', CHANGES, {
      ArnNotLike: { 'aws:PrincipalArn': trustedRoles(input) },
      ...(kind === 'rcp' && { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }),
    }),
  ];
  const policy = { Version: '2012-10-17', Statement: statements };
  const size = JSON.stringify(policy).length;
  const max = MAX_CHARACTERS[kind];
  if (size > max) throw GovernanceError.of('BASELINE_POLICY_SIZE', { kind, length: size, max });
  return { policy, left: leftOut(gateways) };
}

function trustedRoles({ stacks, roles }: OrganizationPolicyInput): string[] {
  const ofStacks = stacks.map((stack) => {
    const isCut = stack.length > STACK_NAME_IN_ROLE;
    return `arn:*:iam::*:role/${isCut ? stack.slice(0, STACK_NAME_IN_ROLE) : `${stack}-`}*`;
  });
  return [...new Set([...roles, ...ofStacks])];
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
  ];
}
