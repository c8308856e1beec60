import type { DesiredPolicy } from './policy-set-document';

/** On what an action is allowed: everything, the engine and the policies in it, the gateway, or all gateways of the account and Region. */
export type PermissionScope = 'any' | 'engine' | 'gateway' | 'all-gateways';

export interface PolicyEnginePermission {
  readonly scope: PermissionScope;
  /** IAM actions. */
  readonly actions: readonly string[];
}

export interface PolicyEnginePermissionOptions {
  /** Whether the engine is the resource's own: created, changed and deleted by it. */
  readonly ownsEngine: boolean;
  /** Whether a statement names no single gateway, see {@link needsAdminPolicy}. */
  readonly adminPolicy: boolean;
}

const POLICIES = ['CreatePolicy', 'UpdatePolicy', 'DeletePolicy', 'ListPolicies', 'ListPolicySummaries'];
const OWN_ENGINE = [
  'GetPolicyEngine',
  'UpdatePolicyEngine',
  'DeletePolicyEngine',
  'ListTagsForResource',
  'TagResource',
  'UntagResource',
];

/**
 * What the role of the policy engine's handlers must be allowed to do. The service validates a statement by calling the gateway with
 * the role that created it (`InvokeGateway`), and asks for `ManageResourceScopedPolicy` or `ManageAdminPolicy`, which no operation
 * is named after. Source: developer guide, page policy-permissions.
 */
export function policyEnginePermissions(options: PolicyEnginePermissionOptions): readonly PolicyEnginePermission[] {
  const permission = (scope: PermissionScope, names: readonly string[]): PolicyEnginePermission => ({
    scope,
    actions: names.map((name) => `bedrock-agentcore:${name}`),
  });
  return [
    ...(options.ownsEngine ? [permission('any', ['CreatePolicyEngine', 'ListPolicyEngineSummaries'])] : []),
    permission('engine', [...(options.ownsEngine ? OWN_ENGINE : []), ...POLICIES]),
    permission('gateway', ['GetGateway', 'InvokeGateway', 'ManageResourceScopedPolicy']),
    ...(options.adminPolicy ? [permission('all-gateways', ['ManageAdminPolicy'])] : []),
  ];
}

/** Whether a set has a statement that names no single gateway, which takes the right to manage policies for all of them. */
export function needsAdminPolicy(policies: readonly DesiredPolicy[]): boolean {
  return policies.some((policy) => policy.statementParts.length === 1);
}
