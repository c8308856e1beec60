import type { StepFactories } from '../interceptor-kit/configured-steps';
import { allowList } from '../interceptor-kit/steps/allow-list';
import { audit } from '../interceptor-kit/steps/audit';
import { guardrail } from '../interceptor-kit/steps/guardrail';
import { redaction } from '../interceptor-kit/steps/redaction';
import { rowScope } from '../interceptor-kit/steps/row-scope';
import { toolFilter } from '../interceptor-kit/steps/tool-filter';
import { hideTrustedFields } from '../interceptor-kit/steps/trusted-hide';

/** Steps with a part on the answer. */
export const RESPONSE_STEPS = {
  'trusted-context': (config) => hideTrustedFields(config),
  redaction: (config) => redaction(config),
  'row-scope': (config) => rowScope(config),
  'tool-filter': (config) => toolFilter(config),
  'allow-list': (config) => allowList(config),
  audit: (config) => audit(config),
  guardrail: (config) => guardrail(config),
} satisfies StepFactories;
