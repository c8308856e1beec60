import { join, relative } from 'node:path';
import { Option } from 'commander';
import { installCommand, installPackages } from '../../authoring/project/install-packages';
import { PACKAGE_MANAGERS, type PackageManagerName } from '../../authoring/project/package-manager';
import { type ProjectPlan, planProject } from '../../authoring/project/plan-project';
import type { ModuleKind } from '../../authoring/project/project-package';
import type { Ci } from '../../authoring/project/repository';
import { writeFiles } from '../../authoring/project/write-files';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { packageFolder, packageManifest } from '../package-manifest';
import { type StarterOptions, starterInput, starterOptions } from '../starter-input';

interface Options extends StarterOptions {
  readonly ci?: Ci | 'none';
  readonly module?: ModuleKind;
  readonly packageManager?: PackageManagerName;
  readonly library?: string;
  readonly install: boolean;
}

/** Starts a project. */
export const command: CliCommand<Options> = {
  configure(parser) {
    starterOptions(parser)
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
  },

  async run({ args, options, terminal }) {
    const { peerDependencies = {}, devDependencies = {}, version = '0.0.0' } = packageManifest();
    const userAgent = process.env['npm_config_user_agent'];
    const request = {
      cwd: terminal.cwd,
      ...(args[0] !== undefined && { name: args[0] }),
      ...(options.ci !== undefined && { ci: options.ci }),
      ...(options.module !== undefined && { module: options.module }),
      ...(options.packageManager !== undefined && { manager: options.packageManager }),
      ...(options.library !== undefined && { library: options.library }),
      ...(userAgent !== undefined && { userAgent }),
    };
    const versions = { version, peerDependencies, devDependencies };
    const content = await starterInput(terminal, options);
    const plan = planProject(request, content, versions, join(packageFolder(), 'templates'));
    const kept = writeFiles(plan.directory, plan.files);
    for (const path of plan.files.keys()) terminal.out(`${kept.includes(path) ? 'kept   ' : 'written'}  ${path}\n`);
    if (options.install) await installPackages(plan, terminal.err);
    terminal.out(nextSteps(plan, terminal.cwd, options.install));
    return EXIT.ok;
  },
};

function nextSteps(plan: ProjectPlan, cwd: string, installed: boolean): string {
  const { manager, directory } = plan;
  const folder = relative(cwd, directory);
  const steps = [
    ...(folder === '' ? [] : [`cd ${folder}`]),
    ...(installed ? [] : [installCommand(plan).join(' ')]),
    `${manager.exec} cdk synth --quiet`,
    `${manager.exec} governed-gateway test`,
    `${manager.exec} governed-gateway emulate`,
  ];
  return `\nnext:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}
