import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { makeAtFirstUse } from './make-at-first-use';

const sdk = makeAtFirstUse(async () => {
  const loaded = await import('@aws-sdk/client-dynamodb');
  return { ...loaded, client: new loaded.DynamoDBClient({ maxAttempts: 2 }) };
});

export interface ItemQuery {
  readonly table: string;
  readonly keyAttribute: string;
  readonly key: string | number;
  /** Attributes that are needed; no others are read. */
  readonly attributes: readonly string[];
}

/** Reads one item from DynamoDB. Numbers beyond what JavaScript carries exactly, sets, maps and binary values are left out. */
export async function readItem(query: ItemQuery, signal: AbortSignal): Promise<JsonObject | undefined> {
  const { client, GetItemCommand } = await sdk();
  const { key, attributes } = query;
  const names = Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name]));
  const command = new GetItemCommand({
    TableName: query.table,
    Key: { [query.keyAttribute]: typeof key === 'number' ? { N: String(key) } : { S: key } },
    ProjectionExpression: Object.keys(names).join(', '),
    ExpressionAttributeNames: names,
  });
  const { Item: item } = await client.send(command, { abortSignal: signal });
  return item && fromItem(item);
}

function fromItem(item: { readonly [name: string]: AttributeValue }): JsonObject {
  const values = Object.entries(item).map(([name, value]) => [name, scalar(value)] as const);
  return Object.fromEntries(values.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

function scalar(value: AttributeValue): JsonValue | undefined {
  if (value.S !== undefined) return value.S;
  if (value.BOOL !== undefined) return value.BOOL;
  const number = value.N === undefined ? undefined : Number(value.N);
  return number !== undefined && (!Number.isInteger(number) || Number.isSafeInteger(number)) ? number : undefined;
}
