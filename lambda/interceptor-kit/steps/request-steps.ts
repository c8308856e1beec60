import type { StepFactories } from '../chain/configured-steps';
import { allowList } from './allow-list';
import { argumentLimits } from './argument-limits';
import { audit } from './audit/audit';
import { guardrail } from './guardrail';
import { inputCheck } from './input-check';
import { tokenExchange } from './token-exchange';
import { toolFilter } from './tool-filter';
import { fillTrustedFields } from './trusted-context/fill';

/** Steps with a part before the policy decision. */
export const REQUEST_STEPS = {
  'trusted-context': (config) => fillTrustedFields(config),
  'argument-limits': (config, { inputSchemas }) => argumentLimits(config, inputSchemas),
  'input-check': (config, { inputSchemas }) => inputCheck(config, inputSchemas),
  'tool-filter': (config) => toolFilter(config),
  'allow-list': (config) => allowList(config),
  'token-exchange': (config) => tokenExchange(config),
  audit: (config) => audit(config),
  guardrail: (config) => guardrail(config),
} satisfies StepFactories;
