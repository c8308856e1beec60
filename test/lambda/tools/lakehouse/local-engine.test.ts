import { describe, expect, it } from 'vitest';
import { GRANTS, GROUPS, type Group, readableColumns, TABLES } from '../../../../lambda/tools/lakehouse/data-model';
import type { Lake, Row } from '../../../../lambda/tools/lakehouse/lake';
import { lakehouseTools } from '../../../../lambda/tools/lakehouse/tools';
import type { SqlManifest } from '../../../../lib/contract/manifest';
import { roleDatabase } from '../../../../lib/emulator/edge/athena/role-database';
import { runQuery } from '../../../../lib/emulator/edge/athena/run-query';
import { caller } from '../call-tool';
import { TRUSTED } from './fake-lake';

const SQL: SqlManifest = {
  database: 'lakehouse_test',
  tables: Object.entries(TABLES).map(([name, columns]) => ({
    name,
    file: `policies/lakehouse/local/${name}.csv`,
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  })),
  roles: [],
};

/** The example rows in the embedded engine, with the rows and columns that the groups are granted. */
const lake: Lake = {
  async query({ group }, { sql, parameters }) {
    const { columns, rows } = await query(group, sql, parameters);
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])) as Row);
  },
};

const databases = new Map<Group, ReturnType<typeof roleDatabase>>();

function databaseOf(group: Group): ReturnType<typeof roleDatabase> {
  const known = databases.get(group);
  if (known !== undefined) return known;
  const grants = GRANTS[group].map(({ table, rows }) => ({
    table,
    columns: readableColumns(group, table),
    ...(rows !== undefined && { rowFilter: rows }),
  }));
  const made = roleDatabase(SQL, { role: { logicalId: group, grants }, tags: {} }, process.cwd());
  databases.set(group, made);
  return made;
}

async function query(group: Group, sql: string, parameters: readonly string[] = []) {
  const literals = parameters.map((parameter) => `'${parameter.replaceAll("'", "''")}'`);
  return runQuery(await databaseOf(group), sql, literals);
}

const { call } = caller('lakehouse', lakehouseTools(lake));

describe('the statements of the lakehouse on the embedded engine', () => {
  it.each([
    ['query_claims', {}],
    ['query_claims', { status: 'paid', claim_type: 'auto', submitted_from: '2025-01-01', submitted_to: '2026-12-31' }],
    ['query_claims', { min_amount: 100.5 }],
    ['get_claim_details', { claim_id: 'CLM-2025-0015' }],
    ['get_claims_summary', { group_by: 'status' }],
    ['get_claims_summary', { group_by: 'claim_type' }],
    ['get_claims_summary', { group_by: 'region' }],
    ['text_to_sql', { question: 'how many paid claims by status in 2025' }],
    ['text_to_sql', { question: 'average amount per month' }],
    ['text_to_sql', { question: 'largest auto claim by year' }],
    ['text_to_sql', { question: 'total per region' }],
    ['text_to_sql', { question: 'smallest by type' }],
  ])('%s %j answers every group with rows', async (tool, args) => {
    for (const trusted of Object.values(TRUSTED)) {
      const answer = await call(tool, { ...args, ...trusted });
      const rows = Object.values(answer).find((member) => Array.isArray(member));
      expect(answer.error).toBeUndefined();
      expect(rows, JSON.stringify(trusted)).not.toHaveLength(0);
    }
  });

  it('query_claims takes the largest amount that it accepts', async () => {
    const answer = await call('query_claims', { min_amount: 9_999_999_999.99, ...TRUSTED.administrator });
    expect(answer).toEqual({ claims: [], count: 0 });
  });

  it('query_login_audit answers administrators', async () => {
    const answer = await call('query_login_audit', {
      outcome: 'locked',
      username: 'policyholder004',
      since: '2026-01-01',
      ...TRUSTED.administrator,
    });
    expect(answer['count']).toBe(1);
  });

  it('shows each policyholder and adjuster their own claims, and sealed ones to neither', async () => {
    const claims = async (trusted: object): Promise<Row[]> => (await call('query_claims', trusted))['claims'] as Row[];
    const [own, others, working, all] = [
      await claims(TRUSTED.policyholder),
      await claims({ ...TRUSTED.policyholder, caller_id: 'policyholder002' }),
      await claims(TRUSTED.adjuster),
      await claims(TRUSTED.administrator),
    ];
    expect(new Set(own.map(({ user_id }) => user_id))).toEqual(new Set(['policyholder001']));
    expect(new Set(others.map(({ user_id }) => user_id))).toEqual(new Set(['policyholder002']));
    expect(new Set(working.map(({ adjuster_id }) => adjuster_id))).toEqual(new Set(['adjuster001']));
    const sealed = all.filter((row) => String(row['sealed']) === 'true').map(({ claim_id }) => claim_id);
    expect(sealed).toHaveLength(5);
    const seen = [...own, ...others, ...working].map(({ claim_id }) => claim_id);
    expect(sealed.filter((claim) => seen.includes(claim))).toEqual([]);
  });

  it('has no column and no table that a group may not read, whatever statement asks', async () => {
    for (const group of GROUPS) {
      for (const table of ['claims', 'login_audit'] as const) {
        const readable = readableColumns(group, table);
        for (const column of Object.keys(TABLES[table])) {
          const answer = query(group, `SELECT ${column} FROM ${table} LIMIT 1`);
          if (readable.includes(column)) expect((await answer).rows).toHaveLength(1);
          else await expect(answer, `${group} ${table}.${column}`).rejects.toThrow(/not found|does not exist/);
        }
      }
    }
  });
});
