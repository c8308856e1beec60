import type { InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import { makeSteps, type StepFactories } from '../chain/configured-steps';
import type { Step } from '../chain/step';
import * as allowList from './allow-list';
import * as argumentLimits from './argument-limits';
import * as audit from './audit/audit';
import * as decisionRecord from './decision-record/decision-record';
import * as denials from './denials/denials';
import * as guardrail from './guardrail';
import * as inputCheck from './input-check';
import * as redaction from './redaction/redaction';
import * as rowScope from './row-scope';
import * as tokenExchange from './token-exchange';
import * as toolFilter from './tool-filter';
import * as trustedContext from './trusted-context/trusted-context';

// Public, by name: the built-in steps for a chain of one's own.
export { allowList } from './allow-list';
export { argumentLimits } from './argument-limits';
export { type AuditDependencies, audit } from './audit/audit';
export { type DecisionRecordDependencies, decisionRecord } from './decision-record/decision-record';
export { type DenialsDependencies, denials } from './denials/denials';
export { type GuardrailDependencies, guardrail } from './guardrail';
export { inputCheck } from './input-check';
export { redaction } from './redaction/redaction';
export { rowScope } from './row-scope';
export { type TokenExchangeDependencies, tokenExchange } from './token-exchange';
export { toolFilter } from './tool-filter';
export { trustedContext } from './trusted-context/trusted-context';

/** Every built-in step by its name in a configuration. The build makes a piece of each, so that a function has only those of its gateway. */
const BUILT_IN: StepFactories = {
  'allow-list': allowList.make,
  'argument-limits': argumentLimits.make,
  audit: audit.make,
  'decision-record': decisionRecord.make,
  denials: denials.make,
  guardrail: guardrail.make,
  'input-check': inputCheck.make,
  redaction: redaction.make,
  'row-scope': rowScope.make,
  'token-exchange': tokenExchange.make,
  'tool-filter': toolFilter.make,
  'trusted-context': trustedContext.make,
};

/** The built-in steps of a configuration, both parts of each, for example to try a chain with what a construct configured. */
export function builtInSteps(config: InterceptorConfig | undefined): Step[] {
  return makeSteps(config, (name) => BUILT_IN[name]);
}
