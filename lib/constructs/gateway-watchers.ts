import { type CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PolicyNote } from '../contract/block-notices';
import type { DeclaredPack } from '../contract/pack';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic';
import type { PolicySource } from '../policy/source/source';
import type { GatewayAssembly } from './gateway-assembly';
import type { IGovernedGateway } from './i-governed-gateway';
import { WatchedPolicies } from './operations/watched-policies';
import type { GatewayPart } from './parts/gateway-part';
import type { GatewayView } from './parts/gateway-view';
import type { ResolvedProps } from './resolved-props';

/** What watches a gateway. */
export interface GatewayWatchers {
  readonly parts: readonly GatewayPart[];
  /** Watches the policies of sources that ask for it. */
  readonly watch: (sources: readonly PolicySource[]) => void;
}

/** Makes what watches a gateway: its observability, and the guard of what it enforces. What they add to the manifest, and find, are its parts. */
export function addWatchers(
  gateway: IGovernedGateway,
  assembly: GatewayAssembly,
  { settings: { mode }, observability, enforcementGuard, logs }: ResolvedProps,
): GatewayWatchers {
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
  const { interceptors } = assembly;
  const unwatched = (view: GatewayView): Diagnostic[] =>
    unwatchedPacks(view.compiled.packs, observed !== undefined, interceptors.stepsForEveryTool());
  if (observed === undefined) return { parts: [{ findings: unwatched }], watch: () => undefined };
  const alarms = new WatchedPolicies(gateway, 'WatchedPolicies', gateway, observed.told);
  const watch = (sources: readonly PolicySource[]): void => {
    for (const id of sources.flatMap((source) => source._watched)) alarms.watch(id, policies.policyId(id));
  };
  return { parts: [observed.part, { findings: unwatched }], watch };
}

/** Packs for emergencies that nobody would hear of, or find traces of. */
function unwatchedPacks(packs: readonly DeclaredPack[], isObserved: boolean, steps: readonly string[]): Diagnostic[] {
  return packs.flatMap(({ id: pack, watched }) => [
    ...(watched !== true || isObserved ? [] : [diagnostic('PACK_UNOBSERVED', { pack })]),
    ...(watched !== true || steps.includes('audit') ? [] : [diagnostic('PACK_UNAUDITED', { pack })]),
  ]);
}
