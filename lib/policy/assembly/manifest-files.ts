import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isJsonObject } from '../../contract/json';
import { type GatewayManifest, MANIFEST_SUFFIX, MANIFEST_VERSION } from '../../contract/manifest';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';

/** A manifest and where it lies, which its paths are relative to. */
export interface ManifestFile {
  readonly file: string;
  readonly directory: string;
  readonly manifest: GatewayManifest;
}

/**
 * The manifests of a cloud assembly, or of one manifest file, in the order of their construct paths. Stages are nested assemblies.
 * Throws `MANIFEST_NONE`, `MANIFEST_INVALID` or `MANIFEST_GATEWAY_UNKNOWN`.
 *
 * @param name construct path of a gateway, or of a stack or stage above it; all gateways when undefined
 * @param baseDirectory what a relative path starts from
 */
export function readManifests(assembly: string, name?: string, baseDirectory = '.'): ManifestFile[] {
  const all = manifestsIn(resolve(baseDirectory, assembly)).map(readManifest);
  if (all.length === 0) throw GovernanceError.of('MANIFEST_NONE', { path: assembly });
  all.sort((a, b) => (a.manifest.path < b.manifest.path ? -1 : 1));
  if (name === undefined) return all;
  return chosenGateways(name, all, ({ manifest: { path, stackName, gateway } }) => ({
    path,
    deployedAs: [stackName, gateway.name],
  }));
}

/** As {@link readManifests}, of the only gateway that is meant. Throws `MANIFEST_GATEWAY_AMBIGUOUS` when there are several. */
export function oneManifest(assembly: string, name?: string, baseDirectory?: string): ManifestFile {
  const [first, ...others] = readManifests(assembly, name, baseDirectory);
  if (first !== undefined && others.length === 0) return first;
  const paths = [first, ...others].flatMap((one) => (one === undefined ? [] : [one.manifest.path]));
  throw GovernanceError.of('MANIFEST_GATEWAY_AMBIGUOUS', { paths });
}

/** How a gateway is called in its app, and in the account. */
interface GatewayNames {
  readonly path: string;
  readonly deployedAs: readonly string[];
}

/**
 * The gateways that a construct path names: its own, or that of a scope above it. Throws `MANIFEST_GATEWAY_UNKNOWN`, which tells the path
 * of a gateway that is named as in the account.
 */
export function chosenGateways<T>(name: string, all: readonly T[], namesOf: (one: T) => GatewayNames): T[] {
  const chosen = all.filter((one) => `${namesOf(one).path}/`.startsWith(`${name}/`));
  if (chosen.length > 0) return chosen;
  const named = all.map(namesOf);
  const paths = named.map(({ path }) => path);
  const suggestion = named.find(({ deployedAs }) => deployedAs.includes(name))?.path ?? suggest(name, paths);
  throw GovernanceError.of('MANIFEST_GATEWAY_UNKNOWN', { name, paths, suggestion });
}

const LISTS = ['policies', 'invariants', 'targets', 'trustedContext', 'tests', 'policySources', 'sources'];

/** Reads one manifest. Throws `MANIFEST_INVALID`. */
export function readManifest(file: string): ManifestFile {
  const manifest = parsed(file);
  const problem = problemOf(manifest);
  if (problem !== undefined) throw GovernanceError.of('MANIFEST_INVALID', { path: file, problem });
  return { file, directory: dirname(file), manifest: manifest as unknown as GatewayManifest };
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be opened';
    throw GovernanceError.of('MANIFEST_INVALID', { path: file, problem });
  }
}

function problemOf(manifest: unknown): string | undefined {
  if (!isJsonObject(manifest)) return 'it is not an object';
  if (manifest['manifestVersion'] !== MANIFEST_VERSION) return `its version is not ${MANIFEST_VERSION}`;
  const missing = LISTS.find((member) => !Array.isArray(manifest[member]));
  return missing === undefined ? undefined : `it has no \`${missing}\``;
}

/** Manifest files of an assembly and of the assemblies in it. */
function manifestsIn(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  const own = entries.filter((entry) => entry.isFile() && entry.name.endsWith(MANIFEST_SUFFIX));
  const nested = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('asset.'));
  return [
    ...own.map((entry) => join(path, entry.name)),
    ...nested.flatMap((entry) => manifestsIn(join(path, entry.name))),
  ];
}
