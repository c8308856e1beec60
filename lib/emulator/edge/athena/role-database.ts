import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SqlGrantManifest, SqlManifest, SqlTableManifest } from '../../../contract/manifest';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { importPackage } from '../../../diagnostics/load-package';
import type { RoleSession } from '../role-sessions';

type DuckDb = typeof import('@duckdb/node-api');

/** The SQL engine, which is optional: it is large, and only apps with example tables need it. */
export function loadEngine(): Promise<DuckDb> {
  const wanted = { name: '@duckdb/node-api', use: 'an application with example tables' };
  return importPackage(wanted, () => import('@duckdb/node-api'));
}

/** Athena's types as the engine writes them. */
const TYPES: { readonly [athena: string]: string } = {
  string: 'VARCHAR',
  varchar: 'VARCHAR',
  char: 'VARCHAR',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  float: 'REAL',
  double: 'DOUBLE',
  decimal: 'DECIMAL',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
};

/** Functions that Athena has under another name. */
const FUNCTIONS = [
  'approx_distinct(x) AS approx_count_distinct(x)',
  'date_format(moment, format) AS strftime(moment, format)',
  'from_iso8601_date(text) AS CAST(text AS DATE)',
  'regexp_like(text, pattern) AS regexp_matches(text, pattern)',
];

/**
 * A database that holds what one role may read and nothing else: filtered rows, granted columns, masks in place of values.
 * What a role may not read cannot leak through any statement, because it is not there.
 */
export async function roleDatabase(
  sql: SqlManifest,
  session: Pick<RoleSession, 'role' | 'tags'>,
  directory: string,
): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await loadEngine();
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const schema = `awsdatacatalog.${quotedName(sql.database)}`;
  await connection.run(`ATTACH ':memory:' AS awsdatacatalog; CREATE SCHEMA ${schema};`);
  for (const grant of session.role.grants) {
    const table = sql.tables.find(({ name }) => name === grant.table);
    if (table === undefined) continue;
    await connection.run(
      `CREATE TABLE ${schema}.${quotedName(table.name)} AS ${grantedRows(table, grant, session.tags, directory)}`,
    );
  }
  for (const definition of FUNCTIONS) await connection.run(`CREATE MACRO ${schema}.${definition}`);
  await connection.run(`USE ${schema}; SET enable_external_access = false; SET lock_configuration = true;`);
  return connection;
}

/** Loads every table once as a whole, so that broken example data is found before anything serves. */
export async function checkSeeds(sql: SqlManifest, directory: string): Promise<void> {
  for (const table of sql.tables) {
    const everything = { logicalId: 'check', grants: [{ table: table.name }] };
    try {
      (await roleDatabase(sql, { role: everything, tags: {} }, directory)).closeSync();
    } catch (error) {
      if (GovernanceError.is(error)) throw error;
      const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
      throw GovernanceError.of('EMULATOR_SEED_UNREADABLE', { file: table.file, reason });
    }
  }
}

function grantedRows(
  table: SqlTableManifest,
  grant: SqlGrantManifest,
  tags: { readonly [name: string]: string },
  directory: string,
): string {
  const granted = table.columns.filter(({ name }) => grant.columns === undefined || grant.columns.includes(name));
  const shown = granted.map(({ name }) => {
    const mask = grant.masks?.[name];
    return mask === undefined ? quotedName(name) : `(${mask}) AS ${quotedName(name)}`;
  });
  const filter = grant.rowFilter === undefined ? '' : ` WHERE (${withTags(grant.rowFilter, tags)})`;
  return `SELECT ${shown.join(', ')} FROM (${typedRows(table, directory)})${filter}`;
}

function typedRows(table: SqlTableManifest, directory: string): string {
  const columns = table.columns.map(
    ({ name, type }) => `CAST(${quotedName(name)} AS ${engineType(type)}) AS ${quotedName(name)}`,
  );
  const file = quotedText(resolve(directory, table.file));
  const rows = table.file.endsWith('.json')
    ? `read_json(${file}, format = 'array')`
    : `read_csv(${file}, header = true, all_varchar = true)`;
  return `SELECT ${columns.join(', ')} FROM ${rows}`;
}

function engineType(type: string): string {
  const [, name = '', arguments_ = ''] = /^([a-z]+)\s*(\([0-9, ]+\))?$/i.exec(type.trim()) ?? [];
  const known = TYPES[name.toLowerCase()];
  if (known === undefined) throw new Error(`unknown column type ${type}`);
  return known === 'VARCHAR' ? known : `${known}${arguments_}`;
}

/** `$tag(name)` becomes the session tag as a string literal, or NULL, which no comparison fulfils. */
function withTags(filter: string, tags: { readonly [name: string]: string }): string {
  return filter.replace(/\$tag\(([^)]+)\)/g, (_, name: string) => {
    const value = Object.hasOwn(tags, name.trim()) ? tags[name.trim()] : undefined;
    return value === undefined ? 'NULL' : quotedText(value);
  });
}

function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
