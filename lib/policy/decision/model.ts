import type { Principal } from '../../contract/claims';
import type { EnforcementMode, Outcome } from '../../contract/decision';
import type { JsonObject } from '../../contract/json';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { CatalogTarget, PlatformSwitches } from '../schema/catalog-target';

/** One call to decide: `tools/call` after the REQUEST interceptor has transformed it. */
export interface ToolCall {
  readonly principal: Principal;
  /** Full name, `target___tool`. */
  readonly tool: string;
  /** Arguments, trusted fields included. */
  readonly input: JsonObject;
  readonly now: Date;
}

/** What a policy in LOG_ONLY would have changed, had it been ACTIVE. */
export interface DecisionFlip {
  readonly policy: string;
  readonly from: Outcome;
  readonly to: Outcome;
}

export interface Decision {
  /** What the ACTIVE policies say, whatever the engine's mode. */
  readonly outcome: Outcome;
  /** Whether the call goes through: `outcome` is ALLOW, or the engine's mode is LOG_ONLY. */
  readonly allowed: boolean;
  /** Ids of the policies that decided; empty for a denial by default. */
  readonly determining: readonly string[];
  /** Reason in the platform's words. */
  readonly reason: string;
  /** Policies that errored, or one entry without policy when the request could not be built from the arguments. */
  readonly errors: readonly { readonly policy?: string; readonly message: string }[];
  readonly flips: readonly DecisionFlip[];
}

/** Everything from which a prepared policy set is made. */
export interface PolicySetInput {
  readonly policies: readonly DesiredPolicy[];
  readonly targets: readonly CatalogTarget[];
  readonly mode: EnforcementMode;
  /**
   * ARN that statements are bound to and that requests name as their resource. `LOCAL_GATEWAY_ARN` stands for one that is not known
   * yet, and gives way to a gateway that a policy writes out.
   */
  readonly gatewayArn: string;
  /** @default - every switch as docs/platform-assumptions.md says */
  readonly switches?: PlatformSwitches;
}
