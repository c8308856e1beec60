import type { StepFactories } from '../interceptor-kit/configured-steps';
import { trustedContext } from '../interceptor-kit/steps/trusted-context';

/** Steps with a part before the policy decision. */
export const REQUEST_STEPS = {
  'trusted-context': (config) => trustedContext(config),
} satisfies StepFactories;
