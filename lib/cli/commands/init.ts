import { writeFiles } from '../../authoring/project/write-files';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import {
  installed,
  nextSteps,
  type ProjectOptions,
  projectOptions,
  projectPlan,
  writtenLines,
} from '../project-options';
import { type StarterOptions, starterInput, starterOptions } from '../starter-input';

interface Options extends StarterOptions, ProjectOptions {}

/** Starts a project. */
export const command: CliCommand<Options> = {
  configure(parser) {
    projectOptions(starterOptions(parser));
  },

  async run({ args, options, terminal }) {
    const content = await starterInput(terminal, options);
    const plan = projectPlan(terminal, args[0], options, content);
    const kept = writeFiles(plan.directory, plan.files);
    terminal.out(writtenLines(plan.files.keys(), kept));
    const before = await installed(terminal, plan, options.install);
    const { exec } = plan.manager;
    const steps = [`${exec} cdk synth --quiet`, `${exec} governed-gateway test`, `${exec} governed-gateway emulate`];
    terminal.out(nextSteps([...before, ...steps]));
    return EXIT.ok;
  },
};
