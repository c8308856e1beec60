import { readExpectations } from '../../decisions/expectations';
import { DecideAgain } from '../../decisions/replay/decide-again';
import { replayText } from '../../decisions/replay/render-replay';
import { Replay } from '../../decisions/replay/replay';
import type { CliCommand } from '../command';
import { readCalls, type SourceOptions, sourceOptions } from '../decision-sources';
import { EXIT } from '../exit-code';
import { oneGateway, synthesizedGateways, theOnly } from '../gateway-input';
import { policySetOf } from '../gateway-views';
import { formatOption } from '../output-format';
import { printJson } from '../print-diagnostics';
import { readText } from '../read-value';

interface ReplayOptions extends SourceOptions {
  readonly expect?: string;
  readonly format: 'text' | 'json' | 'markdown';
}

/** Decides recorded calls again by the policies of this working tree, and says whose calls that changes. */
export const command: CliCommand<ReplayOptions> = {
  configure(parser) {
    sourceOptions(parser)
      .option('--base <dir>', 'cloud assembly with the policies as they were (default: what was observed)')
      .option('--expect <file>', 'YAML list of changes that are meant, each with its reason')

      .addOption(formatOption('the answer is', ['json', 'markdown']));
  },

  async run({ options, terminal }) {
    const { base, expect, format } = options;
    terminal.expectMuchWork?.();
    const after = new DecideAgain(policySetOf(await oneGateway(terminal, options)));
    const before =
      base === undefined
        ? undefined
        : new DecideAgain(policySetOf(theOnly(await synthesizedGateways(terminal, base, options.gateway))));
    const expectations = expect === undefined ? [] : readExpectations(expect, await readText(terminal, expect));
    const replay = new Replay({ after, expectations, now: new Date(), ...(before === undefined ? {} : { before }) });
    await readCalls(terminal, 'replay', options, (call) => replay.add(call));
    const report = replay.result();
    if (format === 'json') printJson(terminal, report);
    else terminal.out(replayText(report, format));
    return report.unexpected > 0 ? EXIT.negative : EXIT.ok;
  },
};
