import type { BoundIdentity } from './identity/bound-identity';
import type { GatewayInterceptors } from './interceptors/gateway-interceptors';
import type { GatewayView } from './parts/gateway-view';
import type { EnforcementMode } from './policies/enforcement-mode';
import type { GovernedPolicies } from './policies/governed-policies';
import type { GovernedTargets } from './targets/governed-targets';

/** What a view is made of. */
export interface ViewedParts {
  readonly identity: BoundIdentity;
  readonly interceptors: GatewayInterceptors;
  readonly policies: GovernedPolicies;
  readonly targets: GovernedTargets;
}

/** A gateway as its parts stand now, with its policies compiled. */
export function currentView(mode: EnforcementMode, parts: ViewedParts): GatewayView {
  const { authorization, principalType, claims, manifest } = parts.identity;
  const targets = parts.targets.catalog();
  const trustedFields = parts.interceptors.trustedFields(targets);
  const { groups, customClaims } = manifest;
  const facts = { mode, authorization, principalType, claims, groups, customClaims, targets, trustedFields };
  return { ...facts, requestHeaders: parts.targets.requestHeaders(), compiled: parts.policies.compile(facts) };
}
