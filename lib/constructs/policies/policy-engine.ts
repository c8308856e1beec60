import { CustomResource } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';
import {
  POLICY_ENGINE_RESOURCE_TYPE,
  type PolicyEngineAttributes,
  type PolicyEngineProperties,
} from '../../contract/custom-resources';
import type { ResolvedProps } from '../resolve-props';

export interface PolicyEngineProps {
  readonly resolved: ResolvedProps;
  readonly serviceToken: string;
  /** What must be in force first: the rights of the handlers and of the gateway's role, which gives IAM the time to propagate them. */
  readonly after: readonly IDependable[];
}

/** The gateway's own policy engine: a custom resource that is complete when the engine is ACTIVE. */
export class PolicyEngine extends Construct {
  readonly policyEngineId: string;
  readonly policyEngineArn: string;

  constructor(scope: Construct, id: string, props: PolicyEngineProps) {
    super(scope, id);
    const { engineName, encryptionKey, tags } = props.resolved;
    const properties: PolicyEngineProperties = {
      EngineName: engineName,
      ...(encryptionKey && { EncryptionKeyArn: encryptionKey.keyArn }),
      ...(Object.keys(tags).length > 0 && { Tags: tags }),
    };
    const resource = new CustomResource(this, 'Resource', {
      resourceType: POLICY_ENGINE_RESOURCE_TYPE,
      serviceToken: props.serviceToken,
      properties: { ...properties },
      removalPolicy: props.resolved.engineRemovalPolicy,
    });
    resource.node.addDependency(...props.after);
    this.policyEngineId = resource.getAttString('PolicyEngineId' satisfies keyof PolicyEngineAttributes);
    this.policyEngineArn = resource.getAttString('PolicyEngineArn' satisfies keyof PolicyEngineAttributes);
  }
}
