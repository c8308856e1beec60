import { compareGateway } from '../contract/drift/compare-gateway';
import { type DeployedLock, deployedLocks } from '../contract/drift/compare-policies';
import { declaredGateway } from '../contract/drift/declared-gateway';
import type { Difference } from '../contract/drift/difference';
import { type DeployedGateway, readDeployed, type Send } from '../contract/drift/read-deployed';
import { readStackState } from '../contract/drift/read-stack';
import { gatewayIdOf } from '../contract/drift/stack';
import type { DesiredPolicy } from '../contract/policy-set-document';
import { deployedPolicies } from '../contract/tool-classes/deployed-policies';
import { GovernanceError } from '../diagnostics/governance-error';
import type { ManifestFile } from '../policy/assembly/manifest-files';
import { templateOf } from '../policy/assembly/stack-template';
import { cloudFormation, controlPlane } from './aws-sender';

/** The state of a deployed gateway, as it is found without calling it. */
export interface GatewayDrift {
  readonly differences: readonly Difference[];
  /** What should be deployed. */
  readonly policies: readonly DesiredPolicy[];
  readonly locks: readonly DeployedLock[];
  readonly deployed: DeployedGateway;
}

/** Where a gateway's deployment is read. */
export interface DriftEdges {
  readonly controlPlane: Send;
  readonly cloudFormation: Send;
  readonly now: () => number;
}

/** The edges of the account that the environment names. */
export async function accountEdges(): Promise<DriftEdges> {
  return { controlPlane: await controlPlane(), cloudFormation: await cloudFormation(), now: Date.now };
}

/**
 * Compares a gateway of an assembly with its deployment. Throws `VERIFY_TEMPLATE_MISSING`, `VERIFY_GATEWAY_MISSING`,
 * `VERIFY_OUTPUT_MISSING` or `VERIFY_CONTROL_PLANE_FAILED`: what could only be read in part is no answer.
 */
export async function readDrift(file: ManifestFile, edges: DriftEdges): Promise<GatewayDrift> {
  const { manifest } = file;
  const { stackName, gateway, outputs } = manifest;
  const policies = deployedPolicies(manifest.policies, manifest.targets);
  const template = templateOf(file);
  if (template === undefined) throw GovernanceError.of('VERIFY_TEMPLATE_MISSING', { path: file.file });
  const stack = await readStackState(edges.cloudFormation, stackName, gateway.logicalId);
  if (stack === undefined)
    throw GovernanceError.of('VERIFY_GATEWAY_MISSING', { path: manifest.path, stack: stackName });
  const policyEngineId = stack.outputs[outputs['PolicyEngineId'] ?? ''];
  if (policyEngineId === undefined) {
    throw GovernanceError.of('VERIFY_OUTPUT_MISSING', { stack: stackName, output: 'PolicyEngineId' });
  }
  const declared = declaredGateway({ template, stack, logicalId: gateway.logicalId, policyEngineId, policies });
  if (declared === undefined)
    throw GovernanceError.of('VERIFY_GATEWAY_MISSING', { path: manifest.path, stack: stackName });
  const ids = {
    gatewayId: gatewayIdOf(declared.gatewayArn),
    policyEngineId,
    rateLimits: declared.rateLimits.length > 0,
  };
  const deployed = await readDeployed(edges.controlPlane, ids);
  return {
    policies,
    differences: compareGateway(declared, deployed),
    locks: deployedLocks(deployed.policies, declared.gatewayArn, edges.now()),
    deployed,
  };
}
