import type { Principal } from '../../../contract/claims';
import type { EnforcementMode } from '../../../contract/decision';
import type { DeclaredInvariant } from '../../../contract/invariant';
import type { JsonObject } from '../../../contract/json';
import type { DeclaredClaim } from '../../../contract/manifest';
import type { DesiredPolicy } from '../../../contract/policy-set-document';
import type { DeclaredTrustedField } from '../../../contract/trusted-context';
import type { CatalogTarget, PlatformSwitches } from '../../schema/catalog-target';

/** Everything that the checks of a policy set look at. */
export interface ValidationInput {
  readonly policies: readonly DesiredPolicy[];
  /** Invariants, which must hold for every call. @default - nothing is proved */
  readonly invariants?: readonly DeclaredInvariant[];
  /** Text of every policy file, so that findings can underline; a file without text is named only. */
  readonly texts: ReadonlyMap<string, string>;
  readonly targets: readonly CatalogTarget[];
  /** Classes of the team's own, beside which there are none. @default - whatever classes the tools have */
  readonly toolClasses?: readonly string[] | undefined;
  readonly mode: EnforcementMode;
  /** ARN of the gateway where it is known. @default - what the policies write out, else none */
  readonly gatewayArn?: string;
  /** Claims that access tokens carry. @default - nobody can know, and the checks of claims are skipped */
  readonly claims?: readonly DeclaredClaim[] | undefined;
  /** Groups that users can be in. @default - nobody can know */
  readonly groups?: readonly string[] | undefined;
  /** Conditions on claims that every token fulfils, as the service's API spells them. @default - none */
  readonly customClaims?: readonly JsonObject[] | undefined;
  /** Entity type of the gateway's callers. @default AgentCore::OAuthUser */
  readonly principalType?: Principal['type'];
  readonly trustedContext: readonly DeclaredTrustedField[];
  /** @default - every switch as docs/platform-assumptions.md says */
  readonly switches?: PlatformSwitches;
}
