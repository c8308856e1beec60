import type { ObservedCall } from '../observed-call';
import { CallJoin } from './join';
import { objectOfLine } from './lines';
import { logLine } from './log-line';
import type { PartialCall } from './partial-call';
import { recordLine } from './record-line';
import { spanLine } from './span-line';

/** How many lines of each kind were read. */
export interface LineCounts {
  record: number;
  log: number;
  span: number;
  /** Lines about something else. */
  other: number;
}

/** Reads lines of any source, in any mixture, and tells each call once. */
export class CallReader {
  readonly counts: LineCounts = { record: 0, log: 0, span: 0, other: 0 };
  private readonly join: CallJoin;

  constructor(tell: (call: ObservedCall) => void) {
    this.join = new CallJoin(tell);
  }

  line(text: string): void {
    const object = objectOfLine(text);
    const part: PartialCall | undefined = object && (recordLine(object) ?? logLine(object) ?? spanLine(object));
    this.counts[part?.source ?? 'other']++;
    if (part !== undefined) this.join.add(part);
  }

  finish(): void {
    this.join.finish();
  }
}
