import type { Caller, Statement } from './statement';

/** One row of an answer: numbers and booleans as such, dates and times as text. */
export interface Row {
  readonly [column: string]: string | number | boolean | null;
}

/** The data lake, as the tools see it. */
export interface Lake {
  /** Runs a statement under the caller's role. `remainingTime` gives the milliseconds that are left for it. */
  query(caller: Caller, statement: Statement, remainingTime: () => number): Promise<Row[]>;
}
