import type { CallRecord } from '../call-record';
import { decisionLine } from './decision-line';

/** Characters of lines that are kept: some ten thousand calls. */
const CAPACITY = 16_000_000;

/** The last decision records, as the commands read them from a running emulator. */
export class RecentRecords {
  private readonly kept: string[] = [];
  private size = 0;

  /** Keeps the line of a call and gives it; undefined for whatever is no call of a tool. */
  add(record: CallRecord): string | undefined {
    const decided = decisionLine(record);
    if (decided === undefined) return undefined;
    const line = `${JSON.stringify(decided)}\n`;
    this.kept.push(line);
    this.size += line.length;
    while (this.size > CAPACITY) this.size -= this.kept.shift()?.length ?? this.size;
    return line;
  }

  /** Lines of JSON, the oldest first. */
  get text(): string {
    return this.kept.join('');
  }
}
