import type { StepFactories } from '../configured-steps';
import { trustedContext } from './trusted-context';

/** Every built-in step. A chain of a team's own may get any of them. */
export const ALL_STEPS = {
  'trusted-context': (config) => trustedContext(config),
} satisfies StepFactories;
