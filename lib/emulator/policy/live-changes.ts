import type { EnforcementMode } from '../../contract/decision';
import type { GatewayManifest } from '../../contract/manifest';
import type { DesiredPolicy } from '../../contract/policy-set-document';

/** A policy that somebody made by the control plane. */
export interface LivePolicy {
  readonly policyId: string;
  readonly policy: DesiredPolicy;
  readonly clientToken: string | undefined;
  readonly createdAt: Date;
  /** Why it is not in force; empty when it is. */
  readonly failures: readonly string[];
}

/** What somebody changed by the control plane, past the app. It outlives reloads, as it outlives deployments of the cloud. */
export class LiveChanges {
  private readonly made = new Map<string, LivePolicy>();
  private mode: { readonly declared: EnforcementMode; readonly set: EnforcementMode } | undefined;

  get policies(): readonly LivePolicy[] {
    return [...this.made.values()];
  }

  put(policy: LivePolicy): void {
    this.made.set(policy.policyId, policy);
  }

  remove(policyId: string): void {
    this.made.delete(policyId);
  }

  /** A mode that was set stands until the app declares another one than it did then. */
  setMode(declared: EnforcementMode, set: EnforcementMode): void {
    this.mode = { declared, set };
  }

  /** A manifest as it serves: in the mode that was set, and with the policies that were made. */
  applied(manifest: GatewayManifest, policies: readonly DesiredPolicy[]): GatewayManifest {
    const { gateway } = manifest;
    const mode = this.mode?.declared === gateway.mode ? this.mode.set : gateway.mode;
    const inForce = this.policies.filter(({ failures }) => failures.length === 0);
    return {
      ...manifest,
      gateway: { ...gateway, mode },
      policies: [...policies, ...inForce.map(({ policy }) => policy)],
    };
  }
}
