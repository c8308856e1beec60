import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Outputs of the stack by what they are called here, for example `GatewayUrl`. */
export type OutputIds = { readonly [name: string]: string };

/** Makes a stack output of each value and tells its logical id, by which a verification finds it in a deployed stack. */
export function addOutputs(scope: Construct, values: { readonly [name: string]: string | undefined }): OutputIds {
  const stack = Stack.of(scope);
  const ids: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const output = new CfnOutput(scope, name, { value });
    ids[name] = stack.resolve(output.logicalId) as string;
  }
  return ids;
}
