import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import type { SqlManifest } from '../../../contract/manifest';
import { type HttpReply, type HttpRequest, jsonReply } from '../../http/exchange';
import { accessKeyOf, jsonError, startService } from '../aws-protocol';
import type { EdgeService } from '../edge-service';
import type { RoleSession, RoleSessions } from '../role-sessions';
import { checkSeeds, roleDatabase } from './role-database';
import { type QueryResult, runQuery } from './run-query';

interface Execution {
  readonly owner: string;
  readonly query: string;
  readonly started: number;
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  result?: QueryResult;
}

/** Results and databases kept at once. */
const KEPT = 64;

/** Rows on one page of results, as Athena's default. */
const PAGE = 1_000;

/** Athena: the same statements, run by an embedded engine over the rows that the caller's role may read. */
export const athena: EdgeService = {
  environment: (url) => ({ AWS_ENDPOINT_URL_ATHENA: url }),
  sdkClients: () => ['@aws-sdk/client-athena'],
  async start({ local, directory, sessions }) {
    if (local.sql === undefined) return undefined;
    await checkSeeds(local.sql, directory);
    const service = new LocalAthena(local.sql, directory, sessions);
    return await startService((request) => service.handle(request));
  },
};

class LocalAthena {
  private readonly executions = new Map<string, Execution>();
  private readonly databases = new Map<string, Promise<DuckDBConnection>>();
  private readonly operations: { readonly [name: string]: (input: JsonObject, owner: string) => JsonObject };

  constructor(
    private readonly sql: SqlManifest,
    private readonly directory: string,
    private readonly sessions: RoleSessions,
  ) {
    this.operations = {
      StartQueryExecution: (input, owner) => this.start(input, owner),
      GetQueryExecution: (input, owner) => this.describe(this.owned(input, owner)),
      GetQueryResults: (input, owner) => results(input, this.owned(input, owner).execution),
      StopQueryExecution: (input, owner) => {
        const { execution } = this.owned(input, owner);
        if (execution.state === 'RUNNING') execution.state = 'CANCELLED';
        return {};
      },
    };
  }

  handle(request: HttpRequest): HttpReply {
    const name = request.headers['x-amz-target']?.split('.')[1] ?? '';
    const operation = Object.hasOwn(this.operations, name) ? this.operations[name] : undefined;
    const owner = accessKeyOf(request) ?? '';
    try {
      const input: unknown = JSON.parse(request.body);
      if (operation === undefined || !isJsonObject(input))
        return jsonError('InvalidRequestException', 'no such operation');
      return jsonReply(operation(input, owner), 200, { 'content-type': 'application/x-amz-json-1.1' });
    } catch (error) {
      return jsonError('InvalidRequestException', error instanceof Error ? error.message : String(error));
    }
  }

  private start(input: JsonObject, owner: string): JsonObject {
    const query = input['QueryString'];
    const context = input['QueryExecutionContext'];
    const database = isJsonObject(context) ? context['Database'] : undefined;
    if (typeof query !== 'string') throw new Error('QueryString is required');
    const id = randomUUID();
    const execution: Execution = { owner, query, started: Date.now(), state: 'RUNNING' };
    if (this.executions.size >= KEPT) this.executions.delete([...this.executions.keys()][0] ?? '');
    this.executions.set(id, execution);
    const session = this.sessions.find(owner);
    const known = database === undefined || database === this.sql.database;
    if (session === undefined) fail(execution, 'AccessDeniedException: the caller has no role that may query');
    else if (!known) fail(execution, `SCHEMA_NOT_FOUND: Schema ${JSON.stringify(database)} does not exist`);
    else void this.run(execution, session, strings(input['ExecutionParameters']));
    return { QueryExecutionId: id };
  }

  private async run(execution: Execution, session: RoleSession, parameters: readonly string[]): Promise<void> {
    try {
      const result = await runQuery(await this.database(session), execution.query, parameters);
      if (execution.state !== 'RUNNING') return;
      execution.result = result;
      execution.state = 'SUCCEEDED';
    } catch (error) {
      fail(execution, error instanceof Error ? error.message : String(error));
    }
  }

  private database(session: RoleSession): Promise<DuckDBConnection> {
    const key = JSON.stringify([
      session.role.logicalId,
      Object.entries(session.tags).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
    const known = this.databases.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.databases.size >= KEPT ? this.databases.keys() : [];
    if (oldest !== undefined) this.databases.delete(oldest);
    const made = roleDatabase(this.sql, session, this.directory);
    this.databases.set(key, made);
    made.catch(() => this.databases.delete(key));
    return made;
  }

  /** A query is seen by the credentials that started it, and by no others. */
  private owned(input: JsonObject, owner: string): { id: string; execution: Execution } {
    const id = String(typeof input['QueryExecutionId'] === 'string' ? input['QueryExecutionId'] : '');
    const execution = this.executions.get(id);
    if (execution === undefined || execution.owner !== owner) throw new Error(`QueryExecution ${id} was not found`);
    return { id, execution };
  }

  private describe({ id, execution }: { id: string; execution: Execution }): JsonObject {
    const { state, reason, query, started } = execution;
    return {
      QueryExecution: {
        QueryExecutionId: id,
        Query: query,
        StatementType: 'DML',
        QueryExecutionContext: { Database: this.sql.database },
        Status: {
          State: state,
          SubmissionDateTime: started / 1_000,
          ...(reason === undefined ? {} : { StateChangeReason: reason }),
        },
      },
    };
  }
}

function fail(execution: Execution, reason: string): void {
  execution.state = 'FAILED';
  execution.reason = reason;
}

/** Results as Athena returns them: all text, and the column names as the first row of the first page. */
function results(input: JsonObject, execution: Execution): JsonObject {
  const { result } = execution;
  if (result === undefined) throw new Error(`Query has not yet finished. Current state: ${execution.state}`);
  const all = [result.columns.map(({ name }): string | undefined => name), ...result.rows];
  const from = Number(input['NextToken'] ?? 0);
  const size = Math.min(PAGE, Number(input['MaxResults'] ?? PAGE));
  const rows = all.slice(from, from + size).map(
    (row): JsonValue => ({
      Data: row.map((value): JsonValue => (value === undefined ? {} : { VarCharValue: value })),
    }),
  );
  const columns = result.columns.map(({ name, type }): JsonValue => ({ Name: name, Label: name, Type: type }));
  const page: JsonObject = { ResultSet: { Rows: rows, ResultSetMetadata: { ColumnInfo: columns } } };
  return from + size < all.length ? { ...page, NextToken: String(from + size) } : page;
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
