import type { DeclaredBaseline, DeclaredRule } from '../../contract/baseline';
import type { GatewayManifest } from '../../contract/manifest';

/** A gateway with what is asked of it. */
export interface ListedGateway {
  readonly gateway: string;
  readonly baselines: readonly ListedBaseline[];
}

export interface ListedBaseline extends DeclaredBaseline {
  /** Ids of the policies that it brings. */
  readonly policies: readonly string[];
  /** Sentences of the invariants that it brings. */
  readonly invariants: readonly string[];
}

/** The rules that baselines set for the gateway of a manifest. */
export function listed({ path, baselines = [], policies, invariants }: GatewayManifest): ListedGateway {
  return {
    gateway: path,
    baselines: baselines.map((one) => ({
      ...one,
      policies: policies.filter(({ baseline }) => baseline === one.name).map(({ id }) => id),
      invariants: invariants.filter(({ baseline }) => baseline === one.name).map(({ sentence }) => sentence),
    })),
  };
}

/** Whether a gateway keeps a rule, breaks it where the baseline leaves it to the gateway, or breaks it. */
export function stateOf({ problem, leftBecause }: DeclaredRule): 'kept' | 'left' | 'broken' {
  if (problem === undefined) return 'kept';
  return leftBecause === undefined ? 'broken' : 'left';
}
