import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { withParameters } from './parameters';
import { loadEngine } from './role-database';

export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Values as Athena writes them; undefined for NULL. */
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** Milliseconds that a statement may run. */
const QUERY_LIMIT = 30_000;

/** Runs one SELECT. Rejects with an Error in the engine's words. */
export async function runQuery(
  connection: DuckDBConnection,
  statement: string,
  parameters: readonly string[],
): Promise<QueryResult> {
  const { StatementType } = await loadEngine();
  const extracted = await connection.extractStatements(withParameters(statement, parameters));
  if (extracted.count !== 1) throw new Error('SYNTAX_ERROR: exactly one statement is allowed');
  const prepared = await extracted.prepare(0);
  if (prepared.statementType !== StatementType.SELECT) {
    throw new Error('ACCESS_DENIED: the role may only read');
  }
  const timer = setTimeout(() => connection.interrupt(), QUERY_LIMIT);
  try {
    const reader = await prepared.runAndReadAll();
    const types = reader.columnTypes().map(String);
    return {
      columns: reader.columnNames().map((name, index) => ({ name, type: athenaType(types[index] ?? '') })),
      rows: reader.getRows().map((row) => row.map((value, index) => athenaText(value, types[index] ?? ''))),
    };
  } finally {
    clearTimeout(timer);
    prepared.destroySync();
  }
}

function athenaType(type: string): string {
  const name = type.replace(/\(.*$/, '').toLowerCase();
  return name === 'hugeint' ? 'bigint' : name;
}

function athenaText(value: DuckDBValue, type: string): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'number' && (type === 'DOUBLE' || type === 'FLOAT')) {
    return Number.isInteger(value) && Math.abs(value) < 1e7 ? `${value}.0` : String(value);
  }
  const text = String(value);
  return type === 'TIMESTAMP' && !text.includes('.') ? `${text}.000` : text;
}
