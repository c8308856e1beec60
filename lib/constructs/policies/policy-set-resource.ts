import { type CfnResource, CustomResource, type IResolvable } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';
import { POLICY_SET_RESOURCE_TYPE, type PolicySetProperties } from '../../contract/custom-resources';
import type { EnforcementMode } from '../../contract/decision';
import type { LateAsset } from '../functions/late-asset';
import type { MadeResource } from '../governance/made-resource';

export interface PolicySetProps {
  readonly serviceToken: string;
  readonly policyEngineId: string;
  readonly gatewayId: string;
  readonly gatewayArn: string;
  /** Mode in which the gateway is attached to the engine. */
  readonly gatewayMode: EnforcementMode;
  readonly document: LateAsset;
  /** Hash of the document's bytes. */
  readonly documentHash: string;
  readonly prune: boolean;
  /** Another text makes the interceptors prove themselves with a new value. */
  readonly rotateProof: string | undefined;
  /** Names of the policies whose ids are asked for: a token for a list, since each may be asked for until synthesis. */
  readonly policyIdsOf: IResolvable;
}

/** The gateway's policies: a custom resource that is complete when the engine holds just what was declared, all of it ACTIVE. */
export class PolicySetResource extends Construct {
  readonly resource: CustomResource;
  /** As it must stand in the template. */
  readonly made: MadeResource;

  constructor(scope: Construct, id: string, props: PolicySetProps) {
    super(scope, id);
    const properties: Omit<PolicySetProperties, 'PolicyIdsOf'> = {
      PolicyEngineId: props.policyEngineId,
      GatewayIdentifier: props.gatewayId,
      GatewayArn: props.gatewayArn,
      GatewayMode: props.gatewayMode,
      DocumentKey: props.document.objectKey,
      DocumentHash: props.documentHash,
      Prune: props.prune ? 'true' : 'false',
      ...(props.rotateProof !== undefined && { RotateProof: props.rotateProof }),
    };
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: POLICY_SET_RESOURCE_TYPE,
      serviceToken: props.serviceToken,
      properties: { ...properties, PolicyIdsOf: props.policyIdsOf },
    });
    const resource = this.resource.node.defaultChild as CfnResource;
    this.made = { what: 'the policy set', resource, properties: { ...properties, ServiceToken: props.serviceToken } };
  }

  /** Statements validate against the tools of the gateway, so the set waits for every target. */
  after(...dependables: IDependable[]): void {
    this.resource.node.addDependency(...dependables);
  }
}
