import type { JsonObject } from '../../contract/json';
import type { PackEnd } from '../../contract/pack';
import type { PolicyCondition } from '../statements/expression';
import type { ToolAction } from '../statements/tool-action';
import type { PackGateway, PackScope } from './pack-gateway';

/** What every pack leaves open. */
export interface PackOptions {
  /**
   * What ids of the pack's policies begin with. A gateway that has a pack twice gives each an id of its own.
   *
   * @default - the name of the factory, with hyphens
   */
  readonly id?: string;
  /**
   * Claim that lists the caller's groups.
   *
   * @default - `cognito:groups`, or `groups` where tokens carry that one
   */
  readonly groupsClaim?: string;
}

/** One pack with its options. A kind of pack is one file in `kinds/` that makes this, and its factory in `PolicyPack`. */
export interface PackDefinition {
  /** Name of the factory. */
  readonly kind: string;
  readonly id: string;
  /** Whether each use of it is to set off an alarm, and to be audited. @default false */
  readonly watched?: boolean;
  /** What the pack says for one gateway. What is wrong is told to the gateway, or thrown as a GovernanceError; then nothing is rendered. */
  readonly render: (gateway: PackGateway) => PackContent;
}

/** What a pack says for one gateway, before it is text. */
export interface PackContent {
  /** In words, one sentence without a full stop. */
  readonly description: string;
  readonly statements: readonly PackStatement[];
  /** Invariants beside the `invariant` of each forbid. @default - none */
  readonly invariants?: readonly PackInvariant[];
  readonly cases: readonly PackCase[];
  readonly ends?: PackEnd;
}

/** Effect, tools and conditions. */
export interface PackConditions {
  readonly effect: 'permit' | 'forbid';
  readonly on: PackScope;
  readonly when?: PolicyCondition | undefined;
  readonly unless?: PolicyCondition | undefined;
}

/** A policy of a pack. */
export interface PackStatement extends PackConditions {
  /** Behind the id of the pack, where it has several policies. @default - the id of the pack alone */
  readonly name?: string;
  readonly description: string;
  /** Why it is written as it is, above the policy. */
  readonly comment: string;
  /** Sentence of the invariant with the same conditions, of a forbid. @default - no invariant */
  readonly invariant?: string;
}

/** A sentence that has to hold for every call there can be. */
export interface PackInvariant extends PackConditions {
  readonly sentence: string;
}

/** A call, and what the policies of the pack make of it when they decide alone. */
export interface PackCase {
  readonly name: string;
  readonly caller: PackCaller;
  readonly tool: ToolAction;
  /** Arguments beside those that the tool requires. @default - none */
  readonly arguments?: JsonObject;
  /** Time in UTC. @default - noon on 1 January 2026 */
  readonly now?: string;
  readonly expect: 'ALLOW' | 'DENY';
}

/** A caller in the tests of a pack. */
export interface PackCaller {
  /** Name of the persona. */
  readonly name: string;
  /** Claims of the token beside its standard ones. */
  readonly claims: JsonObject;
}
