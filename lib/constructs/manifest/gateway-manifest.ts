import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type GatewayManifest, type IdentityManifest, MANIFEST_VERSION } from '../../contract/manifest';
import type { TrustedField } from '../../contract/trusted-context';
import type { GovernedGatewayProps } from '../governed-gateway-props';
import type { BoundIdentity } from '../identity/bound-identity';
import type { GatewayInterceptors } from '../interceptors/gateway-interceptors';
import { deployedStackName } from '../names/deployed-stack-name';
import type { CompiledPolicies } from '../policies/policy-compilation';
import type { ResolvedProps } from '../resolve-props';
import type { GovernedTarget } from '../targets/governed-target';
import type { OutputIds } from './gateway-outputs';

export interface GatewayManifestInput {
  readonly props: GovernedGatewayProps;
  readonly resolved: ResolvedProps;
  readonly outputs: OutputIds;
  readonly identity: BoundIdentity;
  readonly targets: readonly GovernedTarget[];
  readonly trustedFields: readonly TrustedField[];
  readonly interceptors: GatewayInterceptors;
  readonly compiled: CompiledPolicies;
}

/** A governed gateway as data, as it stands at synthesis. Tokens become CloudFormation intrinsics. */
export function gatewayManifest(scope: Construct, input: GatewayManifestInput): Omit<GatewayManifest, 'schema'> {
  const { props, resolved, identity, compiled } = input;
  const stack = Stack.of(scope);
  const exceptionLevel = props.exceptionLevel?.value;
  return {
    manifestVersion: MANIFEST_VERSION,
    path: scope.node.path,
    stackName: deployedStackName(scope),
    gateway: {
      name: resolved.gatewayName,
      logicalId: stack.getLogicalId(scope.node.findChild('Resource').node.defaultChild as CfnElement),
      mode: resolved.mode,
      protocolVersions: resolved.protocolVersions,
      ...(props.instructions !== undefined && { instructions: props.instructions }),
      semanticSearch: resolved.semanticSearch,
      ...(resolved.sessionTimeoutSeconds !== undefined && { sessionTimeoutSeconds: resolved.sessionTimeoutSeconds }),
      responseStreaming: resolved.responseStreaming,
      toolListPagination: resolved.toolListPagination,
      ...(exceptionLevel === 'DEBUG' && { exceptionLevel }),
    },
    identity: stack.resolve(identity.manifest) as IdentityManifest,
    targets: input.targets.map((target) => target._manifest()),
    trustedContext: input.trustedFields,
    interceptors: input.interceptors.manifest(),
    policies: compiled.policies,
    policySources: compiled.watched,
    tests: compiled.tests,
    outputs: input.outputs,
    local: { tables: input.interceptors.tables(), personas: identity.personas },
  };
}
