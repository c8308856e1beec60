import { resolve } from 'node:path';
import type { GatewayManifest } from '../../contract/manifest';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { appDirectoryOf } from '../assembly/app-directory';
import type { ManifestFile } from '../assembly/manifest-files';
import { hashOf } from '../assembly/source-hash';
import { rememberTypes } from '../schema/kept-types';
import { type LoadedPolicies, loadPolicies, PolicySource } from './source';
import { isFile } from './source-files';

/** How a manifest is read. */
export interface CurrentManifestOptions {
  /** Directory of the app, where it is none above the assembly. @default process.cwd() */
  readonly baseDirectory?: string;
  /** Whether the manifest is taken as it is, whatever was changed since. @default false */
  readonly frozen?: boolean;
}

/** A manifest that says what the app's files say now. */
export interface CurrentManifest extends ManifestFile {
  /** Directory that paths in the manifest start from. */
  readonly appDirectory: string;
  /** A line for people, where the answer is not that of the assembly alone, or on purpose only that. */
  readonly notice?: string;
  /** Warnings about policies that were read anew. @default - none were */
  readonly findings?: readonly Diagnostic[];
}

/**
 * A manifest with its policies, invariants and tests as they are in the app's files now. Throws `MANIFEST_STALE` when another file that it was
 * made from was changed, because then only a new synthesis knows what it says; and everything that is wrong with changed policies.
 */
export function currentManifest(found: ManifestFile, options: CurrentManifestOptions = {}): CurrentManifest {
  const { baseDirectory = process.cwd(), frozen = false } = options;
  const { manifest, file: path } = found;
  if (manifest.types !== undefined) rememberTypes(manifest.types);
  const appDirectory = appDirectoryOf(found, baseDirectory);
  if (frozen) {
    const notice = `${manifest.path}: the assembly as it is (--frozen); changes since synth are not seen`;
    return { ...found, appDirectory: appDirectory ?? baseDirectory, notice };
  }
  if (appDirectory === undefined) {
    if (manifest.sources.length === 0) return { ...found, appDirectory: baseDirectory };
    throw GovernanceError.of('MANIFEST_SOURCES_MISSING', { path, directory: baseDirectory });
  }
  const changed = manifest.sources
    .filter(({ file, sha256 }) => hashOf(resolve(appDirectory, file)) !== sha256)
    .map(({ file }) => file);
  const fromAbove = new Set(
    [...manifest.policies, ...manifest.invariants].filter(isFromAbove).map(({ origin }) => origin.file),
  );
  const others = changed.filter((file) => !isPolicyFile(file) || fromAbove.has(file));
  if (others.length > 0) throw GovernanceError.of('MANIFEST_STALE', { path, files: others });
  const known = new Set(manifest.sources.map(({ file }) => file));
  const contents = sourcesOf(manifest, appDirectory).map((source) => source._read(appDirectory));
  const added = contents.flatMap(({ texts }) => texts.map(({ file }) => file)).filter((file) => !known.has(file));
  const tests = [...new Set(contents.flatMap((content) => content.tests))];
  const reread = [...changed, ...added];
  if (reread.length === 0) return { ...found, manifest: { ...manifest, tests }, appDirectory };
  const policies = policiesOf(manifest, appDirectory);
  if (hasErrors(policies.diagnostics)) throw new GovernanceError(policies.diagnostics);
  const notice = `${manifest.path}: policies as they are in their files, changed since synth: ${reread.join(', ')}`;
  return { ...found, manifest: withPolicies(manifest, policies), appDirectory, notice, findings: policies.diagnostics };
}

/** The policy files of an app as they are now. */
export function policiesOf(manifest: GatewayManifest, appDirectory: string): LoadedPolicies {
  const sources = sourcesOf(manifest, appDirectory);
  return loadPolicies(sources, { baseDirectory: appDirectory, nameSeed: manifest.path });
}

function sourcesOf({ policySources }: GatewayManifest, appDirectory: string): PolicySource[] {
  return policySources.map((path) =>
    isFile(resolve(appDirectory, path)) ? PolicySource.fromFile(path) : PolicySource.fromDirectory(path),
  );
}

/** A manifest with other policies from files. Policies in code, of baselines, and the library's own, stay as synthesized. */
export function withPolicies(manifest: GatewayManifest, loaded: LoadedPolicies): GatewayManifest {
  const names = new Map(manifest.policies.map(({ id, name }) => [id, name]));
  const inCode = <T extends DesiredPolicy>(all: readonly T[]): T[] =>
    all.filter((policy) => isFromAbove(policy) || !isPolicyFile(policy.origin.file));
  return {
    ...manifest,
    policies: [
      ...inCode(manifest.policies),
      ...loaded.policies.map((policy) => ({ ...policy, name: names.get(policy.id) ?? policy.name })),
    ],
    invariants: [...inCode(manifest.invariants), ...loaded.invariants],
    tests: loaded.tests,
  };
}

function isFromAbove({ baseline }: DesiredPolicy): boolean {
  return baseline !== undefined;
}

function isPolicyFile(file: string): boolean {
  return file.endsWith('.cedar');
}
