import { isAbsolute, relative, resolve, sep } from 'node:path';

/** What this library's own package.json says of versions. */
export interface LibraryVersions {
  readonly version: string;
  readonly peerDependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
}

export type ModuleKind = 'esm' | 'commonjs';

/** Packages of a project by name, each with its range. */
export type ProjectPackages = { readonly [name: string]: string };

/** Packages of the app, and optional ones of the library, of which the library is tested with what it says itself. */
const PEERS = ['aws-cdk-lib', 'constructs', 'zod'];
const TOOLS = ['aws-cdk', 'tsx', 'typescript', '@types/node'];

/**
 * The packages that a project of this library needs.
 * @param library range or path of an archive for the library itself
 * @param optional optional peers of the library
 */
export function projectPackages(
  versions: LibraryVersions,
  library: string,
  optional: readonly string[] = [],
): ProjectPackages {
  const peers = [...PEERS, ...optional].map((name) => [name, versions.peerDependencies[name] ?? '*']);
  const tools = TOOLS.map((name) => [name, atLeast(versions.devDependencies[name] ?? '*')]);
  return { 'governed-gateway': library, ...Object.fromEntries(peers), ...Object.fromEntries(tools) };
}

/** Where the library comes from, as package.json in `directory` names it: an archive by its path, anything else as it is. */
export function librarySource(given: string | undefined, version: string, cwd: string, directory: string): string {
  if (given === undefined) return `^${version}`;
  if (!given.endsWith('.tgz') || /^[a-z]+:/i.test(given)) return given;
  const path = isAbsolute(given) ? given : relative(directory, resolve(cwd, given));
  return `file:${path.split(sep).join('/')}`;
}

/** The text of a new project's package.json. */
export function packageText(name: string, module: ModuleKind, packages: ProjectPackages, threshold: number): string {
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    type: module === 'esm' ? 'module' : 'commonjs',
    scripts: { ...SCRIPTS, test: `${SCRIPTS.test} ${threshold}` },
    devDependencies: packages,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

const SCRIPTS = {
  synth: 'cdk synth --quiet',
  test: 'tsc && cdk synth --quiet && governed-gateway test --coverage --threshold',
  matrix: 'cdk synth --quiet && governed-gateway matrix',
  emulate: 'cdk synth --quiet && governed-gateway emulate',
  schema: 'cdk synth --quiet && governed-gateway schema > gateway.cedarschema',
};

/** A pinned version as a range of what is compatible. */
function atLeast(range: string): string {
  return /^\d/.test(range) ? `^${range}` : range;
}
