import type { InterceptorStep } from '../interceptor-step';
import { type AllowListOptions, AllowListStep } from './allow-list';
import { type ArgumentLimitsOptions, ArgumentLimitsStep } from './argument-limits';
import { type AuditOptions, AuditStep } from './audit';
import { type DecisionRecordOptions, DecisionRecordStep } from './decision-record';
import { type GuardrailOptions, GuardrailStep } from './guardrail';
import { type InputCheckOptions, InputCheckStep } from './input-check';
import { type RedactionOptions, RedactionStep } from './redaction';
import { type RowScopeOptions, RowScopeStep } from './row-scope';
import { type TokenExchangeOptions, TokenExchangeStep } from './token-exchange';
import { type ToolFilterOptions, ToolFilterStep } from './tool-filter';

// Public, by name.
export type { AllowListOptions, PromptAllowance, ResourceAllowance } from './allow-list';
export {
  type ArgumentLimitsOptions,
  type ArgumentRuleOptions,
  UnknownArguments,
} from './argument-limits';
export { type AuditedArguments, type AuditOptions, DeliveryFailure } from './audit';
export type { CallerSelector } from './caller-selector';
export type { DecisionRecordOptions } from './decision-record';
export { GuardrailAction, type GuardrailOptions } from './guardrail';
export type { InputCheckOptions } from './input-check';
export {
  type FieldRedaction,
  OpaqueContent,
  type PatternRedaction,
  PersonalData,
  type RedactionOptions,
} from './redaction';
export type { RowScopeOptions } from './row-scope';
export {
  type CredentialHeaderNames,
  ExchangeMethod,
  type TokenExchangeOptions,
} from './token-exchange';
export type { ToolFilterOptions, ToolVisibility } from './tool-filter';

/**
 * The built-in steps of the interceptors. They run in the order in which they are given, after trusted context, and in reverse order on the answer.
 * A step that cannot decide denies.
 *
 * @example
 * new GovernedGateway(this, 'Gateway', {
 *   mode: EnforcementMode.ENFORCE,
 *   steps: [
 *     Steps.inputCheck(),
 *     Steps.redaction({ fields: [{ tools: ['claims'], paths: ['claims.ssn'] }] }),
 *     Steps.audit(),
 *   ],
 * });
 */
export class Steps {
  /** Limits what a client may send to tools: sizes, depth, patterns, ranges, undeclared arguments. */
  static argumentLimits(options: ArgumentLimitsOptions = {}): InterceptorStep {
    return new ArgumentLimitsStep(options);
  }

  /** Checks arguments against the tool's own JSON schema, which the gateway may not do. */
  static inputCheck(options: InputCheckOptions = {}): InterceptorStep {
    return new InputCheckStep(options);
  }

  /** Masks fields and personal data in results, in text, JSON text and structured content alike. */
  static redaction(options: RedactionOptions): InterceptorStep {
    return new RedactionStep(options);
  }

  /** Removes rows from results that do not belong to the caller. */
  static rowScope(options: RowScopeOptions): InterceptorStep {
    return new RowScopeStep(options);
  }

  /** Hides tools in lists and search results, and denies calls to them. */
  static toolFilter(options: ToolFilterOptions): InterceptorStep {
    return new ToolFilterStep(options);
  }

  /** Lets only named prompts and resources through, since policies govern tools only. */
  static allowList(options: AllowListOptions = {}): InterceptorStep {
    return new AllowListStep(options);
  }

  /** Passes AWS credentials for the caller to targets that accept headers. */
  static tokenExchange(options: TokenExchangeOptions): InterceptorStep {
    return new TokenExchangeStep(options);
  }

  /** Writes one record per call, chained by hash; `governed-gateway audit verify FILE` checks them. */
  static audit(options: AuditOptions = {}): InterceptorStep {
    return new AuditStep(options);
  }

  /**
   * Records what policies can read of each call of a tool, and how it ended, for `governed-gateway decisions`, `replay` and `promote`. A
   * call whose record cannot be written goes on.
   */
  static decisionRecord(options: DecisionRecordOptions = {}): InterceptorStep {
    return new DecisionRecordStep(options);
  }

  /** Runs an Amazon Bedrock guardrail on arguments and results. */
  static guardrail(options: GuardrailOptions): InterceptorStep {
    return new GuardrailStep(options);
  }

  private constructor() {}
}
