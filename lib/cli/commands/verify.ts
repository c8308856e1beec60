import { Option } from 'commander';
import { GovernanceError } from '../../diagnostics/governance-error';
import { oneManifest, readManifests } from '../../policy/assembly/manifest-files';
import { renderJUnit } from '../../policy/testing/report/render-junit';
import { renderReport } from '../../policy/testing/report/render-report';
import { idleSteps } from '../../policy/testing/run/idle-steps';
import { OfflineBackend } from '../../policy/testing/run/offline-backend';
import type { TestReport } from '../../policy/testing/run/report';
import { type RunOptions, runTests } from '../../policy/testing/run/run-tests';
import { loadMcpClient } from '../../verify/mcp-caller';
import { compareReports, renderParity } from '../../verify/parity';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { DEFAULT_ASSEMBLY, gatewayInputs } from '../gateway-input';
import { GATEWAY_OPTION } from '../gateway-option';
import { printDiagnostics, printJson } from '../print-diagnostics';
import { readPattern } from '../read-value';
import { emulatorUrl } from '../running-emulator';
import { targetOptions } from '../target-options';
import type { Terminal } from '../terminal';
import { readTests, withoutPacks } from '../test-files';
import { type LiveRun, openDeployed, openEmulator, type VerifyOptions } from '../verify-backends';
import { verifyControlPlane } from '../verify-control-plane';

/** Runs policy tests through a real MCP client with real tokens, beside the same tests offline. */
export const command: CliCommand<VerifyOptions> = {
  configure(parser) {
    targetOptions(parser)
      .argument('[files...]', 'test files or folders (default: those of the app)')
      .option('--app <dir>', 'cloud assembly with gateway manifests (default: cdk.out)')
      .option(GATEWAY_OPTION[0], `${GATEWAY_OPTION[1]}; required with --url`)
      .option(
        '--emulator [url]',
        'verify the app in an emulator of its own; with --control-plane, compare it with a running one',
      )
      .option('--url <url>', 'MCP endpoint of a deployed gateway; `auto` reads it from the stack')
      .option('--filter <regexp>', 'run only tests whose `file: name` matches')
      .option(
        '--control-plane',
        'compare everything that is declared with everything that is deployed, also without tests',
      )
      .option('--interceptors', 'also invoke the deployed interceptors directly')
      .addOption(
        new Option('--format <format>', 'how results are shown')
          .choices(['text', 'json', 'junit', 'sarif'])
          .default('text'),
      );
  },

  async run({ args, options, terminal }) {
    if (options.emulator !== undefined && options.controlPlane && options.format !== 'junit') {
      const file = oneManifest(options.app ?? DEFAULT_ASSEMBLY, options.gateway, terminal.cwd);
      return verifyControlPlane(terminal, [file], options.format, emulatorUrl(options.emulator));
    }
    if (typeof options.emulator === 'string') {
      throw GovernanceError.of('COMMAND_OPTION_MISSING', {
        command: 'verify',
        option: '--control-plane',
        or: '--emulator',
      });
    }
    const backend = options.emulator ? '--emulator' : options.url === undefined ? undefined : '--url';
    if (backend === undefined && options.controlPlane && options.format !== 'junit') {
      const files = readManifests(options.app ?? DEFAULT_ASSEMBLY, options.gateway, terminal.cwd);
      return verifyControlPlane(terminal, files, options.format);
    }
    if (backend === undefined || (backend === '--url' && options.gateway === undefined)) {
      throw GovernanceError.of('VERIFY_BACKEND_MISSING', {});
    }
    if (options.format === 'sarif') {
      throw GovernanceError.of('COMMAND_OPTIONS_EXCLUSIVE', { first: '--format sarif', second: backend });
    }
    await loadMcpClient();
    const tested = await readTests(
      terminal,
      withoutPacks(await gatewayInputs(terminal, gatewayOptionsOf(options))),
      args,
    );
    let failed = 0;
    for (const { gateway, files } of tested) {
      const live = options.emulator
        ? await openEmulator(terminal, gateway.label, options)
        : await openDeployed(terminal, gateway.label, options);
      try {
        const offline = await runTests(files, new OfflineBackend(gateway), runOptions(options));
        const report = await runTests(files, live.backend, { ...runOptions(options), onCase: progress(terminal) });
        if (options.filter === undefined) printDiagnostics(terminal, 'text', idleSteps(gateway, files));
        show(terminal, options.format, gateway.label, { offline, live: report, checks: live.checks });
        failed += offline.failed + report.failed + live.checks.filter(({ ok }) => !ok).length;
      } finally {
        await live.close();
      }
    }
    return failed > 0 ? EXIT.negative : EXIT.ok;
  },
};

function gatewayOptionsOf({ app, gateway }: VerifyOptions): { app?: string; gateway?: string } {
  return { ...(app === undefined ? {} : { app }), ...(gateway === undefined ? {} : { gateway }) };
}

function runOptions({ filter }: VerifyOptions): RunOptions {
  return filter === undefined ? {} : { filter: readPattern('--filter', filter) };
}

/** A line that rewrites itself, where a person watches. */
function progress(terminal: Terminal): NonNullable<RunOptions['onCase']> {
  let done = 0;
  return (_, total) => {
    done += 1;
    if (terminal.interactive) terminal.err(`\r${done} of ${total}${done === total ? '\n' : ''}`);
  };
}

interface Results {
  readonly offline: TestReport;
  readonly live: TestReport;
  readonly checks: LiveRun['checks'];
}

function show(terminal: Terminal, format: VerifyOptions['format'], gateway: string, results: Results): void {
  const { offline, live, checks } = results;
  const parity = compareReports([offline, live]);
  if (format === 'json') printJson(terminal, { gateway, offline, live, parity, checks });
  if (format === 'junit') terminal.out(renderJUnit(live));
  if (format !== 'text') return;
  terminal.out(`${gateway}\n${renderParity(parity)}\n${renderReport(offline)}${renderReport(live)}`);
  for (const { name, ok, detail } of checks) terminal.out(ok ? `ok      ${name}\n` : `FAILED  ${name}: ${detail}\n`);
}
