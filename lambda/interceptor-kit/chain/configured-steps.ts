import type { InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import type { StepConfigOf, StepName } from '../../../lib/contract/steps/step-configs';
import { deny, type StepOutcome } from './outcome';
import type { InterceptionPoint, Step, StepContext } from './step';

/** Makes a step from its part of the configuration. Throws when it is invalid. */
export type StepFactory<Name extends StepName> = (config: StepConfigOf<Name>, whole: InterceptorConfig) => Step;

/** Step factories by the name that the configuration uses. */
export type StepFactories = { readonly [Name in StepName]: StepFactory<Name> };

/**
 * The steps of a configuration. A step that nobody knows, whose configuration is invalid, or that has no part at the point of the interceptor,
 * becomes one that denies every message: a chain must not run without it.
 * @param point of an interceptor that has only the steps of its own point
 */
export function makeSteps(
  config: InterceptorConfig | undefined,
  find: (name: StepName) => StepFactory<never> | undefined,
  point?: InterceptionPoint,
): Step[] {
  return (config?.steps ?? []).map((step) => {
    try {
      const factory = find(step.step) as StepFactory<StepName> | undefined;
      if (factory === undefined) return denyAll(step.step, 'unknown');
      const made = factory(step, config as InterceptorConfig);
      return point === undefined || worksAt(made, point) ? made : denyAll(step.step, `no part at ${point}`);
    } catch (error) {
      return denyAll(step.step, error);
    }
  });
}

function worksAt(step: Step, point: InterceptionPoint): boolean {
  const part = point === 'REQUEST' ? 'request' : 'response';
  return step[part] !== undefined || step.observe !== undefined;
}

/** The given step, or one that denies every message in place of what is none, such as a list of steps. */
export function checkedStep(step: Step): Step {
  const given: unknown = step;
  const isStep = typeof given === 'object' && given !== null && 'name' in given && typeof given.name === 'string';
  return isStep ? step : denyAll('invalid', 'not a step');
}

function denyAll(name: string, error: unknown): Step {
  const refuse = (_: unknown, { log, requestId }: StepContext): StepOutcome => {
    log.error('bad step', { step: name, error, requestId });
    return deny('misconfigured');
  };
  return { name, request: refuse, response: refuse };
}
