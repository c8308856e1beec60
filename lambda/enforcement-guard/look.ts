import { compareGateway } from '../../lib/contract/drift/compare-gateway';
import { type DeclaredGateway, declaredGateway } from '../../lib/contract/drift/declared-gateway';
import type { Difference } from '../../lib/contract/drift/difference';
import { type DeployedGateway, readDeployed } from '../../lib/contract/drift/read-deployed';
import { readStackState, readTemplate } from '../../lib/contract/drift/read-stack';
import { gatewayIdOf, type StackState, type Template } from '../../lib/contract/drift/stack';
import { textMember } from '../../lib/contract/drift/text-member';
import { type DesiredPolicy, documentHash, type PolicySetDocument } from '../../lib/contract/policy-set-document';
import type { GuardEdges } from './edges';

/** What the guard saw. */
export interface Sight {
  readonly declared: DeclaredGateway;
  readonly deployed: DeployedGateway;
  readonly differences: readonly Difference[];
}

/** How long changes that are under way are waited for, and how often is looked. With a repair between two looks, people are told in two minutes. */
const SETTLING = 30_000;
const INTERVAL = 3_000;

/**
 * Compares the gateway with the template that CloudFormation deployed. Undefined while the stack is being changed: then everything may be
 * different, and the end of the change is looked at again. Throws when anything cannot be read.
 */
export async function look(edges: GuardEdges): Promise<Sight | undefined> {
  const { watched, now, sleep } = edges;
  for (const end = now() + SETTLING; ; await sleep(INTERVAL)) {
    const stack = await stackOf(edges);
    if (isDeploying(stack)) return undefined;
    const sight = await compare(edges, stack);
    // What was read while a deployment began says nothing.
    if (isDeploying(await stackOf(edges))) return undefined;
    if (now() >= end || !sight.differences.some(isUnderWay)) return sight;
    edges.write({ level: 'INFO', message: 'a change is under way', gateway: watched.gatewayName });
  }
}

function isDeploying({ status }: StackState): boolean {
  return status.endsWith('_IN_PROGRESS') || status === 'DELETE_COMPLETE';
}

function isUnderWay({ kind, deployed }: Difference): boolean {
  return kind === 'unsettled' && typeof deployed === 'string' && deployed.endsWith('ING');
}

async function stackOf({ cloudFormation, watched }: GuardEdges): Promise<StackState> {
  const stack = await readStackState(cloudFormation, watched.stackId, watched.gatewayLogicalId);
  if (stack === undefined) throw new Error(`stack ${watched.stackId} has no gateway ${watched.gatewayLogicalId}`);
  return stack;
}

async function compare(edges: GuardEdges, stack: StackState): Promise<Sight> {
  const { watched, controlPlane, cloudFormation } = edges;
  const template = await readTemplate(cloudFormation, watched.stackId);
  const policies = await policiesOf(edges, template);
  const { gatewayLogicalId: logicalId, policyEngineId } = watched;
  const declared = declaredGateway({ template, stack, logicalId, policyEngineId, policies });
  if (declared === undefined) throw new Error(`the template has no gateway ${logicalId}`);
  const ids = {
    gatewayId: gatewayIdOf(declared.gatewayArn),
    policyEngineId,
    rateLimits: declared.rateLimits.length > 0,
  };
  const deployed = await readDeployed(controlPlane, ids);
  return {
    declared,
    deployed,
    differences: compareGateway(declared, deployed),
  };
}

/** The policies that the template declares, from the document that it names by its hash. */
async function policiesOf({ readObject, watched }: GuardEdges, template: Template): Promise<readonly DesiredPolicy[]> {
  const properties = template.Resources[watched.setLogicalId]?.Properties ?? {};
  const text = await readObject(watched.documentBucket, textMember(properties, 'DocumentKey'));
  if (documentHash(text) !== properties['DocumentHash'])
    throw new Error('the policy set document is not the one that was deployed');
  return (JSON.parse(text) as PolicySetDocument).policies;
}
