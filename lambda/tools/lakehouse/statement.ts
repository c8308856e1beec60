import { type Group, OWNER_COLUMN, readableColumns, type TableName } from './data-model';

/** On whose behalf a statement runs. Comes from trusted context only. */
export interface Caller {
  readonly group: Group;
  readonly id: string;
  readonly geography: string;
}

/**
 * SQL with a placeholder for every value. Text is joined from constants of this folder alone; whatever an agent wrote goes into
 * `parameters`, in the order of the placeholders.
 */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** A condition with one placeholder, and the value for it. */
export interface Condition {
  readonly sql: string;
  readonly parameter: string;
}

/** Rows that one answer may hold: more than an agent can use, little enough for one page of Athena's results. */
export const MAX_ROWS = 200;

/** A condition, unless there is no value for it. */
export function when(sql: string, value: string | number | undefined): Condition[] {
  return value === undefined ? [] : [{ sql, parameter: String(value) }];
}

/** The columns of a table that the caller may read. */
export function columnsFor(caller: Caller, table: TableName): string {
  return readableColumns(caller.group, table).join(', ');
}

/** Conditions that make a claim the caller's own. Lake Formation knows the caller's group, not the caller. */
export function ownClaims(caller: Caller): Condition[] {
  const column = OWNER_COLUMN[caller.group];
  return column === undefined ? [] : [{ sql: `${column} = ?`, parameter: caller.id }];
}

/** A SELECT of at most {@link MAX_ROWS} rows for which all conditions hold. */
export function select(
  columns: string,
  table: TableName,
  conditions: readonly Condition[],
  ordering: string,
): Statement {
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
  return {
    sql: `SELECT ${columns} FROM ${table}${where} ${ordering} LIMIT ${MAX_ROWS}`,
    parameters: conditions.map(({ parameter }) => parameter),
  };
}
