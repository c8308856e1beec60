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
 * @param name name of a stack or gateway, or a construct path; all gateways when undefined
 * @param baseDirectory what a relative path starts from
 */
export function readManifests(assembly: string, name?: string, baseDirectory = '.'): ManifestFile[] {
  const all = manifestsIn(resolve(baseDirectory, assembly)).map(readManifest);
  if (all.length === 0) throw GovernanceError.of('MANIFEST_NONE', { path: assembly });
  all.sort((a, b) => (a.manifest.path < b.manifest.path ? -1 : 1));
  if (name === undefined) return all;
  const chosen = all.filter(({ manifest }) => namesOf(manifest).includes(name));
  if (chosen.length > 0) return chosen;
  const names = all.flatMap(({ manifest }) => namesOf(manifest));
  throw GovernanceError.of('MANIFEST_GATEWAY_UNKNOWN', { name, suggestion: suggest(name, names) });
}

/** As {@link readManifests}, of the only gateway that is meant. Throws `MANIFEST_GATEWAY_AMBIGUOUS` when there are several. */
export function oneManifest(assembly: string, name?: string, baseDirectory?: string): ManifestFile {
  const [first, ...others] = readManifests(assembly, name, baseDirectory);
  if (first !== undefined && others.length === 0) return first;
  const paths = [first, ...others].flatMap((one) => (one === undefined ? [] : [one.manifest.path]));
  throw GovernanceError.of('MANIFEST_GATEWAY_AMBIGUOUS', { paths });
}

/** What a gateway may be called by on the command line and in test files. */
export function namesOf({ path, stackName, gateway }: GatewayManifest): string[] {
  return [path, stackName, gateway.name];
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
