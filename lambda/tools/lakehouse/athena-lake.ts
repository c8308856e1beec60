import type {
  ColumnInfo,
  GetQueryExecutionCommandInput,
  GetQueryExecutionCommandOutput,
  GetQueryResultsCommandInput,
  GetQueryResultsCommandOutput,
  StartQueryExecutionCommandInput,
  StartQueryExecutionCommandOutput,
  StopQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import { type AssumeRole, assumeCallerRole, type CallerCredentials, ToolError } from '../../tool-kit/index';
import type { Group } from './data-model';
import type { Lake, Row } from './lake';
import { MAX_ROWS } from './statement';

/** As much of Athena's client as the lake uses. */
export interface AthenaApi {
  startQueryExecution(input: StartQueryExecutionCommandInput): Promise<StartQueryExecutionCommandOutput>;
  getQueryExecution(input: GetQueryExecutionCommandInput): Promise<GetQueryExecutionCommandOutput>;
  getQueryResults(input: GetQueryResultsCommandInput): Promise<GetQueryResultsCommandOutput>;
  stopQueryExecution(input: StopQueryExecutionCommandInput): Promise<unknown>;
}

/** Where and as whom a group's statements run. */
export interface GroupAccess {
  readonly roleArn: string;
  readonly workgroup: string;
}

export interface AthenaDependencies {
  readonly database: string;
  readonly access: (group: Group) => GroupAccess;
  readonly athena: (credentials: CallerCredentials) => AthenaApi;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** @default - STS */
  readonly assumeRole?: AssumeRole;
}

/** Time that is kept for stopping a query and for the answer, in milliseconds. */
const RESERVE_MS = 2_000;

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_000;

/** A lake that is queried with Athena, under a role per group: Lake Formation decides what the role may see. */
export function athenaLake(dependencies: AthenaDependencies): Lake {
  return {
    async query(caller, statement, remainingTime) {
      const { roleArn, workgroup } = dependencies.access(caller.group);
      const credentials = await assumeCallerRole({
        roleArn,
        sessionName: caller.id,
        // The role's trust policy compares the group with its own. The other two tell CloudTrail on whose behalf a query ran.
        tags: { caller_role: caller.group, caller_id: caller.id, geography: caller.geography },
        ...(dependencies.assumeRole && { assumeRole: dependencies.assumeRole }),
      });
      const athena = dependencies.athena(credentials);
      const { QueryExecutionId } = await athena.startQueryExecution({
        QueryString: statement.sql,
        ...(statement.parameters.length > 0 && { ExecutionParameters: statement.parameters.map(literal) }),
        QueryExecutionContext: { Database: dependencies.database },
        WorkGroup: workgroup,
      });
      if (QueryExecutionId === undefined) throw new Error('Athena gave no id for a query');
      await finish(athena, QueryExecutionId, dependencies.wait, remainingTime);
      // One page holds 1,000 rows with the header (Athena API reference, GetQueryResults), more than a statement may select.
      return rowsOf(await athena.getQueryResults({ QueryExecutionId, MaxResults: MAX_ROWS + 1 }));
    },
  };
}

/** Athena takes parameters as SQL literals, so a text needs its quotes. */
function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

async function finish(
  athena: AthenaApi,
  QueryExecutionId: string,
  wait: AthenaDependencies['wait'],
  remainingTime: () => number,
): Promise<void> {
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(pause * 1.5, LONGEST_WAIT_MS)) {
    const { QueryExecution } = await athena.getQueryExecution({ QueryExecutionId });
    const status = QueryExecution?.Status;
    if (status?.State === 'SUCCEEDED') return;
    if (status?.State === 'FAILED' || status?.State === 'CANCELLED') {
      throw new Error(
        `Athena query ${QueryExecutionId} ended ${status.State}: ${status.StateChangeReason ?? 'no reason'}`,
      );
    }
    if (remainingTime() < RESERVE_MS + pause) {
      await athena.stopQueryExecution({ QueryExecutionId });
      throw new ToolError('QUERY_TIMEOUT', 'the query took too long: ask for less');
    }
    await wait(pause);
  }
}

/** Results are texts with a header line; the metadata says which of them are numbers. */
function rowsOf({ ResultSet }: GetQueryResultsCommandOutput): Row[] {
  const columns = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
  const [, ...rows] = ResultSet?.Rows ?? [];
  return rows.map(({ Data }) =>
    Object.fromEntries(
      columns.map((column, index) => [column.Name ?? '', cellOf(column, Data?.[index]?.VarCharValue)]),
    ),
  );
}

const NUMBERS = new Set(['tinyint', 'smallint', 'integer', 'bigint', 'float', 'real', 'double', 'decimal']);

function cellOf({ Type = '' }: ColumnInfo, text: string | undefined): Row[string] {
  if (text === undefined) return null;
  if (NUMBERS.has(Type)) return Number(text);
  return Type === 'boolean' ? text === 'true' : text;
}
