import { CfnElement, Stack } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { JsonObject } from '../../contract/json';
import type { TableManifest } from '../../contract/manifest';

/** A table as the emulator needs it, or undefined for a table that is not part of the app. */
export function describeTable(
  table: ITable,
  partitionKey: string,
  seed: readonly { readonly [attribute: string]: unknown }[],
): TableManifest | undefined {
  const resource = table.node.defaultChild;
  if (resource === undefined || !CfnElement.isCfnElement(resource)) return undefined;
  const stack = Stack.of(table);
  const keys = keysOf(stack, resource);
  const sortKey = keys.get('RANGE');
  return {
    logicalId: stack.getLogicalId(resource),
    partitionKey: keys.get('HASH') ?? partitionKey,
    ...(sortKey === undefined ? {} : { sortKey }),
    seed: JSON.parse(JSON.stringify(seed)) as JsonObject[],
  };
}

/** Tables by logical id: items of fields that read the same table are joined. */
export function mergeTables(tables: readonly (TableManifest | undefined)[]): TableManifest[] {
  const merged = new Map<string, TableManifest>();
  for (const table of tables) {
    if (table === undefined) continue;
    const known = merged.get(table.logicalId);
    merged.set(table.logicalId, known === undefined ? table : { ...known, seed: joinItems(known, table.seed) });
  }
  return [...merged.values()];
}

function joinItems({ partitionKey, seed }: TableManifest, more: readonly JsonObject[]): JsonObject[] {
  const items = new Map(seed.map((item) => [JSON.stringify(item[partitionKey]), item]));
  for (const item of more) {
    const key = JSON.stringify(item[partitionKey]);
    items.set(key, { ...items.get(key), ...item });
  }
  return [...items.values()];
}

function keysOf(stack: Stack, resource: CfnElement): Map<string, string> {
  const declared = resource instanceof CfnTable || resource instanceof CfnGlobalTable ? resource.keySchema : [];
  const keys = stack.resolve(declared) as readonly { keyType: string; attributeName: string }[] | undefined;
  return new Map((keys ?? []).map((key) => [key.keyType, key.attributeName]));
}
