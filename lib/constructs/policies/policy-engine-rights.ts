import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import {
  type PermissionScope,
  type PolicyEnginePermission,
  policyEnginePermissions,
} from '../../contract/policy-engine-permissions';
import { acknowledge, acknowledgeWildcard } from '../findings/acknowledge';
import { allGatewaysArn } from '../names/arns';

export interface PolicyEngineRightsProps {
  /** ARN of the engine, or patterns of it when it does not exist yet. */
  readonly engineArns: readonly string[];
  readonly ownsEngine: boolean;
  /** ARN pattern of the gateway. */
  readonly gatewayArn: string;
}

/** What the handlers of policy engine and policy set may do on the service. */
export function policyEngineStatements(scope: Construct, props: PolicyEngineRightsProps): iam.PolicyStatement[] {
  return statements(scope, props, policyEnginePermissions({ ownsEngine: props.ownsEngine, adminPolicy: false }));
}

/** What they need besides, when a statement names no single gateway. Which is only known when every policy was added. */
export function adminPolicyStatements(scope: Construct, props: PolicyEngineRightsProps): iam.PolicyStatement[] {
  const permissions = policyEnginePermissions({ ownsEngine: props.ownsEngine, adminPolicy: true });
  return statements(
    scope,
    props,
    permissions.filter((permission) => permission.scope === 'all-gateways'),
  );
}

function statements(
  scope: Construct,
  props: PolicyEngineRightsProps,
  permissions: readonly PolicyEnginePermission[],
): iam.PolicyStatement[] {
  const policiesOfEngine = props.engineArns.map((engineArn) => `${engineArn}/policy/*`);
  const allGateways = allGatewaysArn(scope);
  const resources: { readonly [scope in PermissionScope]: string[] } = {
    any: ['*'],
    engine: [...props.engineArns, ...policiesOfEngine],
    gateway: [props.gatewayArn],
    'all-gateways': [allGateways],
  };
  acknowledge(
    scope,
    'AwsSolutions-IAM5[Resource::*]',
    'an engine has no ARN before it is created, and engines are found by listing all',
  );
  for (const policies of policiesOfEngine) {
    acknowledgeWildcard(scope, policies, 'ids of policies are made by the service; all policies of the one engine');
  }
  acknowledgeWildcard(
    scope,
    allGateways,
    'a policy that names no single gateway takes the right to manage policies of all gateways',
  );
  return permissions.map((permission) => {
    return new iam.PolicyStatement({ actions: [...permission.actions], resources: resources[permission.scope] });
  });
}
