import { join, relative } from 'node:path';
import { type Command, Option } from 'commander';
import { installCommand, installPackages } from '../authoring/project/install-packages';
import { PACKAGE_MANAGERS, type PackageManagerName } from '../authoring/project/package-manager';
import { type ProjectContent, type ProjectPlan, planProject } from '../authoring/project/plan-project';
import type { ModuleKind } from '../authoring/project/project-package';
import type { Ci } from '../authoring/project/repository';
import { packageFolder, packageManifest } from './package-manifest';
import type { Terminal } from './terminal';

/** Options of commands that start a project. */
export interface ProjectOptions {
  readonly ci?: Ci | 'none';
  readonly module?: ModuleKind;
  readonly packageManager?: PackageManagerName;
  readonly library?: string;
  readonly install: boolean;
}

/** Declares the options, and the name of the project. */
export function projectOptions(command: Command): Command {
  return command
    .argument('[name]', 'name of the project and of its new folder (default: the current directory)')
    .addOption(
      new Option('--ci <host>', 'pipelines to write (default: those of the host)').choices([
        'github',
        'gitlab',
        'none',
      ]),
    )
    .addOption(
      new Option('--module <kind>', 'kind of modules (default: as package.json says, else esm)').choices([
        'esm',
        'commonjs',
      ]),
    )
    .addOption(
      new Option(
        '--package-manager <name>',
        'package manager (default: that of the project, or of this command)',
      ).choices(Object.keys(PACKAGE_MANAGERS)),
    )
    .option('--library <source>', 'range or archive of governed-gateway to install (default: this version)')
    .option('--no-install', 'write the files, and install nothing');
}

/** Folder of the templates that the package ships. */
export function templatesFolder(): string {
  return join(packageFolder(), 'templates');
}

/** The project that the options ask for. Throws `PROJECT_NAME_INVALID`. */
export function projectPlan(
  terminal: Terminal,
  name: string | undefined,
  options: ProjectOptions,
  content: ProjectContent,
): ProjectPlan {
  const { peerDependencies = {}, devDependencies = {}, version = '0.0.0' } = packageManifest();
  const userAgent = process.env['npm_config_user_agent'];
  const request = {
    cwd: terminal.cwd,
    ...(name !== undefined && { name }),
    ...(options.ci !== undefined && { ci: options.ci }),
    ...(options.module !== undefined && { module: options.module }),
    ...(options.packageManager !== undefined && { manager: options.packageManager }),
    ...(options.library !== undefined && { library: options.library }),
    ...(userAgent !== undefined && { userAgent }),
  };
  return planProject(request, content, { version, peerDependencies, devDependencies }, templatesFolder());
}

/** Installs what a written project needs, and gives the steps before the first that a user takes in it. */
export async function installed(terminal: Terminal, plan: ProjectPlan, isWanted: boolean): Promise<string[]> {
  if (isWanted) await installPackages(plan, terminal.err);
  const folder = relative(terminal.cwd, plan.directory);
  return [...(folder === '' ? [] : [`cd ${folder}`]), ...(isWanted ? [] : [installCommand(plan).join(' ')])];
}

/** Steps, as they are shown at the end. */
export function nextSteps(steps: readonly string[]): string {
  return `\nnext:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}

/** One line for each file, written or kept. */
export function writtenLines(paths: Iterable<string>, kept: readonly string[]): string {
  return [...paths].map((path) => `${kept.includes(path) ? 'kept   ' : 'written'}  ${path}\n`).join('');
}
