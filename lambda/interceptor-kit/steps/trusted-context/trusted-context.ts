import type { TrustedContextConfig } from '../../../../lib/contract/steps/trusted-context';
import type { StepFactory } from '../../chain/configured-steps';
import type { Step } from '../../chain/step';
import { fillTrustedFields, make as makeFilling, type TrustedContextDependencies } from './fill';
import { hideTrustedFields, make as makeHiding } from './hide';

/** Both parts of trusted context, for a chain that serves both points. The bundled functions take the part of their own. */
export function trustedContext(config: TrustedContextConfig, dependencies: TrustedContextDependencies = {}): Step {
  return { ...hideTrustedFields(config), ...fillTrustedFields(config, dependencies) };
}

export const make: StepFactory<'trusted-context'> = (config, whole) => ({
  ...makeHiding(config, whole),
  ...makeFilling(config, whole),
});
