import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';

/** A table as the page shows it. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Runs what the dashboard uses of the query language of Logs Insights: fields, filter by equality, sort by time, limit. Undefined for any other
 * query.
 */
export function runQuery(query: string, lines: readonly JsonObject[]): QueryResult | undefined {
  const [source = '', ...commands] = query.split('\n| ').flatMap((line) => line.split(' | '));
  let rows = [...lines];
  let columns: string[] = [];
  for (const command of /^SOURCE /.test(source) ? commands : [source, ...commands]) {
    const [, name = '', rest = ''] = /^(\w+) (.*)$/.exec(command) ?? [];
    const [, field = '', wanted = ''] = /^([\w.@]+) = (.*)$/.exec(rest) ?? [];
    if (name === 'fields') columns = rest.split(', ');
    else if (name === 'filter') rows = rows.filter((row) => text(row, field) === wanted.replace(/^"|"$/g, ''));
    else if (name === 'sort') rows.sort((a, b) => (text(a, '@timestamp') < text(b, '@timestamp') ? 1 : -1));
    else if (name === 'limit') rows = rows.slice(0, Number(rest));
    else return undefined;
  }
  return { columns, rows: rows.map((row) => columns.map((column) => text(row, column))) };
}

function text(row: JsonObject, field: string): string {
  let value: JsonValue = row;
  for (const name of field.split('.')) value = isJsonObject(value) ? (value[name] ?? '') : '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
