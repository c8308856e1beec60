import { resolve } from 'node:path';
import type { Command } from 'commander';
import { GovernanceError } from '../diagnostics/governance-error';
import type { EmulatorOptions } from '../emulator';
import { collect } from './read-value';
import type { Terminal } from './terminal';

/** Options that say what answers for the targets of an emulated gateway. */
export interface TargetOptions {
  readonly endpoint: readonly string[];
  readonly live?: true;
  readonly answers?: string;
}

/** Declares the options. */
export function targetOptions(parser: Command): Command {
  return parser
    .option('--endpoint <target=url>', 'call an HTTP or MCP server target at this URL; repeatable', collect, [])
    .option('--live', 'call HTTP and MCP server targets at their real URLs')
    .option('--answers <dir>', 'folder of canned answers, one file target___tool.json for each tool');
}

/** The options as the emulator takes them. */
export function readTargetOptions(
  { endpoint, live, answers }: TargetOptions,
  terminal: Terminal,
): Pick<EmulatorOptions, 'endpoints' | 'live' | 'answers'> {
  return {
    endpoints: Object.fromEntries(endpoint.map(readEndpoint)),
    live: live === true,
    ...(answers === undefined ? {} : { answers: resolve(terminal.cwd, answers) }),
  };
}

function readEndpoint(text: string): [string, string] {
  const [target = '', ...rest] = text.split('=');
  const url = rest.join('=');
  if (target === '' || !URL.canParse(url)) throw GovernanceError.of('EMULATOR_ENDPOINT_INVALID', { value: text });
  return [target, url];
}
