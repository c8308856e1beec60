import type { StepName } from '../../../lib/contract/steps/step-configs';
import type { StepFactory } from './configured-steps';

/** Steps of this function by name: the build has each add itself (scripts/bundle-interceptor.mjs), before the chain is made. */
export const bundledSteps = new Map<StepName, StepFactory<never>>();
