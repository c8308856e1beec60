import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject } from '../contract/json';
import { type GatewayManifest, MANIFEST_SUFFIX, MANIFEST_VERSION } from '../contract/manifest';
import { GovernanceError } from '../diagnostics/governance-error';
import { suggest } from '../diagnostics/suggest';

/** A manifest and where it lies, which its paths are relative to. */
export interface LoadedManifest {
  readonly file: string;
  readonly directory: string;
  readonly manifest: GatewayManifest;
}

/**
 * Reads the manifest of one gateway.
 *
 * @param assembly cloud assembly, or one manifest file; stages are nested assemblies
 * @param stack name of the stack or of the gateway, or path of the construct; needed when there are several gateways
 */
export function loadManifest(assembly: string, stack?: string): LoadedManifest {
  const found = findManifests(assembly).map(readManifest);
  if (found.length === 0) throw GovernanceError.of('EMULATOR_NO_MANIFEST', { path: assembly });
  const names = (one: LoadedManifest): string[] => [
    one.manifest.stackName,
    one.manifest.path,
    one.manifest.gateway.name,
  ];
  const chosen = stack === undefined ? found : found.filter((one) => names(one).includes(stack));
  const [first, ...others] = chosen;
  if (stack !== undefined && first === undefined) {
    throw GovernanceError.of('EMULATOR_STACK_UNKNOWN', { stack, suggestion: suggest(stack, found.flatMap(names)) });
  }
  if (first === undefined || others.length > 0) {
    const paths = chosen.map(({ manifest }) => manifest.path).sort((a, b) => a.localeCompare(b));
    throw GovernanceError.of('EMULATOR_STACK_AMBIGUOUS', { stacks: paths });
  }
  return first;
}

/** Manifest files of an assembly and of the assemblies in it. */
function findManifests(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  const own = entries.filter((entry) => entry.isFile() && entry.name.endsWith(MANIFEST_SUFFIX));
  const nested = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('asset.'));
  return [
    ...own.map((entry) => join(path, entry.name)),
    ...nested.flatMap((entry) => findManifests(join(path, entry.name))),
  ].sort((a, b) => (a < b ? -1 : 1));
}

export function readManifest(file: string): LoadedManifest {
  const unreadable = (reason: string): GovernanceError =>
    GovernanceError.of('EMULATOR_MANIFEST_UNREADABLE', { path: file, reason });
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw unreadable(error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be opened');
  }
  if (!isJsonObject(parsed) || parsed['manifestVersion'] !== MANIFEST_VERSION) {
    throw unreadable(`it is not of version ${MANIFEST_VERSION}`);
  }
  return { file, directory: dirname(file), manifest: parsed as unknown as GatewayManifest };
}
