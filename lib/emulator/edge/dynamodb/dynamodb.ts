import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { LOOPBACK } from '../../../contract/loopback';
import type { TableManifest } from '../../../contract/manifest';
import { requirePackage } from '../../../diagnostics/load-package';
import type { EdgeService, RunningService } from '../edge-service';

interface DynaliteOptions {
  /** Milliseconds that a table stays in CREATING. */
  readonly createTableMs: number;
  readonly deleteTableMs: number;
  readonly updateTableMs: number;
}

/** The package has no types. It speaks the DynamoDB API and keeps its tables in memory. */
function loadDynalite(): (options: DynaliteOptions) => Server {
  const wanted = { name: 'dynalite', use: 'an application with DynamoDB tables' };
  return requirePackage(wanted, () => createRequire(__filename)('dynalite') as (options: DynaliteOptions) => Server);
}

/** DynamoDB in memory. */
export const dynamodb: EdgeService = {
  environment: (url) => ({ AWS_ENDPOINT_URL_DYNAMODB: url }),
  sdkClients: () => ['@aws-sdk/client-dynamodb'],
  start: async ({ local }) => (local.tables.length === 0 ? undefined : await startDynamo(local.tables)),
};

/** DynamoDB in memory, with the application's tables and their example items. */
export async function startDynamo(tables: readonly TableManifest[]): Promise<RunningService> {
  const server = loadDynalite()({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => resolve());
  });
  const url = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  for (const table of tables) await createTable(url, table);
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function createTable(url: string, table: TableManifest): Promise<void> {
  const keys = [table.partitionKey, ...(table.sortKey === undefined ? [] : [table.sortKey])];
  await operation(url, 'CreateTable', {
    TableName: table.logicalId,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: keyType(table, name) })),
    KeySchema: keys.map((name, index) => ({ AttributeName: name, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
  });
  await waitUntilActive(url, table.logicalId);
  for (const item of table.seed) {
    await operation(url, 'PutItem', { TableName: table.logicalId, Item: attributeMap(item) });
  }
}

function keyType(table: TableManifest, key: string): string {
  return typeof table.seed[0]?.[key] === 'number' ? 'N' : 'S';
}

async function waitUntilActive(url: string, tableName: string): Promise<void> {
  for (;;) {
    const { Table } = await operation(url, 'DescribeTable', { TableName: tableName });
    if (isJsonObject(Table) && Table['TableStatus'] === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** One call of the DynamoDB API; the AWS SDK belongs to the app, not to this library. */
async function operation(url: string, name: string, input: JsonObject): Promise<JsonObject> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${name}`,
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
    },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as JsonObject;
  if (!response.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return answer;
}

function attributeMap(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeValue(value)]));
}

function attributeValue(value: JsonValue): JsonObject {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  return Array.isArray(value) ? { L: value.map(attributeValue) } : { M: attributeMap(value) };
}
