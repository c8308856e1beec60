import { Option } from 'commander';
import { GovernanceError } from '../../diagnostics/governance-error';
import { renderJUnit } from '../../policy/testing/report/render-junit';
import { percentText, renderCoverage, renderMutation, renderReport } from '../../policy/testing/report/render-report';
import type { CliCommand } from '../command';
import { EXIT, type ExitCode } from '../exit-code';
import { type GatewayOptions, gatewayInputs, gatewayOptions } from '../gateway-input';
import { printDiagnostics, printJson } from '../print-diagnostics';
import { readPattern, readPercent } from '../read-value';
import { type GatewayTestResults, runGatewayTests } from '../run-gateway-tests';
import type { Terminal } from '../terminal';
import { readTests } from '../test-files';
import { watchTests } from '../test-watch';
import { writeSuggestions } from '../write-suggestions';

interface TestOptions extends GatewayOptions {
  readonly coverage?: true;
  readonly threshold?: string;
  readonly filter?: string;
  readonly mutate?: true;
  readonly suggest?: true;
  readonly suggestTo?: string;
  readonly watch?: true;
  readonly format: 'text' | 'json' | 'junit';
}

/** Runs policy tests offline. */
export const command: CliCommand<TestOptions> = {
  configure(parser) {
    gatewayOptions(parser.argument('[files...]', 'test files or folders (default: those beside the policies)'))
      .option('--coverage', 'report which conditions the tests saw true and false')
      .option('--threshold <percent>', 'measure coverage, and fail below this percentage')
      .option('--filter <regexp>', 'run only tests whose `file: name` matches')
      .option('--mutate', 'plant faults in the policies and report those that no test notices')
      .option('--suggest', 'plant faults, and print the missing test of each that no test notices')
      .option('--suggest-to <file>', 'write the missing tests as a new test file')
      .option('--watch', 'run again whenever a policy, a test or the assembly changes')
      .addOption(
        new Option('--format <format>', 'how results are shown').choices(['text', 'json', 'junit']).default('text'),
      );
  },

  async run({ args, options, terminal }) {
    const run = (): Promise<ExitCode> => runOnce(terminal, options, args);
    if (options.watch === undefined) return run();
    const second = options.suggestTo === undefined ? `--format ${options.format}` : '--suggest-to';
    if (second !== '--format text') throw GovernanceError.of('COMMAND_OPTIONS_EXCLUSIVE', { first: '--watch', second });
    await watchTests(terminal, options, args, run);
    return EXIT.ok;
  },
};

async function runOnce(terminal: Terminal, options: TestOptions, args: readonly string[]): Promise<ExitCode> {
  const threshold = options.threshold === undefined ? undefined : readPercent('--threshold', options.threshold);
  const filter = options.filter === undefined ? undefined : readPattern('--filter', options.filter);
  const tested = await readTests(terminal, await gatewayInputs(terminal, options), args);
  const coverage = options.coverage === true || threshold !== undefined;
  const results = await runGatewayTests(terminal, tested, {
    coverage,
    mutate: options.mutate === true,
    suggest: options.suggest === true || options.suggestTo !== undefined,
    ...(filter === undefined ? {} : { filter }),
  });
  const { report, gateways } = results;
  if (filter !== undefined && report.passed + report.failed + report.notApplicable === 0) {
    throw GovernanceError.of('TEST_FILTER_MATCHES_NONE', { filter: filter.source });
  }
  if (options.suggestTo !== undefined) await writeSuggestions(terminal, options.suggestTo, gateways);
  const below = gateways.filter((gateway) => gateway.coverage && gateway.coverage.percent < (threshold ?? 0));
  if (options.format === 'json') printJson(terminal, { ...report, gateways });
  if (options.format === 'junit') terminal.out(renderJUnit(report));
  if (options.format === 'text') terminal.out(renderReport(report));
  // JUnit has no place for these, so that they go where findings go.
  if (options.format !== 'json') extras(results, options.format === 'text' ? terminal.out : terminal.err);
  if (options.format !== 'json') {
    printDiagnostics(
      terminal,
      'text',
      gateways.flatMap(({ findings }) => findings),
    );
  }
  for (const { gateway, coverage: found } of below) {
    terminal.err(`${gateway}: coverage ${percentText(found?.percent ?? 0)} is below ${threshold} %\n`);
  }
  const survived = gateways.some(({ mutation }) => mutation !== undefined && mutation.survived > 0);
  return report.failed > 0 || below.length > 0 || survived ? EXIT.negative : EXIT.ok;
}

function extras({ gateways }: GatewayTestResults, write: (text: string) => void): void {
  for (const { gateway, coverage, mutation } of gateways) {
    const head = gateways.length > 1 ? `\n${gateway}\n` : '';
    const parts = [coverage && renderCoverage(coverage), mutation && renderMutation(mutation)].filter(
      (part) => part !== undefined,
    );
    if (parts.length > 0) write(`${head}${parts.join('')}`);
  }
}
