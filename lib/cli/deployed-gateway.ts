import { resolve } from 'node:path';
import { readStackState } from '../contract/drift/read-stack';
import { arnParts, gatewayIdOf } from '../contract/drift/stack';
import type { GatewayManifest } from '../contract/manifest';
import { cloudFormation } from '../deployed/aws-sender';
import type { DeployedStack } from '../deployed/deployed-stack';
import type { LockableGateway } from '../deployed/lock/locks';
import { GovernanceError } from '../diagnostics/governance-error';
import { oneManifest } from '../policy/assembly/manifest-files';
import { DEFAULT_ASSEMBLY } from './gateway-input';
import type { Terminal } from './terminal';

/** A gateway that is deployed, as its stack tells of it. */
export interface DeployedGateway {
  readonly manifest: GatewayManifest;
  readonly gateway: LockableGateway;
  readonly stack: DeployedStack;
}

/** Finds the deployed gateway of an app. Throws `VERIFY_GATEWAY_MISSING` or `VERIFY_OUTPUT_MISSING`. */
export async function deployedGateway(
  terminal: Terminal,
  { app = DEFAULT_ASSEMBLY, gateway: name }: { readonly app?: string; readonly gateway?: string },
): Promise<DeployedGateway> {
  const { manifest } = oneManifest(resolve(terminal.cwd, app), name);
  const { stackName, gateway, path } = manifest;
  const state = await readStackState(await cloudFormation(), stackName, gateway.logicalId);
  const physicalId = state?.resources[gateway.logicalId];
  if (state === undefined || physicalId === undefined) {
    throw GovernanceError.of('VERIFY_GATEWAY_MISSING', { path, stack: stackName });
  }
  const named = Object.entries(manifest.outputs).map(([output, key]) => [output, state.outputs[key]] as const);
  const outputs = Object.fromEntries(named.filter((entry): entry is [string, string] => entry[1] !== undefined));
  const policyEngineId = outputs['PolicyEngineId'];
  if (policyEngineId === undefined) {
    throw GovernanceError.of('VERIFY_OUTPUT_MISSING', { stack: stackName, output: 'PolicyEngineId' });
  }
  const gatewayId = gatewayIdOf(physicalId);
  const { partition, region, account } = arnParts(state.stackId);
  const gatewayArn = `arn:${partition}:bedrock-agentcore:${region}:${account}:gateway/${gatewayId}`;
  return { manifest, gateway: { gatewayId, gatewayArn, policyEngineId }, stack: { stackName, outputs } };
}
