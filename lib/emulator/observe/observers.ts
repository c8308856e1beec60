import { appendFileSync, closeSync, openSync } from 'node:fs';
import type { CallRecord } from '../call-record';
import type { EmulatorOptions } from '../options';
import { consoleLine } from './console-line';

/** Calls that the page can show. */
const REMEMBERED = 200;

/** Everyone who wants to know what happens: console, log file, page. */
export class Observers {
  readonly recent: CallRecord[] = [];
  private readonly print: (line: string) => void;
  private readonly logFile: number | undefined;

  constructor(private readonly options: Pick<EmulatorOptions, 'print' | 'explain' | 'logFile'>) {
    this.print = options.print ?? (() => undefined);
    this.logFile = options.logFile === undefined ? undefined : openSync(options.logFile, 'a');
  }

  call(record: CallRecord): void {
    this.recent.push(record);
    if (this.recent.length > REMEMBERED) this.recent.shift();
    if (this.options.print !== undefined) {
      this.print(consoleLine(record));
      if (this.options.explain && record.explanation !== undefined) this.print(indented(record.explanation));
    }
    if (this.logFile !== undefined) {
      // Arguments may hold anything that an agent sends: they stay out of files.
      const { input: _, explanation: __, ...line } = record;
      appendFileSync(this.logFile, `${JSON.stringify(line)}\n`);
    }
  }

  warn(text: string): void {
    this.print(`warning: ${text}`);
  }

  say(text: string): void {
    this.print(text);
  }

  functionOutput(name: string, text: string): void {
    if (!this.options.explain) return;
    for (const line of text.trimEnd().split('\n')) this.print(`  ${name} | ${line}`);
  }

  stop(): void {
    if (this.logFile !== undefined) closeSync(this.logFile);
  }
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}
