import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { GatewayReport, Known } from '../../report/gateway-report';
import { htmlPage } from '../../report/render/html';
import { markdownPage } from '../../report/render/markdown';
import { reportPage } from '../../report/report-page';
import type { CliCommand } from '../command';
import { deployedManifest, type SourceOptions, sinceTime, sourceOptions } from '../decision-sources';
import { EXIT } from '../exit-code';
import { oneGateway } from '../gateway-input';
import { printDiagnostics } from '../print-diagnostics';
import { attempt } from '../report/attempt';
import { declaredPart } from '../report/declared-part';
import { changesOf, deploymentOf } from '../report/deployed-part';
import { decisionsOf } from '../report/observed-part';
import { emulatorUrl } from '../running-emulator';
import type { Terminal } from '../terminal';
import { edgesOf } from '../verify-control-plane';

interface ReportOptions extends SourceOptions {
  readonly offline?: true;
  readonly out?: string;
  readonly format: 'html' | 'markdown' | 'json';
}

/** Makes a report of one gateway for people who were not there. */
export const command: CliCommand<ReportOptions> = {
  configure(parser) {
    sourceOptions(parser)
      .option('--offline', 'ask nothing of AWS, although --gateway names a gateway')
      .option('--out <file>', 'where the report is written (default: standard output)')
      .addOption(
        new Option('--format <format>', 'how the report is written')
          .choices(['html', 'markdown', 'json'])
          .default('html'),
      );
  },

  async run({ options, terminal }) {
    const gateway = await oneGateway(terminal, options);
    const failures: GovernanceError[] = [];
    const made = new Date();
    const report: GatewayReport = {
      reportVersion: 1,
      made: made.toISOString(),
      gateway: {
        path: gateway.label,
        name: gateway.deployedAs?.gateway,
        stack: gateway.deployedAs?.stack,
        mode: gateway.mode,
        authorization: gateway.identity?.authorization,
      },
      ...(await declaredPart(terminal, gateway)),
      ...(await observed(terminal, options, made, (error) => failures.push(error))),
    };
    const text = rendered(report, options.format);
    if (options.out === undefined) terminal.out(text);
    else await writeFile(resolve(terminal.cwd, options.out), text);
    for (const { diagnostics } of failures) printDiagnostics(terminal, 'text', diagnostics);
    return failures.length === 0 ? EXIT.ok : EXIT.couldNotRun;
  },
};

type Observed = Pick<GatewayReport, 'decisions' | 'deployment' | 'changes'>;

/** Days that are looked back when nobody says since when. */
const PERIOD = '30d';

async function observed(
  terminal: Terminal,
  options: ReportOptions,
  now: Date,
  onFailure: (error: GovernanceError) => void,
): Promise<Observed> {
  const { file, gateway, since = PERIOD, offline } = options;
  const emulator = emulatorUrl(options.emulator);
  if (file.length > 0) {
    const why = 'the decisions were read from files, and no deployment was asked (--gateway)';
    return { decisions: { known: true, value: await decisionsOf(terminal, options) }, ...notAsked(why) };
  }
  if (emulator !== undefined) {
    const manifest = deployedManifest(terminal, options);
    return {
      decisions: await attempt(() => decisionsOf(terminal, options), onFailure),
      deployment: await attempt(async () => deploymentOf(manifest, await edgesOf(manifest, emulator)), onFailure),
      changes: { known: false, why: 'an emulator has no history of who changed it' },
    };
  }
  if (gateway === undefined || offline === true) {
    const why = 'no deployment was asked (--gateway)';
    return {
      decisions: { known: false, why: 'no recorded calls were given (--file) and no deployment was asked (--gateway)' },
      ...notAsked(why),
    };
  }
  const manifest = deployedManifest(terminal, options);
  const stop = new AbortController();
  terminal.onInterrupt(() => stop.abort(GovernanceError.of('REPORT_INTERRUPTED', {})));
  const period = { since: sinceTime(since, now), signal: stop.signal };
  const decisions = await attempt(() => decisionsOf(terminal, { ...options, since }), onFailure);
  const deployment = await attempt(async () => deploymentOf(manifest, await edgesOf(manifest)), onFailure);
  stop.signal.throwIfAborted();
  const changes = await attempt(() => changesOf(terminal, manifest, period), onFailure);
  return { decisions, deployment, changes };
}

function notAsked(why: string): { readonly deployment: Known<never>; readonly changes: Known<never> } {
  return { deployment: { known: false, why }, changes: { known: false, why } };
}

function rendered(report: GatewayReport, format: ReportOptions['format']): string {
  if (format === 'json') return `${JSON.stringify(report, undefined, 2)}\n`;
  const page = reportPage(report);
  return format === 'html' ? htmlPage(page) : markdownPage(page);
}
