import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { KnownCallers } from '../../contract/closed-set';
import type { InterceptionPoint } from '../../contract/interceptor-payload';
import type { TableManifest } from '../../contract/manifest';
import type { InterceptorConfig } from '../../contract/steps/interceptor-config';
import { EVERY_TOOL } from '../../contract/steps/selectors';
import type { StepConfig } from '../../contract/steps/step-configs';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { oneByOne } from '../findings/one-by-one';
import type { RecordedDecisions } from './recorded-decisions';

export type { InterceptionPoint };

/** What a step needs from the function that runs it at one point. */
export interface StepBinding {
  /** The step's part of the configuration file. Called at synthesis with the full names of all tools, and what their policies read. */
  readonly config: (tools: readonly string[], recorded: () => RecordedDecisions) => StepConfig;
  /** Names of tables, streams and roles. Never a secret. */
  readonly environment?: { readonly [name: string]: string };
  /** Grants the least that the step needs. */
  readonly grant?: (fn: lambda.IFunction) => void;
  /** Tables that the step reads, so that the emulator can stand in for them. Called at synthesis. */
  readonly tables?: () => readonly TableManifest[];
  /** Whether the step reads the schemas of the tools' arguments. */
  readonly usesSchemas?: boolean;
  /** Whether the step makes pseudonyms, from a key that both functions share. */
  readonly makesPseudonyms?: boolean;
  /** Names of members that no log line may show. */
  readonly redactedLogFields?: readonly string[];
}

/** The gateway around a step, as far as the step's options can be checked against it. */
export interface StepCheckContext {
  readonly authorization: InterceptorConfig['authorization'];
  readonly targets: readonly string[];
  /** Request headers that reach a target, by its name, lower case. */
  readonly requestHeaders: { readonly [target: string]: readonly string[] };
  /** Full names of all tools known at synth. */
  readonly tools: readonly string[];
  /** Argument schemas of those tools. */
  readonly inputSchemas: InterceptorConfig['inputSchemas'];
  /** Claims that access tokens carry; undefined when nobody can know. */
  readonly claims?: readonly string[];
  /** Known values of claims. @default - none */
  readonly callers?: KnownCallers;
}

/**
 * A step of the interceptors that needs no code of the team's own. Made by {@link Steps}; steps in code go into a chain,
 * see {@link Interceptor}.
 */
export abstract class InterceptorStep {
  private reliedOnBy: readonly string[] | undefined;

  /**
   * Marks the step as one without which no call is decided: guard policies deny calls of tools unless the REQUEST interceptor proves that
   * it saw them, configured as it is now. Only tools that functions run can be asked for the proof.
   *
   * @param tools full names (`target___tool`), or names of targets for all of their tools; none means every tool
   * @returns the same step
   */
  required(...tools: string[]): InterceptorStep {
    if (tools.some((tool) => Array.isArray(tool))) throw oneByOne('required');
    this.reliedOnBy = tools.length > 0 ? tools : [EVERY_TOOL];
    return this;
  }

  /**
   * Selectors of the tools that rely on the step; none unless it is required.
   *
   * @internal
   */
  get _reliedOnBy(): readonly string[] {
    return this.reliedOnBy ?? [];
  }

  /**
   * Whether the step alone is a reason for an interceptor at a point.
   *
   * @internal
   */
  _worksAt(_point: InterceptionPoint): boolean {
    return true;
  }

  /**
   * What the step needs at a point, or undefined when it has nothing to do there. Creates no constructs. The index is the step's place
   * among the steps of its gateway, for names that must differ between two steps of a kind.
   *
   * @internal
   */
  abstract _bind(scope: Construct, point: InterceptionPoint, index: number): StepBinding | undefined;

  /**
   * What is wrong with the step's options in this gateway.
   *
   * @internal
   */
  _findings(_context: StepCheckContext): Diagnostic[] {
    return [];
  }
}
