import type { StepFactories } from '../interceptor-kit/configured-steps';
import { allowList } from '../interceptor-kit/steps/allow-list';
import { argumentLimits } from '../interceptor-kit/steps/argument-limits';
import { audit } from '../interceptor-kit/steps/audit';
import { guardrail } from '../interceptor-kit/steps/guardrail';
import { inputCheck } from '../interceptor-kit/steps/input-check';
import { tokenExchange } from '../interceptor-kit/steps/token-exchange';
import { toolFilter } from '../interceptor-kit/steps/tool-filter';
import { fillTrustedFields } from '../interceptor-kit/steps/trusted-fill';

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
