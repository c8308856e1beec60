import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Argument } from 'commander';
import { compareTools, type ToolChange } from '../../authoring/tools/compare-tools';
import { askServer, nameOf } from '../../authoring/tools/mcp-server';
import { pinText } from '../../authoring/tools/pinned-tools';
import { renderChanges } from '../../authoring/tools/render-changes';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { formatOption } from '../output-format';
import { type PinnedFile, pinnedFiles } from '../pinned-files';
import { printJson } from '../print-diagnostics';
import { serverAccess, TOKEN_VARIABLE } from '../starter-input';
import type { Terminal } from '../terminal';

interface Options {
  readonly check?: true;
  readonly token?: string;
  readonly format: 'text' | 'json';
}

/** Compares pinned tools with what their servers say now. */
export const command: CliCommand<Options> = {
  configure(parser) {
    parser
      .addArgument(new Argument('<action>', 'what to do').choices(['refresh']))
      .argument('[files...]', 'pins (default: those in tools/)')
      .option('--check', 'change no file, and end with 2 when something changed; so it is where the variable CI is set')
      .option('--token <file>', `file with a bearer token for the server (or ${TOKEN_VARIABLE})`)
      .addOption(formatOption('what changed is', ['json']));
  },

  async run({ args: [, ...files], options, terminal }) {
    const isCheck = options.check === true || isSet(process.env['CI']);
    const pins = await pinnedFiles(terminal, files);
    const access = await serverAccess(terminal, options.token);
    const compared = [];
    for (const one of pins) {
      const now = await askServer(one.pin.origin, access);
      compared.push({ one, now: now.tools, changes: compareTools(one.pin, now.tools) });
    }
    const changed = compared.filter(({ changes }) => changes.length > 0);
    if (!isCheck) for (const { one, now } of changed) await write(terminal, one, { ...one.pin, tools: now });
    if (options.format === 'json')
      printJson(terminal, { servers: compared.map(({ one, changes }) => shown(one, changes)) });
    else for (const { one, changes } of compared) terminal.out(text(one, changes, isCheck));
    return isCheck && changed.length > 0 ? EXIT.negative : EXIT.ok;
  },
};

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}

function shown({ file, pin }: PinnedFile, changes: readonly ToolChange[]): object {
  return { file, server: nameOf(pin.origin), changes };
}

function text({ file, pin }: PinnedFile, changes: readonly ToolChange[], isCheck: boolean): string {
  const server = nameOf(pin.origin);
  if (changes.length === 0) return `${file}: ${server} offers what is pinned\n`;
  const count = changes.length === 1 ? '1 tool' : `${changes.length} tools`;
  const done = isCheck ? 'differ from the pin' : 'differed, and are pinned as they are now';
  return `${file}: ${count} of ${server} ${done}\n${renderChanges(changes)}`;
}

async function write(terminal: Terminal, { file }: PinnedFile, pin: PinnedFile['pin']): Promise<void> {
  try {
    await writeFile(resolve(terminal.cwd, file), pinText(pin));
  } catch (error) {
    const problem = (error as NodeJS.ErrnoException).code ?? String(error);
    throw GovernanceError.of('TOOLS_PIN_UNWRITABLE', { file, problem });
  }
}
