import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';

const GOVERNED = Symbol.for('governed-gateway.governed');

/** Marks the gateway resource of a governed gateway. */
export function markGoverned(resource: IConstruct): void {
  Object.defineProperty(resource, GOVERNED, { value: true });
}

/** Gateways below the scope of a baseline on which no baseline can be put, since no `GovernedGateway` made them. */
export function ungovernedGateways(scope: IConstruct, baseline: string): Diagnostic[] {
  return scope.node
    .findAll()
    .filter((node) => CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::BedrockAgentCore::Gateway')
    .filter((resource) => !(GOVERNED in resource))
    .map(({ node: { path } }) => diagnostic('BASELINE_UNGOVERNED', { baseline, path }));
}
