import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { CHANGING_ROLES_PATH } from '../../contract/changing-roles';
import { isGoverned } from '../../contract/governed';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { overridesOf } from './made-resource';

/** What would be outside of every baseline if no governed gateway made it, by its type in the template. */
const KINDS: { readonly [type: string]: string } = {
  'AWS::BedrockAgentCore::Gateway': 'gateway',
  'AWS::BedrockAgentCore::GatewayTarget': 'target',
  'AWS::BedrockAgentCore::GatewayRule': 'rule',
};

/** Resources below the scope of a baseline on which no baseline can be put, since no `GovernedGateway` made them. */
export function ungovernedGateways(scope: IConstruct, baseline: string): Diagnostic[] {
  return scope.node.findAll().flatMap((node) => {
    const kind = CfnResource.isCfnResource(node) && !isGoverned(node) ? kindOf(node) : undefined;
    return kind === undefined ? [] : [diagnostic('BASELINE_UNGOVERNED', { baseline, kind, path: node.node.path })];
  });
}

function kindOf(resource: CfnResource): string | undefined {
  if (resource.cfnResourceType !== 'AWS::IAM::Role') return KINDS[resource.cfnResourceType];
  const said = [(resource as CfnRole).path, overridesOf(resource)];
  return JSON.stringify(Stack.of(resource).resolve(said)).includes(`"${CHANGING_ROLES_PATH}`) ? 'role' : undefined;
}
