import type { Environment } from 'aws-cdk-lib';
import type { Node } from 'constructs';

/**
 * Where an environment is deployed: `-c account=... -c region=...` for all of them, or by name in the context of cdk.json,
 * `"environments": { "prod": { "account": "...", "region": "..." } }`. Undefined without either: then the stacks fit any account and Region.
 */
export function environmentOf(node: Node, name: string): Environment | undefined {
  const byName = node.tryGetContext('environments') as { readonly [name: string]: Environment } | undefined;
  const account = (node.tryGetContext('account') as string | undefined) ?? byName?.[name]?.account;
  const region = (node.tryGetContext('region') as string | undefined) ?? byName?.[name]?.region;
  return account === undefined && region === undefined ? undefined : { account, region };
}
