import type { EngineMode } from './decision';

/** CloudFormation types of the two custom resources. */
export const POLICY_ENGINE_RESOURCE_TYPE = 'Custom::AgentCorePolicyEngine';
export const POLICY_SET_RESOURCE_TYPE = 'Custom::AgentCorePolicySet';

/** Properties of {@link POLICY_ENGINE_RESOURCE_TYPE}. CloudFormation hands every scalar over as a string. */
export interface PolicyEngineProperties {
  /** Immutable: a change replaces the engine. */
  readonly EngineName: string;
  readonly Description: string;
  /** KMS key ARN. Immutable: a change replaces the engine. */
  readonly EncryptionKeyArn?: string;
  readonly Tags?: { readonly [key: string]: string };
}

/** Attributes of {@link POLICY_ENGINE_RESOURCE_TYPE}. */
export interface PolicyEngineAttributes {
  readonly PolicyEngineId: string;
  readonly PolicyEngineArn: string;
}

/** Attributes of {@link POLICY_SET_RESOURCE_TYPE}. */
export interface PolicySetAttributes {
  /** How many policies the set holds. */
  readonly PolicyCount: string;
}

/** Properties of {@link POLICY_SET_RESOURCE_TYPE}. */
export interface PolicySetProperties {
  readonly PolicyEngineId: string;
  readonly GatewayIdentifier: string;
  readonly GatewayArn: string;
  /** Where the policy set document lies. */
  readonly DocumentBucket: string;
  readonly DocumentKey: string;
  /** Hash of the document; a change makes CloudFormation send an update. */
  readonly DocumentHash: string;
  /** `true` when the construct created the engine: then a policy that nobody declared is removed. */
  readonly OwnsEngine: 'true' | 'false';
  /** `false`: undeclared policies in an owned engine are only reported. */
  readonly Prune: 'true' | 'false';
  /**
   * Text in the description of every policy that this resource made, which marks it as its own in a shared engine. Unique
   * among all resources that put policies into the engine: no spaces, no brackets, at most 512 characters.
   */
  readonly OwnerMarker: string;
  /** Any text. A change makes the interceptors prove themselves with a new value. @default - none */
  readonly RotateProof?: string;
  /** Mode in which the gateway is attached to the engine. A gateway in another mode fails an update before anything changes. */
  readonly GatewayMode: EngineMode;
}
