import { createHash } from 'node:crypto';
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

/** Attributes of {@link POLICY_SET_RESOURCE_TYPE}, beside one by {@link policyIdAttribute} for each policy that is asked about. */
export interface PolicySetAttributes {
  /** How many policies the set holds. */
  readonly PolicyCount: string;
}

/** Name of the attribute that holds the id of a policy, which the service makes. Short, since all attributes share one answer of 4 KB. */
export function policyIdAttribute(policyName: string): string {
  return `Id${createHash('sha256').update(policyName).digest('hex').slice(0, 8)}`;
}

/** Policies whose ids one answer has room for. Ids take up to 59 characters; source: API model. */
export const POLICY_IDS_MAX = 40;

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
  /** Names of the policies whose ids are asked for, at most {@link POLICY_IDS_MAX}. @default - none */
  readonly PolicyIdsOf?: readonly string[];
  /** Any text. A change makes the interceptors prove themselves with a new value. @default - none */
  readonly RotateProof?: string;
  /** Mode in which the gateway is attached to the engine. A gateway in another mode fails an update before anything changes. */
  readonly GatewayMode: EnforcementMode;
}
