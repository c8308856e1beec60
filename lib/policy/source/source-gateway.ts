import type { Principal } from '../../contract/claims';
import type { JsonObject } from '../../contract/json';
import type { DeclaredClaim } from '../../contract/manifest';
import type { DeclaredTrustedField } from '../../contract/trusted-context';
import type { CatalogTarget } from '../schema/catalog-target';

/** What a source may ask of the gateway that its policies are for. */
export interface SourceGateway {
  /** Targets with their tools, trusted fields included. */
  readonly targets: readonly CatalogTarget[];
  /** Classes of the team's own that policies may name. @default - whatever classes the tools have */
  readonly toolClasses?: readonly string[] | undefined;
  /** Entity type of the callers. @default - users with tokens */
  readonly principalType?: Principal['type'];
  /** Claims that tokens carry. @default - nobody knows */
  readonly claims?: readonly DeclaredClaim[] | undefined;
  /** Conditions on claims that every token fulfils. @default - none */
  readonly customClaims?: readonly JsonObject[];
  /** Arguments that the REQUEST interceptor fills in. @default - none */
  readonly trustedFields?: readonly DeclaredTrustedField[];
}

/** A gateway of which nothing is known. */
export const UNKNOWN_GATEWAY: SourceGateway = { targets: [] };
