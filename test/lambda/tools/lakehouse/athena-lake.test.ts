import { describe, expect, it } from 'vitest';
import type { AssumeRoleRequest } from '../../../../lambda/tool-kit/index';
import { type AthenaApi, athenaLake } from '../../../../lambda/tools/lakehouse/athena-lake';
import type { Caller } from '../../../../lambda/tools/lakehouse/statement';

const META = { $metadata: {} };

/** Athena that goes through some states, and answers with one page. */
function fakeAthena(states: readonly string[], page: object = {}) {
  const started: unknown[] = [];
  const stopped: unknown[] = [];
  const left = [...states];
  const api: AthenaApi = {
    async startQueryExecution(input) {
      started.push(input);
      return { ...META, QueryExecutionId: 'query-1' };
    },
    async getQueryExecution() {
      const State = (left.length > 1 ? left.shift() : left[0]) as 'SUCCEEDED';
      return { ...META, QueryExecution: { Status: { State, StateChangeReason: 'because' } } };
    },
    async getQueryResults() {
      return { ...META, ResultSet: page };
    },
    async stopQueryExecution(input) {
      stopped.push(input);
      return META;
    },
  };
  return { api, started, stopped };
}

function lakeOver(athena: AthenaApi) {
  const assumed: AssumeRoleRequest[] = [];
  const keys: string[] = [];
  const waits: number[] = [];
  const lake = athenaLake({
    database: 'lakehouse_test',
    access: (group) => ({ roleArn: `arn:aws:iam::111122223333:role/${group}`, workgroup: `test-${group}` }),
    athena: ({ accessKeyId }) => {
      keys.push(accessKeyId);
      return athena;
    },
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
    assumeRole: async (request) => {
      assumed.push(request);
      return {
        Credentials: {
          AccessKeyId: request.RoleArn.split('/')[1],
          SecretAccessKey: 's',
          SessionToken: 't',
          Expiration: new Date(Date.now() + 900_000),
        },
      };
    },
  });
  return { lake, assumed, keys, waits };
}

const long = () => 30_000;
let people = 0;

/** Nobody asked before, so that no credentials are remembered. */
function somebody(): Caller {
  people += 1;
  return { group: 'adjusters', id: `adjuster${people}`, geography: 'UK' };
}

describe('athenaLake', () => {
  it("works under the role of the caller's group, with session tags that say for whom", async () => {
    const { api, started } = fakeAthena(['SUCCEEDED']);
    const { lake, assumed, keys } = lakeOver(api);
    const caller = somebody();
    await lake.query(caller, { sql: 'SELECT 1', parameters: [] }, long);
    expect(assumed).toEqual([
      {
        RoleArn: 'arn:aws:iam::111122223333:role/adjusters',
        RoleSessionName: caller.id,
        DurationSeconds: 900,
        Tags: [
          { Key: 'caller_role', Value: 'adjusters' },
          { Key: 'caller_id', Value: caller.id },
          { Key: 'geography', Value: 'UK' },
        ],
      },
    ]);
    expect(keys).toEqual(['adjusters']);
    expect(started).toEqual([
      {
        QueryString: 'SELECT 1',
        QueryExecutionContext: { Database: 'lakehouse_test' },
        WorkGroup: 'test-adjusters',
      },
    ]);
  });

  it('hands parameters over as SQL literals, quotes doubled', async () => {
    const { api, started } = fakeAthena(['SUCCEEDED']);
    const { lake } = lakeOver(api);
    await lake.query(somebody(), { sql: 'SELECT ?, ?', parameters: ["o'hara", "' OR '1'='1"] }, long);
    expect(started).toMatchObject([{ ExecutionParameters: ["'o''hara'", "''' OR ''1''=''1'"] }]);
  });

  it('reads numbers, booleans and nulls from the text that Athena gives', async () => {
    const columns = [
      ['n', 'bigint'],
      ['d', 'decimal'],
      ['b', 'boolean'],
      ['t', 'varchar'],
      ['x', 'double'],
    ] as const;
    const { api } = fakeAthena(['QUEUED', 'RUNNING', 'SUCCEEDED'], {
      ResultSetMetadata: { ColumnInfo: columns.map(([Name, Type]) => ({ Name, Type })) },
      Rows: [
        { Data: columns.map(([Name]) => ({ VarCharValue: Name })) },
        {
          Data: [{ VarCharValue: '7' }, { VarCharValue: '12.50' }, { VarCharValue: 'true' }, { VarCharValue: '7' }, {}],
        },
      ],
    });
    const { lake, waits } = lakeOver(api);
    const rows = await lake.query(somebody(), { sql: 'SELECT', parameters: [] }, long);
    expect(rows).toEqual([{ n: 7, d: 12.5, b: true, t: '7', x: null }]);
    expect(waits).toEqual([100, 150]);
  });

  it.each(['FAILED', 'CANCELLED'])('fails when the query ends %s', async (state) => {
    const { lake } = lakeOver(fakeAthena([state]).api);
    const answer = lake.query(somebody(), { sql: 'SELECT', parameters: [] }, long);
    await expect(answer).rejects.toThrow(`ended ${state}: because`);
  });

  it('stops a query for which there is no time left, and says so', async () => {
    const { api, stopped } = fakeAthena(['RUNNING']);
    const { lake } = lakeOver(api);
    let left = 2_500;
    const answer = lake.query(somebody(), { sql: 'SELECT', parameters: [] }, () => (left -= 200));
    await expect(answer).rejects.toMatchObject({ code: 'QUERY_TIMEOUT' });
    expect(stopped).toEqual([{ QueryExecutionId: 'query-1' }]);
  });

  it('fails when STS refuses, before any query starts', async () => {
    const { api, started } = fakeAthena(['SUCCEEDED']);
    const lake = athenaLake({
      database: 'd',
      access: () => ({ roleArn: 'arn:refused', workgroup: 'w' }),
      athena: () => api,
      wait: async () => {},
      assumeRole: async () => {
        throw new Error('AccessDenied');
      },
    });
    await expect(lake.query(somebody(), { sql: 'SELECT', parameters: [] }, long)).rejects.toThrow('AccessDenied');
    expect(started).toEqual([]);
  });
});
