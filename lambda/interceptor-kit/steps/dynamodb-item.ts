import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import type { ItemQuery } from './item-lookup';

/** The SDK loads with the first lookup: a chain without one never pays for it. */

let loading: Promise<{ client: DynamoDBClient; sdk: typeof import('@aws-sdk/client-dynamodb') }> | undefined;

/** Reads one item from DynamoDB. Numbers beyond what JavaScript carries exactly, sets, maps and binary values are left out. */
export async function readItem(query: ItemQuery, signal: AbortSignal): Promise<JsonObject | undefined> {
  loading ??= load();
  const { client, sdk } = await loading;
  const { key, attributes } = query;
  const names = Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name]));
  const command = new sdk.GetItemCommand({
    TableName: query.table,
    Key: { [query.keyAttribute]: typeof key === 'number' ? { N: String(key) } : { S: key } },
    ProjectionExpression: Object.keys(names).join(', '),
    ExpressionAttributeNames: names,
  });
  const { Item: item } = await client.send(command, { abortSignal: signal });
  return item && fromItem(item);
}

async function load(): Promise<{ client: DynamoDBClient; sdk: typeof import('@aws-sdk/client-dynamodb') }> {
  const sdk = await import('@aws-sdk/client-dynamodb');
  return { client: new sdk.DynamoDBClient({ maxAttempts: 2 }), sdk };
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
