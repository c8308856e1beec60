import { appendFileSync, closeSync, openSync } from 'node:fs';
import type { CallDetails } from '../call-details';
import type { CallRecord } from '../call-record';
import type { EmulatorOptions } from '../options';
import { CallHistory } from './call-history';
import { consoleLine } from './console-line';
import { printable } from './printable';
import { RecentRecords } from './recent-records';
import { Telemetry } from './telemetry/telemetry';

/** Everyone who wants to know what happens: console, log file, page. */
export class Observers {
  readonly history = new CallHistory();
  readonly records = new RecentRecords();
  private readonly print: (line: string) => void;
  private readonly logFile: number | undefined;
  private readonly recordFile: number | undefined;
  private readonly telemetry: Telemetry;

  constructor(
    private readonly options: Pick<
      EmulatorOptions,
      'print' | 'explain' | 'logFile' | 'recordFile' | 'telemetryFile' | 'otlp'
    >,
  ) {
    this.print = options.print ?? (() => undefined);
    this.logFile = options.logFile === undefined ? undefined : openSync(options.logFile, 'a');
    this.recordFile = options.recordFile === undefined ? undefined : openSync(options.recordFile, 'a');
    const { telemetryFile: file, otlp } = options;
    this.telemetry = new Telemetry({ file, otlp, warn: (text) => this.warn(text) });
  }

  call(record: CallRecord, details: CallDetails): void {
    this.writeDown(record);
    this.history.add(record, details);
    if (this.options.print !== undefined) {
      this.print(consoleLine(record));
      if (record.why !== undefined) this.print(indented(printable(record.why)));
      // What makes policies err is nothing that a caller can see, and nearly always a mistake of the policies.
      const isExplained = this.options.explain || record.outcome === 'ERROR';
      if (isExplained && record.explanation !== undefined) this.print(indented(printable(record.explanation)));
    }
    if (this.logFile !== undefined) {
      // Arguments may hold anything that an agent sends: they stay out of files.
      const { input: _, explanation: __, recorded: ___, ...line } = record;
      appendFileSync(this.logFile, `${JSON.stringify(line)}\n`);
    }
  }

  private writeDown(record: CallRecord): void {
    this.telemetry.call(record);
    const line = this.records.add(record);
    if (line !== undefined && this.recordFile !== undefined) appendFileSync(this.recordFile, line);
  }

  warn(text: string): void {
    this.print(`warning: ${printable(text)}`);
  }

  say(text: string): void {
    this.print(text);
  }

  /** Shows a notice as it would arrive. */
  notice(text: string): void {
    for (const line of text.split('\n')) this.print(`  notice | ${printable(line)}`.trimEnd());
  }

  functionOutput(name: string, text: string): void {
    if (!this.options.explain) return;
    for (const line of text.trimEnd().split('\n')) this.print(`  ${name} | ${printable(line)}`);
  }

  async stop(): Promise<void> {
    await this.telemetry.stop();
    if (this.recordFile !== undefined) closeSync(this.recordFile);
    if (this.logFile !== undefined) closeSync(this.logFile);
  }
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}
