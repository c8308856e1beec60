import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../lib/emulator';
import { answerOf, call, claimsApp, FixtureApp, policy, tool } from './fixture';

const ANYONE = `permit(principal is AgentCore::OAuthUser, action in [AgentCore::Action::"Data___query", AgentCore::Action::"Data___look_up"], resource == ?resource) when { principal has id };`;

/** What a lakehouse tool does: assumes the caller's role, runs a statement, waits, reads all pages. */
const QUERY_TOOL = `
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { AthenaClient, GetQueryExecutionCommand, GetQueryResultsCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';

async function query({ role, sql, parameters, tags }) {
  let credentials;
  if (role) {
    const Tags = Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
    const assumed = await new STSClient({}).send(new AssumeRoleCommand({ RoleArn: process.env[role], RoleSessionName: 's', Tags }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials;
    credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  }
  const athena = new AthenaClient(credentials ? { credentials } : {});
  const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({
    QueryString: sql, WorkGroup: 'any', QueryExecutionContext: { Database: 'claims_db' },
    ...(parameters ? { ExecutionParameters: parameters } : {}),
  }));
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    if (QueryExecution.Status.State === 'FAILED') return { failed: QueryExecution.Status.StateChangeReason };
    if (QueryExecution.Status.State === 'SUCCEEDED') break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  return { rows: ResultSet.Rows.map((row) => row.Data.map((cell) => cell.VarCharValue ?? null)) };
}

export const handler = async (event, context) => {
  if (context.clientContext.custom.bedrockAgentCoreToolName.endsWith('query')) return query(JSON.parse(event.request));
  const { DynamoDBClient, GetItemCommand } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({});
  const { Item } = await client.send(new GetItemCommand({ TableName: process.env.TABLE, Key: { user: { S: event.request } } }));
  return { item: Item ?? null, bucket: process.env.BUCKET };
};`;

const app = new FixtureApp();
let emulator: Emulator;

beforeAll(async () => {
  app.write(
    'rows.csv',
    "claim_id,owner,amount,ssn,opened\n1,rita,100.50,111,2026-01-02\n2,walt,20,222,2026-02-03\n3,o'neil,7,333,\n",
  );
  const grants = (rowFilter?: string) => [
    {
      table: 'claims',
      columns: ['claim_id', 'owner', 'amount', 'ssn'],
      masks: { ssn: "'***' || right(ssn, 1)" },
      ...(rowFilter === undefined ? {} : { rowFilter }),
    },
  ];
  const manifest = claimsApp(app, {
    targets: [
      {
        name: 'Data',
        kind: 'lambda',
        tools: [tool('query', { request: { type: 'string' } }), tool('look_up', { request: { type: 'string' } })],
        function: app.bundle('data', QUERY_TOOL, {
          environment: {
            TABLE: { Ref: 'Users' },
            BUCKET: { 'Fn::Join': ['', ['s3://', { Ref: 'Bucket' }, '/x']] },
            OWNER_ROLE: { 'Fn::GetAtt': ['OwnerRole', 'Arn'] },
            AUDITOR_ROLE: { 'Fn::GetAtt': ['AuditorRole', 'Arn'] },
            OTHER_ROLE: { 'Fn::GetAtt': ['OtherRole', 'Arn'] },
          },
        }),
      },
    ],
    policies: [policy('anyone', ANYONE)],
    local: {
      tables: [{ logicalId: 'Users', partitionKey: 'user', seed: [{ user: 'rita', geography: 'EU', level: 3 }] }],
      personas: [{ username: 'rita', groups: [], attributes: {} }],
      values: { Bucket: 'example-data' },
      sql: {
        database: 'claims_db',
        tables: [
          {
            name: 'claims',
            file: 'rows.csv',
            columns: [
              { name: 'claim_id', type: 'bigint' },
              { name: 'owner', type: 'string' },
              { name: 'amount', type: 'decimal(10,2)' },
              { name: 'ssn', type: 'string' },
              { name: 'opened', type: 'date' },
            ],
          },
        ],
        roles: [
          { logicalId: 'OwnerRole', grants: grants('owner = $tag(user)') },
          { logicalId: 'AuditorRole', roleName: 'auditor', grants: [{ table: 'claims' }] },
        ],
      },
    },
  });
  emulator = await app.start(manifest);
});

afterAll(async () => {
  await emulator.stop();
  app.remove();
});

async function query(request: object): Promise<Record<string, unknown>> {
  return answerOf(await call(emulator, 'rita', 'Data___query', { request: JSON.stringify(request) }));
}

describe('the local query engine', () => {
  it('shows a role its rows, and masks in place of values', async () => {
    const result = await query({ role: 'OWNER_ROLE', tags: { user: 'walt' }, sql: 'SELECT * FROM claims' });
    expect(result).toEqual({
      rows: [
        ['claim_id', 'owner', 'amount', 'ssn'],
        ['2', 'walt', '20.00', '***2'],
      ],
    });
  });

  it('shows another role everything, by the qualified name too', async () => {
    const sql = 'SELECT claim_id, ssn, opened FROM "awsdatacatalog"."claims_db"."claims" ORDER BY claim_id';
    expect(await query({ role: 'AUDITOR_ROLE', sql })).toEqual({
      rows: [
        ['claim_id', 'ssn', 'opened'],
        ['1', '111', '2026-01-02'],
        ['2', '222', '2026-02-03'],
        ['3', '333', null],
      ],
    });
  });

  it('takes a tag as a value, whatever it holds', async () => {
    const rows = async (user: string) =>
      (await query({ role: 'OWNER_ROLE', tags: { user }, sql: 'SELECT claim_id FROM claims' })).rows;
    expect(await rows("o'neil")).toEqual([['claim_id'], ['3']]);
    expect(await rows("' OR '1'='1")).toEqual([['claim_id']]);
  });

  it('shows no rows to a session without the tag that the filter reads', async () => {
    expect(await query({ role: 'OWNER_ROLE', sql: 'SELECT claim_id FROM claims' })).toEqual({ rows: [['claim_id']] });
  });

  it.each([
    ['a column that is not granted', 'SELECT opened FROM claims', /opened/],
    ['a table that does not exist', 'SELECT * FROM secrets', /secrets/],
    ['a file of this machine', "SELECT * FROM read_csv('/etc/passwd')", /disabled|permission/i],
    ['a change', 'DELETE FROM claims', /may only read/],
    ['two statements', 'SELECT 1; SELECT 2', /one statement/],
    ['a setting', 'SET enable_external_access = true', /may only read/],
  ])('refuses %s', async (_, sql, message) => {
    expect((await query({ role: 'OWNER_ROLE', tags: { user: 'rita' }, sql }))['failed']).toMatch(message);
  });

  it('puts literals in the place of parameters, and nothing but literals', async () => {
    const sql = "SELECT claim_id FROM claims WHERE owner = ? AND '?' = '?' -- ?";
    expect(await query({ role: 'AUDITOR_ROLE', sql, parameters: ["'o''neil'"] })).toEqual({
      rows: [['claim_id'], ['3']],
    });
    expect((await query({ role: 'AUDITOR_ROLE', sql, parameters: ["'a' OR 1=1"] }))['failed']).toMatch(/not a literal/);
  });

  it("has nothing for a function's own credentials", async () => {
    expect((await query({ sql: 'SELECT * FROM claims' }))['failed']).toMatch(/AccessDenied/);
  });

  it('lets nobody assume a role that the manifest does not know', async () => {
    const body = await call(emulator, 'rita', 'Data___query', {
      request: JSON.stringify({ role: 'OTHER_ROLE', sql: 'SELECT 1' }),
    });
    expect(body.result.isError).toBe(true);
  });
});

describe('local tables', () => {
  it('hold the seeded items, and intrinsics name them; bundles outside of the project import its SDK', async () => {
    const found = answerOf(await call(emulator, 'rita', 'Data___look_up', { request: 'rita' }));
    expect(found).toEqual({
      item: { user: { S: 'rita' }, geography: { S: 'EU' }, level: { N: '3' } },
      bucket: 's3://example-data/x',
    });
  });
});
