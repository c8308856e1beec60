/**
 * Environment variables of the policy engine's handlers: what they are responsible for. It is part of their own configuration, so that nobody
 * who may send them a request can turn their rights on the engine, policies or documents of somebody else.
 */
export interface PolicyEngineEnvironment {
  /** ARN of the one stack whose requests are served. */
  readonly STACK_ID: string;
  /** Logical id of the policy engine resource; empty when an engine was passed in. */
  readonly ENGINE_LOGICAL_ID: string;
  /** Logical id of the policy set resource. */
  readonly SET_LOGICAL_ID: string;
  /** Patterns of the ids of the engines, `?` for any character, separated by commas. */
  readonly ENGINE_IDS: string;
  /** `true` when the construct makes the engine: then a policy that nobody declared is removed. */
  readonly OWNS_ENGINE: 'true' | 'false';
  /** Pattern of the gateway's ARN, with `?` and `*` as in IAM. */
  readonly GATEWAY_ARN: string;
  /**
   * Text at the end of the description of the engine and of every policy, which marks them as made here. Unique among all gateways of the
   * account and Region, and the same for every incarnation of a stack: no blanks, no brackets, at most 512 characters.
   */
  readonly OWNER: string;
  /** Bucket of the policy set documents. */
  readonly DOCUMENT_BUCKET: string;
  /** What the key of every policy set document begins with. */
  readonly DOCUMENT_PREFIX: string;
}

/** What the rotation function of the proof's secret has besides. Its patterns name the engine and the gateway that are there. */
export interface PolicySetRotationEnvironment extends PolicyEngineEnvironment {
  readonly POLICY_ENGINE_ID: string;
  /** Key of the policy set document that is deployed. */
  readonly DOCUMENT_KEY: string;
  /** Hash of that document, see `documentHash`. */
  readonly DOCUMENT_HASH: string;
}
