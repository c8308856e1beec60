import { existsSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { type LoadedPolicies, loadPolicies, PolicySource } from '../../policy/source/source';
import type { GatewayInput, GatewayOptions } from '../gateway-input';
import { readIdentity } from '../identity-file';
import { readToolList } from '../tool-list';
import type { GatewayPair } from './gateway-pair';

/** Where the sources of a base lie. */
export interface SourceTree {
  /** The base as the user named it. */
  readonly base: string;
  /** Stands for the directory that the sources of today are relative to. */
  readonly directory: string;
  readonly options: GatewayOptions;
}

/** Whether a directory has one of the folders and files that policies come from. */
export function hasSources(directory: string, paths: readonly string[]): boolean {
  return paths.some((path) => existsSync(resolve(directory, path)));
}

/**
 * A gateway with what the files of its base say. What no file says without a synth, such as the tools of an app, is taken as it is today, and noted.
 * Throws for files of the base that cannot be read, under names such as `main:policies/a.cedar`.
 */
export async function gatewayOfSources(after: GatewayInput, tree: SourceTree): Promise<GatewayPair> {
  const { base, directory, options } = tree;
  const loaded = policiesIn(after, tree);
  const inFiles = after.policies.filter(isFromFile);
  const others = after.policies.filter((policy) => !isFromFile(policy));
  const notes = options.policies === undefined ? [notRead(base, inFiles.length, others.length)] : [];
  const before: GatewayInput = {
    ...after,
    policies: [...loaded.policies, ...others],
    texts: loaded.texts,
    findings: [],
  };
  if (options.policies === undefined) return { label: after.label, before, after, notes };
  const tools = fileIn(after, directory, options.tools);
  if (tools === undefined) notes.push(`\`${base}\` has no \`${options.tools}\`: the tools are those of today`);
  const identity = fileIn(after, directory, options.identity);
  const named = (file: string | undefined): string => `${base}:${file}`;
  const files = {
    ...(tools === undefined ? {} : { targets: await readToolList(named(options.tools), tools) }),
    ...(identity === undefined ? {} : { identity: readIdentity(named(options.identity), identity) }),
  };
  return { label: after.label, before: { ...before, ...files }, after, notes };
}

function notRead(base: string, inFiles: number, others: number): string {
  return `\`${base}\` is read without a synth: ${inFiles} policies of files are compared; tools, identity and ${others} policies of code are taken as they are today`;
}

/** Policies that were written to a file of the app, and not in code, by the library or by a baseline. */
function isFromFile({ origin, baseline }: DesiredPolicy): boolean {
  return baseline === undefined && origin.file.endsWith('.cedar');
}

function policiesIn({ sources }: GatewayInput, { base, directory }: SourceTree): LoadedPolicies {
  const found = sources.paths.filter((path) => existsSync(resolve(directory, path)));
  const loaded = loadPolicies(
    found.map((path) =>
      statSync(resolve(directory, path)).isFile() ? PolicySource.fromFile(path) : PolicySource.fromDirectory(path),
    ),
    { baseDirectory: directory, nameSeed: 'base' },
  );
  const named = <T extends { readonly file: string }>(place: T): T => ({ ...place, file: `${base}:${place.file}` });
  const findings = loaded.diagnostics.map(
    (finding): Diagnostic => (finding.location ? { ...finding, location: named(finding.location) } : finding),
  );
  if (hasErrors(findings)) throw new GovernanceError(findings);
  return {
    ...loaded,
    policies: loaded.policies.map((policy) => ({ ...policy, origin: named(policy.origin) })),
    texts: new Map([...loaded.texts].map(([file, text]) => [`${base}:${file}`, text])),
  };
}

/** The text of a file that stands where it stands today. */
function fileIn({ sources }: GatewayInput, directory: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const path = resolve(directory, relative(sources.directory, resolve(sources.directory, file)));
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
