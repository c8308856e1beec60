import { LOCAL_ENGINE_ID, LOCAL_GATEWAY_ARN, LOCAL_GATEWAY_ID } from '../local-arn';
import type { GatewayManifest } from '../manifest';
import { arnParts, type StackState, type Template } from './stack';

/** The state that a stack has on the emulator, as CloudFormation would tell it: a resource's physical id is its logical id. */
export function localStack(
  template: Template,
  { stackName, gateway, outputs }: Pick<GatewayManifest, 'stackName' | 'gateway' | 'outputs'>,
): StackState {
  const { partition, region, account } = arnParts(LOCAL_GATEWAY_ARN);
  const values: { readonly [name: string]: string } = { GatewayId: LOCAL_GATEWAY_ID, PolicyEngineId: LOCAL_ENGINE_ID };
  return {
    stackId: `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/local`,
    stackName,
    status: 'UPDATE_COMPLETE',
    resources: {
      ...Object.fromEntries(Object.keys(template.Resources).map((id) => [id, id])),
      [gateway.logicalId]: LOCAL_GATEWAY_ID,
    },
    parameters: {},
    outputs: Object.fromEntries(
      Object.entries(outputs).flatMap(([name, key]) => (values[name] === undefined ? [] : [[key, values[name]]])),
    ),
  };
}
