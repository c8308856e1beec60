import type { StepFactories } from '../chain/configured-steps';
import * as request from './request-steps';
import * as response from './response-steps';
import { trustedContext } from './trusted-context/trusted-context';

/** Every built-in step, both parts. A chain of a team's own may get any of them. */
export const ALL_STEPS: StepFactories = {
  'trusted-context': (config) => trustedContext(config),
  'argument-limits': request.argumentLimits,
  'input-check': request.inputCheck,
  'tool-filter': request.toolFilter,
  'allow-list': request.allowList,
  'token-exchange': request.tokenExchange,
  audit: request.audit,
  'decision-record': request.decisionRecord,
  denials: response.denials,
  guardrail: request.guardrail,
  redaction: response.redaction,
  'row-scope': response.rowScope,
};
