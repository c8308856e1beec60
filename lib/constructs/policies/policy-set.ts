import { CustomResource } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';
import { POLICY_SET_RESOURCE_TYPE, type PolicySetProperties } from '../../contract/custom-resources';
import type { EngineMode } from '../../contract/decision';
import type { LateAsset } from '../functions/late-asset';

export interface PolicySetProps {
  readonly serviceToken: string;
  readonly policyEngineId: string;
  readonly gatewayId: string;
  readonly gatewayArn: string;
  /** Mode in which the gateway is attached to the engine. */
  readonly gatewayMode: EngineMode;
  readonly document: LateAsset;
  readonly ownsEngine: boolean;
  readonly prune: boolean;
  /** Marks policies in a shared engine as this gateway's own. */
  readonly ownerMarker: string;
}

/** The gateway's policies: a custom resource that is complete when the engine holds just what was declared, all of it ACTIVE. */
export class PolicySet extends Construct {
  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: PolicySetProps) {
    super(scope, id);
    const properties: PolicySetProperties = {
      PolicyEngineId: props.policyEngineId,
      GatewayIdentifier: props.gatewayId,
      GatewayArn: props.gatewayArn,
      GatewayMode: props.gatewayMode,
      DocumentBucket: props.document.bucketName,
      DocumentKey: props.document.objectKey,
      DocumentHash: props.document.hash,
      OwnsEngine: props.ownsEngine ? 'true' : 'false',
      Prune: props.prune ? 'true' : 'false',
      OwnerMarker: props.ownerMarker,
    };
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: POLICY_SET_RESOURCE_TYPE,
      serviceToken: props.serviceToken,
      properties: { ...properties },
    });
  }

  /** Statements validate against the tools of the gateway, so the set waits for every target. */
  after(...dependables: IDependable[]): void {
    this.resource.node.addDependency(...dependables);
  }
}
