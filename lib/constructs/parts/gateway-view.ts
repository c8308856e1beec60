import type { Principal } from '../../contract/claims';
import type { EnforcementMode } from '../../contract/decision';
import type { DeclaredInvariant } from '../../contract/invariant';
import type { JsonObject } from '../../contract/json';
import type { DeclaredClaim, IdentityManifest, KeptTypes } from '../../contract/manifest';
import type { DeclaredPack } from '../../contract/pack';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { InterceptorConfig } from '../../contract/steps/interceptor-config';
import { joinToolName } from '../../contract/tool-name';
import type { DeclaredTrustedField } from '../../contract/trusted-context';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { CatalogTarget } from '../../policy/schema/catalog-target';

/** What decides which policies a gateway has: its callers, its tools, and what the gateway adds to calls. */
export interface GatewayFacts {
  /** Mode in which the policy engine is attached. */
  readonly mode: EnforcementMode;
  readonly authorization: IdentityManifest['authorization'];
  /** Entity type of callers in Cedar. */
  readonly principalType: Principal['type'];
  /** Claims that access tokens carry; undefined when nobody can know. */
  readonly claims: readonly DeclaredClaim[] | undefined;
  /** Groups that users can be in; empty when nobody can know. */
  readonly groups: readonly string[];
  /** Conditions on claims that every token fulfils. */
  readonly customClaims: readonly JsonObject[];
  /** Targets with the tools that are known at synth, trusted fields included. */
  readonly targets: readonly CatalogTarget[];
  /** Trusted fields that some tool carries. */
  readonly trustedFields: readonly DeclaredTrustedField[];
}

/** The policy set, with what was found on the way. */
export interface CompiledPolicies {
  /** As they were written. */
  readonly policies: readonly DesiredPolicy[];
  /** As they are deployed, with tools in place of classes. */
  readonly deployed: readonly DesiredPolicy[];
  readonly invariants: readonly DeclaredInvariant[];
  /** Classes of tools that policies may name beside those of the library; undefined for whatever the tools have. */
  readonly toolClasses: readonly string[] | undefined;
  /** Whether anybody declared a policy, guards of the library not counted. */
  readonly declared: boolean;
  readonly schemaText: string;
  readonly types: KeptTypes | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Files that policies and invariants came from, relative to the app's directory. */
  readonly files: readonly string[];
  /** Files and folders to watch for changes, relative to the app's directory. */
  readonly watched: readonly string[];
  readonly tests: readonly string[];
  /** Packs that some of the policies were rendered from. */
  readonly packs: readonly DeclaredPack[];
}

/** A gateway as it stands when somebody looks: complete at synthesis, when every target and every policy was added. */
export interface GatewayView extends GatewayFacts {
  /** Request headers that reach a target when the interceptor sends them, by its name, lower case. */
  readonly requestHeaders: { readonly [target: string]: readonly string[] };
  readonly compiled: CompiledPolicies;
}

/** Full names of the tools of some targets: `target___tool`. */
export function toolNames(
  targets: readonly { readonly name: string; readonly tools: readonly { readonly name: string }[] }[],
): string[] {
  return targets.flatMap(({ name, tools }) => tools.map((tool) => joinToolName(name, tool.name)));
}

/** Argument schemas of the tools of some targets by full name, trusted fields included. */
export function inputSchemasOf(targets: readonly CatalogTarget[]): InterceptorConfig['inputSchemas'] {
  return Object.fromEntries(
    targets.flatMap(({ name, tools }) => tools.map((tool) => [joinToolName(name, tool.name), tool.inputSchema])),
  );
}
