/** How a cell or a fact is meant: nothing to do, look at it, or something that nobody knows. */
export type Tone = 'plain' | 'good' | 'bad' | 'unknown';

/** A piece of text as it came, escaped by whoever renders it. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

/** A part of a section. Renderers know these and nothing of gateways. */
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Tone }
  /** Names with their values. */
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: Cell])[] }
  /** `numbers` are the columns, counted from 0, that hold numbers. */
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
      readonly numbers?: readonly number[];
    }
  /** Text of several lines as it was written. */
  | { readonly kind: 'code'; readonly title: string; readonly text: string }
  /** Shares of a whole by row, such as outcomes by day. Drawn where something can be drawn. */
  | { readonly kind: 'bars'; readonly series: readonly string[]; readonly rows: readonly BarRow[] };

export interface BarRow {
  readonly label: string;
  /** One for each series. */
  readonly values: readonly number[];
}

export interface Section {
  /** Stands in links: small letters and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A whole page, before anybody decides how it looks. */
export interface Page {
  readonly title: string;
  /** Line below the title. */
  readonly subtitle: string;
  /** What a reader in a hurry has to see, each with a link to its section. */
  readonly marks: readonly Mark[];
  readonly sections: readonly Section[];
}

export interface Mark {
  readonly section: string;
  readonly label: string;
  readonly value: Cell;
}

/** A cell. */
export function cell(text: string | number | undefined, tone?: Tone): Cell {
  return { text: text === undefined ? '–' : String(text), ...(tone === undefined ? {} : { tone }) };
}

/** A time to the second, without the signs of ISO 8601. The page says that times are in UTC. */
export function timeText(time: string | undefined): string | undefined {
  return time?.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/, '$1 $2');
}

/** A stand-in for a source that tells nothing. */
export function notKnown(why: string): Block {
  return { kind: 'text', text: `Not known: ${why}`, tone: 'unknown' };
}
