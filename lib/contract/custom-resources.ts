import type { EnforcementMode } from './decision';

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

/** Properties of {@link POLICY_SET_RESOURCE_TYPE}. What decides about ownership is not among them, see `PolicyEngineEnvironment`. */
export interface PolicySetProperties {
  readonly PolicyEngineId: string;
  readonly GatewayIdentifier: string;
  readonly GatewayArn: string;
  /** Key of the policy set document in the asset bucket. */
  readonly DocumentKey: string;
  /** {@link documentHash} of the document. */
  readonly DocumentHash: string;
  /** `false`: undeclared policies in an owned engine are only reported. */
  readonly Prune: 'true' | 'false';
  /** Any text. A change makes the interceptors prove themselves with a new value. @default - none */
  readonly RotateProof?: string;
  /** Mode in which the gateway is attached to the engine. A gateway in another mode fails an update before anything changes. */
  readonly GatewayMode: EnforcementMode;
}
