import { type CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PolicyNote } from '../contract/block-notices';
import type { GatewayAssembly } from './gateway-assembly';
import type { IGovernedGateway } from './i-governed-gateway';
import type { GatewayPart } from './parts/gateway-part';
import type { ResolvedProps } from './resolved-props';

/** Makes what watches a gateway: its observability, and the guard of what it enforces. What they add to the manifest is the answer. */
export function addWatchers(
  gateway: IGovernedGateway,
  assembly: GatewayAssembly,
  { settings: { mode }, observability, enforcementGuard, logs }: ResolvedProps,
): GatewayPart[] {
  const policyNotes = (): PolicyNote[] =>
    assembly
      .view()
      .compiled.deployed.map(({ name, description, origin }) => ({ name, description, file: origin.file }));
  const observed = observability?._bind(new Construct(gateway, 'Observability'), gateway, {
    mode,
    kept: logs,
    policies: { policyNotes },
  });
  const watching = gateway.node.tryFindChild('Observability')?.node.findAll() ?? [];
  const resources = watching.filter((node) => CfnResource.isCfnResource(node));
  assembly.keep(resources.map((resource) => ({ what: 'observability', resource })));
  const { role, policies } = assembly;
  const gatewayLogicalId = Stack.of(gateway).getLogicalId(assembly.gateway.node.defaultChild as CfnElement);
  const watched = {
    gateway,
    gatewayLogicalId,
    role,
    policyEngineArn: policies.policyEngineArn,
    told: observed?.told ?? [],
    ...policies.declaration(),
  };
  enforcementGuard?._bind(gateway, 'EnforcementGuard', watched, logs);
  return observed === undefined ? [] : [observed.part];
}
