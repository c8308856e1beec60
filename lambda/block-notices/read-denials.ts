import type { FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { type DenialLine, parseDenialLine } from '../../lib/contract/denial-line';
import type { Window } from './notice';

/** Pages of a window that are read. */
const MAX_PAGES = 50;

/** One page of the log's lines with a denial. */
export type ReadPage = (window: Window, nextToken: string | undefined) => Promise<FilterLogEventsCommandOutput>;

/** What a window's log says. */
export interface Denials {
  readonly lines: readonly DenialLine[];
  /** Whether everything was read. */
  readonly complete: boolean;
}

/** The denials of a window. An event that comes twice counts once, and so does an invocation that wrote its line twice. */
export async function readDenials(read: ReadPage, window: Window): Promise<Denials> {
  const events = new Set<string>();
  const lines = new Map<string, DenialLine>();
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await read(window, nextToken);
    for (const { eventId = '', message = '', timestamp = 0 } of answer.events ?? []) {
      const isOutside = timestamp < window.from || timestamp >= window.to;
      if (isOutside || (eventId !== '' && events.has(eventId))) continue;
      events.add(eventId);
      const line = parseDenialLine(message);
      if (line !== undefined) lines.set(line.invocation, line);
    }
    nextToken = answer.nextToken;
    if (nextToken === undefined) return { lines: [...lines.values()], complete: true };
  }
  return { lines: [...lines.values()], complete: false };
}
