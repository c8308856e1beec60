import { resolve } from 'node:path';
import { Option } from 'commander';
import type { EnforcementMode } from '../../contract/decision';
import { DEFAULT_PORT } from '../../contract/loopback';
import { GovernanceError } from '../../diagnostics/governance-error';
import { type Emulator, LOCAL_PASSWORD, type LocalClient, startEmulator } from '../../emulator';
import { readAgentClients } from '../agent-clients/agent-clients';
import { describeAgentClients } from '../agent-clients/describe-clients';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { GATEWAY_OPTION } from '../gateway-option';
import { readSwitches } from '../read-switches';
import { collect } from '../read-value';
import { readTargetOptions, type TargetOptions, targetOptions } from '../target-options';

interface EmulateOptions extends TargetOptions {
  readonly gateway?: string;
  readonly port: string;
  readonly host?: string;
  readonly mode?: EnforcementMode;
  readonly switch: readonly string[];
  readonly watch: boolean;
  readonly frozen?: true;
  readonly explain?: true;
  readonly clients?: string | true;
  readonly logFile?: string;
  readonly record?: string;
  readonly telemetry?: string;
  readonly otlp?: string;
}

/** Runs a synthesized application on this machine until it is interrupted. */
export const command: CliCommand<EmulateOptions> = {
  configure(parser) {
    targetOptions(parser)
      .argument('[assembly]', 'cloud assembly or gateway manifest (default: cdk.out)')
      .option(...GATEWAY_OPTION)
      .option('--port <number>', 'port to listen on, 0 for any free one', String(DEFAULT_PORT))
      .option('--host <address>', 'address to listen on (default: this machine alone)')
      .addOption(
        new Option('--mode <mode>', "mode of the policy engine, in place of the app's").choices([
          'LOG_ONLY',
          'ENFORCE',
        ]),
      )
      .option('--switch <name=value>', 'choose an unproven behaviour of the platform; repeatable', collect, [])
      .option('--frozen', 'use the assembly as it is, whatever was changed since synth')
      .option('--no-watch', 'do not reload changed sources')
      .option('--clients [name]', "print how agents' programs are configured for this gateway, or one of them")
      .option('--explain', 'explain every decision, and print what functions log')
      .option('--log-file <file>', 'append one JSON line per call')
      .option('--record <file>', 'append what policies can read of each call, for decisions, replay and promote')
      .option('--telemetry <file>', 'append the log records, spans and metrics that the platform would write')
      .option('--otlp <url>', 'send them to an OpenTelemetry collector, for example http://localhost:4318');
  },

  async run({ args, options, terminal }) {
    terminal.expectMuchWork?.();
    const clients = options.clients === undefined ? [] : readAgentClients(options.clients);
    const emulator = await startEmulator({
      assembly: resolve(terminal.cwd, args[0] ?? 'cdk.out'),
      appDirectory: terminal.cwd,
      port: readPort(options.port),
      ...readTargetOptions(options, terminal),
      switches: readSwitches(options.switch),
      watch: options.watch,
      frozen: options.frozen === true,
      explain: options.explain === true,
      print: (line) => terminal.out(`${line}\n`),
      ...(options.gateway === undefined ? {} : { gateway: options.gateway }),
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options.mode === undefined ? {} : { mode: options.mode }),
      ...(options.record === undefined ? {} : { recordFile: resolve(terminal.cwd, options.record) }),
      ...(options.telemetry === undefined ? {} : { telemetryFile: resolve(terminal.cwd, options.telemetry) }),
      ...(options.otlp === undefined ? {} : { otlp: readUrl(options.otlp) }),
      ...(options.logFile === undefined ? {} : { logFile: resolve(terminal.cwd, options.logFile) }),
    });
    terminal.out(welcome(emulator));
    terminal.out(describeAgentClients(clients, emulator));
    await new Promise<void>((done) => terminal.onInterrupt(done));
    await emulator.stop();
    return EXIT.ok;
  },
};

function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (port <= 65_535) return port;
  throw GovernanceError.of('COMMAND_OPTION_INVALID', { option: '--port', value, expected: 'a number from 0 to 65535' });
}

function readUrl(value: string): string {
  if (URL.canParse(value) && /^https?:/.test(value)) return value;
  throw GovernanceError.of('COMMAND_OPTION_INVALID', {
    option: '--otlp',
    value,
    expected: 'a URL such as http://localhost:4318',
  });
}

function welcome(emulator: Emulator): string {
  const { path, gateway, local } = emulator.manifest();
  const personas = local.personas.map(({ username }) => username);
  const [first] = personas;
  const who = first === undefined ? `--claims '{"sub":"somebody"}'` : `--as ${first}`;
  return `${[
    `${path}, ${gateway.mode}`,
    `  MCP endpoint  ${emulator.mcpUrl}`,
    `  page          ${emulator.url}/, dashboard at ${emulator.url}/dashboard`,
    `  personas      ${personas.join(', ') || 'none'}`,
    ...emulator.clients().map(clientLine),
    ...emulator.notices().map((notice) => `  target        ${notice}`),
    `  token         npx governed-gateway token ${who}${emulator.url.endsWith(`:${DEFAULT_PORT}`) ? '' : ` --url ${emulator.url}`}`,
    '  agents        --clients prints configurations of Claude, Cursor, VS Code and others',
  ].join('\n')}\n`;
}

/** What an agent's program is configured with: neither here nor in Cognito does it register itself. */
function clientLine({ name, clientId, flow, callbackUrls }: LocalClient): string {
  if (flow === 'client-credentials') return `  client        ${name}: id ${clientId}, secret ${LOCAL_PASSWORD}`;
  const [first = 'any on this machine', ...others] = callbackUrls ?? [];
  const more = others.length === 0 ? '' : ` or ${others.length} more (--clients)`;
  return `  client        ${name}: id ${clientId}, no secret, callback ${first}${more}`;
}
