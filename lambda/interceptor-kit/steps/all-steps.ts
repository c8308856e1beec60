import type { StepFactories } from '../chain/configured-steps';
import { REQUEST_STEPS } from './request-steps';
import { RESPONSE_STEPS } from './response-steps';
import { trustedContext } from './trusted-context/trusted-context';

/** Every built-in step. A chain of a team's own may get any of them. */
export const ALL_STEPS: Required<StepFactories> = {
  ...REQUEST_STEPS,
  ...RESPONSE_STEPS,
  'trusted-context': (config) => trustedContext(config),
};
