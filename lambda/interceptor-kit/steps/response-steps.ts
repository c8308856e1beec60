import type { StepFactories } from '../chain/configured-steps';
import { allowList } from './allow-list';
import { audit } from './audit/audit';
import { guardrail } from './guardrail';
import { redaction } from './redaction/redaction';
import { rowScope } from './row-scope';
import { toolFilter } from './tool-filter';
import { hideTrustedFields } from './trusted-context/hide';

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
