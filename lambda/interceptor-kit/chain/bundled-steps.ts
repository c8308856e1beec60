import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StepName } from '../../../lib/contract/steps/step-configs';
import type { StepFactory } from './configured-steps';

/** Finds the step that the build made a file of, beside the bundle: a function has those of its gateway only. */
export function bundledStep(directory: string): (name: StepName) => StepFactory<never> | undefined {
  return (name) => {
    const file = join(directory, `step-${name}.js`);
    // A name is no path, whatever somebody wrote into the configuration.
    if (!/^[a-z-]+$/.test(name) || !existsSync(file)) return undefined;
    return (require(file) as { readonly make: StepFactory<never> }).make;
  };
}
