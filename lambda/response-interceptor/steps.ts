import type { StepFactories } from '../interceptor-kit/configured-steps';
import { trustedContext } from '../interceptor-kit/steps/trusted-context';

/** Steps with a part on the answer. */
export const RESPONSE_STEPS = {
  'trusted-context': (config) => trustedContext(config),
} satisfies StepFactories;
