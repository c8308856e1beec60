import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isJsonObject } from '../contract/json';
import { type GatewayManifest, MANIFEST_SUFFIX, MANIFEST_VERSION } from '../contract/manifest';
import { GovernanceError } from '../diagnostics/governance-error';
import { suggest } from '../diagnostics/suggest';
import { parseJson } from './read-value';
import type { Terminal } from './terminal';

/** A manifest and the absolute path of its file, beside which its assets lie. */
export interface ManifestFile {
  readonly file: string;
  readonly manifest: GatewayManifest;
}

/**
 * The manifests of a cloud assembly, nested ones included, in the order of their construct paths.
 * @param stack name of a stack, construct path or gateway name; all gateways when undefined
 */
export async function readManifests(terminal: Terminal, assembly: string, stack?: string): Promise<ManifestFile[]> {
  const root = resolve(terminal.cwd, assembly);
  const files = await manifestsIn(root);
  if (files.length === 0) throw GovernanceError.of('COMMAND_MANIFEST_NONE', { path: assembly });
  const all = await Promise.all(files.map(readManifest));
  all.sort((a, b) => (a.manifest.path < b.manifest.path ? -1 : 1));
  if (stack === undefined) return all;
  const chosen = all.filter(({ manifest }) => namesOf(manifest).includes(stack));
  if (chosen.length > 0) return chosen;
  const suggestion = suggest(
    stack,
    all.flatMap(({ manifest }) => namesOf(manifest)),
  );
  throw GovernanceError.of('COMMAND_GATEWAY_UNKNOWN', { name: stack, suggestion });
}

/** What a gateway may be called by on the command line and in test files. */
export function namesOf({ path, stackName, gateway }: GatewayManifest): string[] {
  return [path, stackName, gateway.name];
}

async function manifestsIn(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const nested = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('asset.'));
  const own = entries.filter((entry) => entry.isFile() && entry.name.endsWith(MANIFEST_SUFFIX));
  const deeper = await Promise.all(nested.map((entry) => manifestsIn(join(path, entry.name))));
  return [...own.map((entry) => join(path, entry.name)), ...deeper.flat()];
}

async function readManifest(file: string): Promise<ManifestFile> {
  const parsed = parseJson(await readFile(file, 'utf8'), file);
  const invalid = (problem: string): GovernanceError =>
    GovernanceError.of('COMMAND_MANIFEST_INVALID', { path: file, problem });
  if (!isJsonObject(parsed)) throw invalid('it is not an object');
  if (parsed['manifestVersion'] !== MANIFEST_VERSION) throw invalid(`its version is not ${MANIFEST_VERSION}`);
  for (const member of ['policies', 'targets', 'trustedContext', 'tests', 'policySources']) {
    if (!Array.isArray(parsed[member])) throw invalid(`it has no \`${member}\``);
  }
  return { file, manifest: parsed as unknown as GatewayManifest };
}
