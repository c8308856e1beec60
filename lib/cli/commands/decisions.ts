import { summaryText } from '../../decisions/summary/render-summary';
import { Summary } from '../../decisions/summary/summary';
import type { CliCommand } from '../command';
import { readCalls, type SourceOptions, sourceOptions } from '../decision-sources';
import { EXIT } from '../exit-code';
import { formatOption } from '../output-format';
import { printJson } from '../print-diagnostics';

interface DecisionsOptions extends SourceOptions {
  readonly format: 'text' | 'json' | 'markdown';
}

/** Sums up what a gateway decided. */
export const command: CliCommand<DecisionsOptions> = {
  configure(parser) {
    sourceOptions(parser).addOption(formatOption('the answer is', ['json', 'markdown']));
  },

  async run({ options, terminal }) {
    const { format } = options;
    const summary = new Summary();
    const sources = await readCalls(terminal, 'decisions', options, (call) => summary.add(call));
    const result = summary.result();
    if (format === 'json') printJson(terminal, { ...result, ...sources });
    else terminal.out(summaryText(result, format));
    return EXIT.ok;
  },
};
