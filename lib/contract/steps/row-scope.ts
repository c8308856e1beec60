import type { CallerSelector, ToolSelectors } from './selectors';

/** Removes rows from results that do not belong to the caller. */
export interface RowScopeConfig {
  readonly rules: readonly {
    readonly tools: ToolSelectors;
    /** Path of the rows in the result; empty: the result itself. */
    readonly rows: string;
    /** Field of a row that names its owner. */
    readonly ownerField: string;
    /** Claim that must equal it. */
    readonly claim: string;
    /** Fields beside the rows that count them, set to the number of rows left. */
    readonly countFields: readonly string[];
    /** Callers who see every row. */
    readonly exempt?: CallerSelector;
  }[];
}
