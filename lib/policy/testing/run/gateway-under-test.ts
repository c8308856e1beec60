import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CALLER_TYPES, type Principal } from '../../../contract/claims';
import type { DeclaredInvariant } from '../../../contract/invariant';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { LOCAL_GATEWAY_ARN } from '../../../contract/local-arn';
import type { GatewayManifest, IdentityManifest, InterceptorManifest } from '../../../contract/manifest';
import type { DeclaredPack } from '../../../contract/pack';
import type { DesiredPolicy } from '../../../contract/policy-set-document';
import { INTERCEPTOR_CONFIG_FILE, isInterceptorConfig } from '../../../contract/steps/interceptor-config';
import type { SpoofResponse } from '../../../contract/trusted-context';
import type { CatalogTarget, PlatformSwitches } from '../../schema/catalog-target';
import type { TrustedContextUnderTest } from './trusted-values';

/** A gateway as policy tests see it: from a manifest, or from policies and a tool list. */
export interface GatewayUnderTest {
  readonly policies: readonly DesiredPolicy[];
  /** Invariants, which must hold for every call. @default - nothing is proved */
  readonly invariants?: readonly DeclaredInvariant[];
  readonly targets: readonly CatalogTarget[];
  /** Classes of the team's own. @default - whatever classes the tools have */
  readonly toolClasses?: readonly string[] | undefined;
  /** Packs that policies were rendered from, which have tests of their own. @default - none */
  readonly packs?: readonly DeclaredPack[] | undefined;
  readonly gatewayArn: string;
  readonly trusted: TrustedContextUnderTest;
  readonly identity?: IdentityManifest;
  /** Interceptors of the team's own, with the steps that they declare. @default - none */
  readonly chains?: readonly InterceptorManifest[];
  readonly switches?: PlatformSwitches;
}

/** Entity type of the gateway's callers; users with tokens where the identity is not known. */
export function principalTypeOf({ identity }: Pick<GatewayUnderTest, 'identity'>): Principal['type'] {
  return CALLER_TYPES[identity?.authorization ?? 'jwt'];
}

/** The gateway that a manifest describes. `file` is the manifest's path, beside which its assets lie. */
export function gatewayOfManifest(manifest: GatewayManifest, file: string): GatewayUnderTest {
  return {
    policies: manifest.policies,
    invariants: manifest.invariants,
    targets: manifest.targets,
    toolClasses: manifest.toolClasses,
    packs: manifest.packs,
    gatewayArn: LOCAL_GATEWAY_ARN,
    identity: manifest.identity,
    chains: Object.values(manifest.interceptors).filter(({ steps }) => steps !== undefined),
    trusted: {
      fields: manifest.trustedContext,
      onSpoof: onSpoofOf(manifest, file),
      tables: lookupTables(manifest),
    },
  };
}

/** How the interceptor of the app treats spoofed fields; a bundle of the app's own overwrites as far as anyone can know. */
function onSpoofOf(manifest: GatewayManifest, file: string): SpoofResponse {
  const asset = manifest.interceptors.request?.asset;
  if (asset === undefined) return 'overwrite';
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(join(dirname(file), asset, INTERCEPTOR_CONFIG_FILE), 'utf8'));
  } catch {
    return 'overwrite';
  }
  if (!isInterceptorConfig(config)) return 'overwrite';
  const step = config.steps.find((entry) => entry.step === 'trusted-context');
  return step?.onSpoof ?? 'overwrite';
}

/** Seeded items of the tables that lookups read, by the variable that names the table. */
function lookupTables(manifest: GatewayManifest): { [variable: string]: readonly JsonObject[] } {
  const found: [string, readonly JsonObject[]][] = [];
  for (const { source } of manifest.trustedContext) {
    if (source.kind !== 'lookup') continue;
    const logicalId = referenced(manifest.interceptors.request?.environment[source.tableVariable]);
    const table = manifest.local.tables.find((entry) => entry.logicalId === logicalId);
    if (table !== undefined) found.push([source.tableVariable, table.seed]);
  }
  return Object.fromEntries(found);
}

function referenced(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  const ref = isJsonObject(value) ? value['Ref'] : undefined;
  return typeof ref === 'string' ? ref : undefined;
}
