import type { AllowListConfig } from './allow-list';
import type { ArgumentLimitsConfig } from './argument-limits';
import type { AuditConfig } from './audit';
import type { DecisionRecordConfig } from './decision-record';
import type { DenialsConfig } from './denials';
import type { GuardrailConfig } from './guardrail';
import type { InputCheckConfig } from './input-check';
import type { RedactionConfig } from './redaction';
import type { RowScopeConfig } from './row-scope';
import type { TokenExchangeConfig } from './token-exchange';
import type { ToolFilterConfig } from './tool-filter';
import type { TrustedContextConfig } from './trusted-context';

/** What every built-in step is told, by the name that the configuration uses. To add a step: its file in this folder and a line here. */
export interface StepConfigs {
  'trusted-context': TrustedContextConfig;
  'argument-limits': ArgumentLimitsConfig;
  'input-check': InputCheckConfig;
  redaction: RedactionConfig;
  'row-scope': RowScopeConfig;
  'tool-filter': ToolFilterConfig;
  'allow-list': AllowListConfig;
  'token-exchange': TokenExchangeConfig;
  audit: AuditConfig;
  'decision-record': DecisionRecordConfig;
  denials: DenialsConfig;
  guardrail: GuardrailConfig;
}

/** Name of a built-in step, such as `audit`. */
export type StepName = keyof StepConfigs;

/** One step of a configuration. */
export type StepConfigOf<Name extends StepName> = { readonly step: Name } & StepConfigs[Name];

/** Any step of a configuration. */
export type StepConfig = { [Name in StepName]: StepConfigOf<Name> }[StepName];
