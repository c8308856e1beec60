// The steps with a part before the policy decision, each under its name in camel case. The build makes a file of each line.
export { make as allowList } from './allow-list';
export { make as argumentLimits } from './argument-limits';
export { make as audit } from './audit/audit';
export { make as decisionRecord } from './decision-record/decision-record';
export { make as guardrail } from './guardrail';
export { make as inputCheck } from './input-check';
export { make as tokenExchange } from './token-exchange';
export { make as toolFilter } from './tool-filter';
export { make as trustedContext } from './trusted-context/fill';
