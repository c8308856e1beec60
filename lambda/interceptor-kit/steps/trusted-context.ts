import type { TrustedContextStepConfig } from '../../../lib/contract/interceptor-steps';
import type { Step } from '../step';
import { fillTrustedFields, type TrustedContextEdges } from './trusted-fill';
import { hideTrustedFields } from './trusted-hide';

/** Both parts of trusted context, for a chain that serves both points. The bundled functions take the part of their own. */
export function trustedContext(config: TrustedContextStepConfig, edges: TrustedContextEdges = {}): Step {
  return { ...hideTrustedFields(config), ...fillTrustedFields(config, edges) };
}
