import type { Duration } from 'aws-cdk-lib';
import type { PolicySource } from '../../policy/source/source';
import type { Invariant } from '../../policy/statements/invariant';
import type { AllowedIdentity } from './allowed-identity';

/** A rule of a baseline that can be left to some scopes. */
export enum BaselineRule {
  /** Callers are known. */
  AUTHORIZATION = 'authorization',
  /** Policies decide. */
  MODE = 'mode',
  /** The identity is an allowed one. */
  IDENTITY = 'identity',
  /** Access tokens live no longer than allowed. */
  TOKEN_LIFETIME = 'token-lifetime',
  /** Required steps run. */
  STEPS = 'steps',
  /** The gateway has observability. */
  OBSERVABILITY = 'observability',
  /** Every tool is in a required class. */
  TOOL_CLASSES = 'tool-classes',
  /** What the construct made is as it was made. */
  UNTOUCHED = 'untouched',
}

/** A step that a baseline can require, see `Steps`. */
export enum RequiredStep {
  ARGUMENT_LIMITS = 'argument-limits',
  INPUT_CHECK = 'input-check',
  REDACTION = 'redaction',
  ROW_SCOPE = 'row-scope',
  TOOL_FILTER = 'tool-filter',
  ALLOW_LIST = 'allow-list',
  TOKEN_EXCHANGE = 'token-exchange',
  AUDIT = 'audit',
  DECISION_RECORD = 'decision-record',
  GUARDRAIL = 'guardrail',
}

/** Scopes to which a rule is left: there, its finding is a warning that can be acknowledged. */
export interface BaselineException {
  readonly rule: BaselineRule;
  /** Construct paths; what is below them is meant too. */
  readonly scopes: string[];
  /** Why, for reviewers. */
  readonly reason: string;
}

/** What a baseline puts onto every governed gateway below its scope, and asks of it. */
export interface BaselineRules {
  /** Name of the baseline: letters, digits and hyphens. Ids of its policies begin with it. */
  readonly name: string;

  /**
   * Policies of every gateway, in front of its own. No permit overrides a forbid.
   *
   * @default - none
   */
  readonly policies?: PolicySource[];

  /**
   * What has to hold for every call of every gateway.
   *
   * @default - none
   */
  readonly invariants?: Invariant[];

  /**
   * Environments in which policies have to decide: ids of stages or stacks above a gateway, or numbers of accounts. An empty list asks for none.
   *
   * @default - everywhere
   */
  readonly enforceIn?: string[];

  /**
   * Identities of which a gateway must have one. A gateway without authorization breaks every baseline.
   *
   * @default - any with authorization
   */
  readonly allowedIdentities?: AllowedIdentity[];

  /**
   * Longest lifetime of an access token. An identity of which nobody knows it breaks the rule, see `AllowedIdentityOptions`.
   *
   * @default - any
   */
  readonly maxTokenLifetime?: Duration;

  /**
   * Steps that have to run for every tool.
   *
   * @default - none
   */
  readonly requiredSteps?: RequiredStep[];

  /**
   * Whether a gateway must have `observability`.
   *
   * @default false
   */
  readonly observability?: boolean;

  /**
   * Classes of which every tool must have one.
   *
   * @default - none
   */
  readonly requiredToolClasses?: string[];

  /**
   * Classes that policies of the baseline name, beside `read`, `write`, `destructive` and `open-world`; a gateway may have no tool in them.
   *
   * @default - none
   */
  readonly toolClasses?: string[];

  /**
   * Scopes that may acknowledge that they break a rule.
   *
   * @default - nobody may
   */
  readonly exceptions?: BaselineException[];
}
