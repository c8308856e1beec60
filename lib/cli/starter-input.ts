import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { NOTES } from '../authoring/project/notes-content';
import type { ProjectContent } from '../authoring/project/plan-project';
import { gatewayEndpoint, mcpSource, mcpTarget } from '../authoring/starter/mcp-starter';
import { riskTable } from '../authoring/starter/risk-table';
import { starterContent } from '../authoring/starter/starter-content';
import { isTargetName, targetNameOf } from '../authoring/starter/target-name';
import { commandWords } from '../authoring/tools/command-words';
import { askServer } from '../authoring/tools/mcp-server';
import type { ToolOrigin, ToolPin } from '../authoring/tools/pinned-tools';
import { serverUrl } from '../authoring/tools/server-url';
import { invalidClassNames } from '../contract/tool-classes/names';
import { GovernanceError } from '../diagnostics/governance-error';
import { onlyOption } from './one-option';
import { collect, readText } from './read-value';
import type { Terminal } from './terminal';

/** Options that say from which tools a project starts. */
export interface StarterOptions {
  readonly fromMcp?: string;
  readonly fromMcpCommand?: string;
  readonly fromOpenapi?: string;
  readonly target?: string;
  readonly token?: string;
  readonly env: readonly string[];
  readonly trustAnnotations?: true;
  readonly class: readonly string[];
  readonly endpoint?: string;
}

/** Declares the options. */
export function starterOptions(command: Command): Command {
  return command
    .option('--from-mcp <url>', 'start from the tools of an MCP server')
    .option('--from-mcp-command <command>', 'start from the tools of an MCP server that this command runs')
    .option('--from-openapi <file>', 'start from the operations of an OpenAPI document')
    .option('--target <name>', 'name of the target (default: as the server or the document calls itself)')
    .option('--token <file>', `file with a bearer token for the server (or ${TOKEN_VARIABLE})`)
    .option('--env <name>', 'environment variable that the command is given; repeatable', collect, [])
    .option('--trust-annotations', 'believe what the server says about the risk of its tools')
    .option(
      '--class <name=classes>',
      'what a tool is, or all that fit a pattern: `get_*=read`; repeatable',
      collect,
      [],
    )
    .option('--endpoint <url>', 'public URL at which the gateway will reach the server');
}

/** The variable that holds a bearer token, so that it stands in no file. */
export const TOKEN_VARIABLE = 'GOVERNED_GATEWAY_MCP_TOKEN';

/** What the options ask for; the notes where they ask for nothing. Shows the risks of tools that exist. */
export async function starterInput(terminal: Terminal, options: StarterOptions): Promise<ProjectContent> {
  const { fromMcp, fromMcpCommand, fromOpenapi } = options;
  const given = onlyOption({ 'from-mcp': fromMcp, 'from-mcp-command': fromMcpCommand, 'from-openapi': fromOpenapi });
  if (given === undefined) return NOTES;
  if (fromOpenapi !== undefined) return fromDocument(terminal, fromOpenapi, options);
  return fromServer(terminal, fromMcp === undefined ? commandOrigin(options) : urlOrigin(fromMcp), options);
}

async function fromServer(terminal: Terminal, origin: ToolOrigin, options: StarterOptions): Promise<ProjectContent> {
  const classes = classesOf(options.class);
  const { name, tools } = await askServer(origin, await serverAccess(terminal, options.token));
  const pin = { origin, trustAnnotations: options.trustAnnotations === true, classes, tools };
  const target = mcpTarget(targetName(options, name), pin);
  terminal.out(`${riskTable(target)}\n`);
  const endpoint = options.endpoint === undefined ? undefined : readUrl('--endpoint', options.endpoint);
  return starterContent(target, mcpSource(target.name, pin, gatewayEndpoint(target.name, origin, endpoint)));
}

/** How a server is asked that the options name. */
export async function serverAccess(terminal: Terminal, tokenFile: string | undefined) {
  const text = tokenFile === undefined ? process.env[TOKEN_VARIABLE] : await readText(terminal, tokenFile);
  const token = text?.trim() ?? '';
  return { cwd: terminal.cwd, environment: process.env, ...(token !== '' && { token }) };
}

async function fromDocument(terminal: Terminal, file: string, options: StarterOptions): Promise<ProjectContent> {
  const text = await readText(terminal, file);
  // Reads the constructs of the targets, and with them the CDK, which nobody else has to wait for.
  const { openApiSource, openApiTarget } = await import('../authoring/starter/openapi-starter.js');
  const name = targetName(options, basename(file).split('.')[0] ?? '');
  const said = classesOf(options.class);
  const target = openApiTarget(name, resolve(terminal.cwd, file), said);
  terminal.out(`${riskTable(target)}\n`);
  return starterContent(target, openApiSource(target.name, file, text, said));
}

function targetName({ target }: StarterOptions, otherwise: string): string {
  if (target === undefined) return targetNameOf(otherwise);
  if (isTargetName(target)) return target;
  const expected = 'letters and digits with single `-` between them, at most 100';
  throw GovernanceError.of('COMMAND_OPTION_INVALID', { option: '--target', value: target, expected });
}

function urlOrigin(text: string): ToolOrigin {
  return { url: readUrl('--from-mcp', text) };
}

/** `get_*=read,pii` for each pattern. */
function classesOf(said: readonly string[]): ToolPin['classes'] {
  const entries = said.map((text): [string, string[]] => {
    const [, name = '', list = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    const classes = list.split(',').map((one) => one.trim());
    if (name !== '' && invalidClassNames(classes).length === 0) return [name.trim(), classes];
    const expected = 'a tool or a pattern, and its classes, such as `get_*=read`';
    throw GovernanceError.of('COMMAND_OPTION_INVALID', { option: '--class', value: text, expected });
  });
  return Object.fromEntries(entries);
}

function commandOrigin({ fromMcpCommand: line = '', env }: StarterOptions): ToolOrigin {
  const command = commandWords(line);
  if (command !== undefined) return { command, ...(env.length > 0 && { environment: env }) };
  const expected = 'a program and its arguments, with quotes around an argument that has blanks';
  throw GovernanceError.of('COMMAND_OPTION_INVALID', { option: '--from-mcp-command', value: line, expected });
}

function readUrl(option: string, value: string): string {
  const url = serverUrl(value);
  if (url !== undefined) return url;
  throw GovernanceError.of('COMMAND_OPTION_INVALID', {
    option,
    value,
    expected: 'a URL such as `https://mcp.example.com/mcp`',
  });
}
