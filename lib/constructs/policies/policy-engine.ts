import {
  type CfnResource,
  CustomResource,
  type ITaggableV2,
  type RemovalPolicy,
  TagManager,
  TagType,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, type IDependable } from 'constructs';
import {
  POLICY_ENGINE_RESOURCE_TYPE,
  type PolicyEngineAttributes,
  type PolicyEngineProperties,
} from '../../contract/custom-resources';
import type { MadeResource } from '../governance/made-resource';

/** A policy engine of the gateway's own. */
export interface EngineOptions {
  /** Name of the engine, and the seed of policy names. It changes with the key, which no engine can change. */
  readonly engineName: string;
  /** Name of an engine without key, with which the names of all others begin that the gateway had or will have. */
  readonly engineFamily: string;
  readonly removalPolicy: RemovalPolicy;
  readonly tags: { readonly [key: string]: string };
  readonly encryptionKey: kms.IKey | undefined;
}

export interface PolicyEngineProps extends EngineOptions {
  readonly gatewayName: string;
  readonly serviceToken: string;
  /** What must be in force first: the rights of the handlers and of the gateway's role, which gives IAM the time to propagate them. */
  readonly after: readonly IDependable[];
}

/** The gateway's own policy engine: a custom resource that is complete when the engine is ACTIVE. `Tags.of(...)` reaches it. */
export class PolicyEngine extends Construct implements ITaggableV2 {
  readonly policyEngineId: string;
  readonly policyEngineArn: string;
  readonly cdkTagManager: TagManager;
  readonly resource: CustomResource;
  /** As it must stand in the template. */
  readonly made: MadeResource;

  constructor(scope: Construct, id: string, props: PolicyEngineProps) {
    super(scope, id);
    const { engineName, encryptionKey, tags } = props;
    this.cdkTagManager = new TagManager(TagType.MAP, POLICY_ENGINE_RESOURCE_TYPE, { ...tags });
    const properties: Omit<PolicyEngineProperties, 'Tags'> = {
      EngineName: engineName,
      Description: `Policies of gateway ${props.gatewayName}`,
      ...(encryptionKey && { EncryptionKeyArn: encryptionKey.keyArn }),
    };
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: POLICY_ENGINE_RESOURCE_TYPE,
      serviceToken: props.serviceToken,
      properties: { ...properties, Tags: this.cdkTagManager.renderedTags },
      removalPolicy: props.removalPolicy,
    });
    this.resource.node.addDependency(...props.after);
    const resource = this.resource.node.defaultChild as CfnResource;
    this.made = {
      what: 'the policy engine',
      resource,
      properties: { ...properties, ServiceToken: props.serviceToken },
    };
    this.policyEngineId = this.resource.getAttString('PolicyEngineId' satisfies keyof PolicyEngineAttributes);
    this.policyEngineArn = this.resource.getAttString('PolicyEngineArn' satisfies keyof PolicyEngineAttributes);
  }
}
