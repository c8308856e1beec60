import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { GovernanceError } from '../../diagnostics/governance-error';
import {
  PACKAGE_MANAGERS,
  type PackageManager,
  type PackageManagerName,
  packageManagerOf,
  readManifest,
} from './package-manager';
import {
  type LibraryVersions,
  librarySource,
  type ModuleKind,
  type ProjectPackages,
  packageText,
  projectPackages,
} from './project-package';
import { type Ci, type Repository, repositoryOf } from './repository';
import { type ProjectFiles, renderTemplates } from './template';

/** What a project is to govern: layers of templates over those of every project, values for them, and files made for it. */
export interface ProjectContent {
  readonly folders: readonly string[];
  readonly values: { readonly [name: string]: string };
  readonly files: ProjectFiles;
  /** Optional peers of the library that its emulator needs. */
  readonly packages: readonly string[];
  /** Percent of the policies that tests have to cover. */
  readonly threshold: number;
}

/** What a user asked `init` for. */
export interface ProjectRequest {
  /** Absolute path of the current directory. */
  readonly cwd: string;
  /** Name of the project and of its new folder; the current directory where there is none. */
  readonly name?: string;
  /** Pipelines to write, or none; those of the repository's host where nobody says. */
  readonly ci?: Ci | 'none';
  readonly module?: ModuleKind;
  readonly manager?: PackageManagerName;
  /** Where the library is installed from, other than its registry. */
  readonly library?: string;
  /** `npm_config_user_agent`. */
  readonly userAgent?: string;
}

/** A project that is not written yet. */
export interface ProjectPlan {
  readonly directory: string;
  readonly files: ProjectFiles;
  readonly manager: PackageManager;
  /** Packages that a package.json, which was there before, does not name. */
  readonly missing: ProjectPackages;
}

/**
 * Everything that `init` writes and installs.
 * @param templates folder of the templates
 * @throws GovernanceError `PROJECT_NAME_INVALID`
 */
export function planProject(
  request: ProjectRequest,
  content: ProjectContent,
  versions: LibraryVersions,
  templates: string,
): ProjectPlan {
  const directory = resolve(request.cwd, request.name ?? '.');
  const name = projectName(request.name ?? slug(basename(directory)), request.name === undefined);
  const manifest = readManifest(directory);
  const managerName = request.manager ?? packageManagerOf(directory, request.userAgent);
  const manager = PACKAGE_MANAGERS[managerName];
  const module = request.module ?? moduleOf(directory, manifest);
  const repository = repositoryOf(directory);
  const library = librarySource(request.library, versions.version, request.cwd, directory);
  const packages = projectPackages(versions, library, content.packages);
  const { ci = repository.ci } = request;
  const folders = ['project', ...(managerName === 'yarn' ? ['yarn'] : []), ...content.folders];
  const { threshold } = content;
  const values = { ...content.values, ...commandsOf(manager), name, stack: stackId(name), threshold: `${threshold}` };
  const files = new Map([
    ...renderTemplates(templates, folders, values),
    ...(ci === 'none' ? [] : pipeline(templates, ci, repository, { ...values, setup: setupOf(manager, ci) })),
    ...content.files,
    ['package.json', packageText(name, module, packages, threshold)],
  ]);
  const known = { ...fieldOf(manifest, 'dependencies'), ...fieldOf(manifest, 'devDependencies') };
  const missing = Object.fromEntries(Object.entries(packages).filter(([one]) => !(one in known)));
  return { directory, files, manager, missing: existsSync(join(directory, 'package.json')) ? missing : {} };
}

function pipeline(
  templates: string,
  ci: Ci,
  { toRoot, toProject }: Repository,
  values: { readonly [name: string]: string },
): ProjectFiles {
  const files = renderTemplates(templates, [ci], { ...values, folder: toProject });
  return new Map([...files].map(([path, text]) => [`${toRoot}${path}`, text]));
}

/** A new package is made of modules; one that is there already says what its files are. */
function moduleOf(directory: string, manifest: { readonly [field: string]: unknown }): ModuleKind {
  if (manifest['type'] === 'module') return 'esm';
  return existsSync(join(directory, 'package.json')) ? 'commonjs' : 'esm';
}

function fieldOf(manifest: { readonly [field: string]: unknown }, field: string): object {
  const value = manifest[field];
  return typeof value === 'object' && value !== null ? value : {};
}

function commandsOf({ ci, exec, run }: PackageManager): { readonly [name: string]: string } {
  return { ci, exec, run };
}

/** The pipeline's lines, with their indentation, before the first command of the package manager. */
function setupOf({ setup }: PackageManager, ci: Ci): string {
  if (setup === undefined) return '';
  return ci === 'github' ? `      - run: ${setup}\n` : `    - ${setup}\n`;
}

const NAME = /^[a-z][a-z0-9-]{0,62}[a-z0-9]$/;

function projectName(name: string, isFolder: boolean): string {
  if (NAME.test(name)) return name;
  if (isFolder) return 'governed-tools';
  throw GovernanceError.of('PROJECT_NAME_INVALID', {
    name,
    suggestion: NAME.test(slug(name)) ? slug(name) : undefined,
  });
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 64);
}

/** `claims-tools` as the id of a construct: `ClaimsTools`. */
function stackId(name: string): string {
  return name
    .split('-')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');
}
