import type { InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import type { StepConfigOf, StepName } from '../../../lib/contract/steps/step-configs';
import { deny, type StepOutcome } from './outcome';
import type { Step, StepContext } from './step';

/** Makes a step from its part of the configuration. Throws when it is invalid. */
export type StepFactory<Name extends StepName> = (config: StepConfigOf<Name>, whole: InterceptorConfig) => Step;

/** Step factories by the name that the configuration uses. */
export type StepFactories = { readonly [Name in StepName]: StepFactory<Name> };

/**
 * The steps of a configuration. A step that nobody knows, or whose configuration is invalid, becomes one that denies every message:
 * a chain must not run without it.
 */
export function makeSteps(
  config: InterceptorConfig | undefined,
  find: (name: StepName) => StepFactory<never> | undefined,
): Step[] {
  return (config?.steps ?? []).map((step) => {
    try {
      const factory = find(step.step) as StepFactory<StepName> | undefined;
      return factory === undefined ? denyAll(step.step, 'unknown') : factory(step, config as InterceptorConfig);
    } catch (error) {
      return denyAll(step.step, error);
    }
  });
}

function denyAll(name: string, error: unknown): Step {
  const refuse = (_: unknown, { log, requestId }: StepContext): StepOutcome => {
    log.error('bad step', { step: name, error, requestId });
    return deny('misconfigured');
  };
  return { name, request: refuse, response: refuse };
}
