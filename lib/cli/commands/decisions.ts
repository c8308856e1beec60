import { summaryOfCounts } from '../../decisions/summary/count-summary';
import { summaryText } from '../../decisions/summary/render-summary';
import { type DecisionSummary, Summary } from '../../decisions/summary/summary';
import type { CliCommand } from '../command';
import { type ReadSources, readCalls, readCounts, type SourceOptions, sourceOptions } from '../decision-sources';
import { EXIT } from '../exit-code';
import { sourceIds } from '../observed-policies';
import { formatOption } from '../output-format';
import { printJson } from '../print-diagnostics';
import type { Terminal } from '../terminal';

interface DecisionsOptions extends SourceOptions {
  readonly metrics?: true;
  readonly format: 'text' | 'json' | 'markdown';
}

/** Sums up what a gateway decided. */
export const command: CliCommand<DecisionsOptions> = {
  configure(parser) {
    sourceOptions(parser)
      .option(
        '--metrics',
        'counts of a deployed gateway (--gateway) from CloudWatch, which need no log, in the place of calls',
      )
      .addOption(formatOption('the answer is', ['json', 'markdown']));
  },

  async run({ options, terminal }) {
    const { format, metrics } = options;
    const { result, ...sources } =
      metrics === true ? await counted(terminal, options) : await observed(terminal, options);
    if (format === 'json') printJson(terminal, { ...result, ...sources });
    else terminal.out(summaryText(result, format));
    return EXIT.ok;
  },
};

async function observed(
  terminal: Terminal,
  options: DecisionsOptions,
): Promise<ReadSources & { result: DecisionSummary }> {
  const summary = new Summary();
  const sources = await readCalls(terminal, 'decisions', options, (call) => summary.add(call));
  return { ...sources, result: summary.result() };
}

async function counted(terminal: Terminal, options: DecisionsOptions): Promise<{ result: DecisionSummary }> {
  const { counts, isCut } = await readCounts(terminal, 'decisions', options);
  const ids = sourceIds(terminal, options);
  return { result: summaryOfCounts(counts, isCut, (policy) => ids.of(policy)) };
}
