// The steps with a part on the answer, each under its name in camel case. The build makes a file of each line.
export { make as allowList } from './allow-list';
export { make as audit } from './audit/audit';
export { make as decisionRecord } from './decision-record/decision-record';
export { make as denials } from './denials/denials';
export { make as guardrail } from './guardrail';
export { make as redaction } from './redaction/redaction';
export { make as rowScope } from './row-scope';
export { make as toolFilter } from './tool-filter';
export { make as trustedContext } from './trusted-context/hide';
