import { expect } from 'vitest';
import { CommandLine } from '../cli/command-line';
import { type Block, blocksOf, commandOf } from './page';

type PageCommand = ReturnType<typeof commandOf> & { readonly line: string };

/** A page whose blocks are files of one app and commands that are run in it. */
export class PageApp {
  readonly blocks: readonly Block[];
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly commands: readonly PageCommand[];
  readonly app: CommandLine;

  constructor(page: string) {
    this.blocks = blocksOf(page);
    this.files = this.blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text] as const]));
    this.commands = this.blocks
      .filter(({ language }) => language === 'console')
      .map(commandOf)
      .map((command) => ({ ...command, line: command.args.join(' ') }));
    this.app = new CommandLine(Object.fromEntries(this.files));
  }

  /** Runs a command, and holds the page to what it prints and to its exit code. */
  async expectPrinted({ args, code, output }: PageCommand): Promise<void> {
    expect(args.slice(0, 2)).toEqual(['npx', 'governed-gateway']);
    const result = await this.app.run(args.slice(2));
    expect(result.out + result.err).toBe(output);
    expect(result.code).toBe(code);
  }
}
