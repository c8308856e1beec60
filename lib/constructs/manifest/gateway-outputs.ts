import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { GatewayManifest } from '../../contract/manifest';
import type { GatewayPart } from '../parts/gateway-part';

/** Makes a stack output of each value that parts name. Returns their logical ids, by which a verification finds them in a deployed stack. */
export function addOutputs(scope: Construct, parts: readonly GatewayPart[]): GatewayManifest['outputs'] {
  const stack = Stack.of(scope);
  const ids: { [name: string]: string } = {};
  for (const [name, value] of parts.flatMap((part) => Object.entries(part.outputs?.() ?? {}))) {
    if (value === undefined) continue;
    const output = new CfnOutput(scope, name, { value });
    ids[name] = stack.resolve(output.logicalId) as string;
  }
  return ids;
}
