import type { TrustedContextConfig } from '../../../../lib/contract/steps/trusted-context';
import type { Step } from '../../chain/step';
import { fillTrustedFields, type TrustedContextDependencies } from './fill';
import { hideTrustedFields } from './hide';

/** Both parts of trusted context, for a chain that serves both points. The bundled functions take the part of their own. */
export function trustedContext(config: TrustedContextConfig, dependencies: TrustedContextDependencies = {}): Step {
  return { ...hideTrustedFields(config), ...fillTrustedFields(config, dependencies) };
}
