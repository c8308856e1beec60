import { STEP_WATCH } from '../../../lib/contract/step-trace';
import type { StepOutcome } from './outcome';
import { milliseconds } from './stopwatch';

type Watch = (step: string, ms: number, outcome: StepOutcome) => void;

const WATCH = Symbol.for(STEP_WATCH);

/** What tells whoever watches how a step that starts now ended, and how long it took. Undefined where nobody watches, as in Lambda. */
export function watching(step: string): ((outcome: StepOutcome) => void) | undefined {
  const watch = (globalThis as { [name: symbol]: unknown })[WATCH] as Watch | undefined;
  if (watch === undefined) return undefined;
  const started = milliseconds();
  return (outcome) => watch(step, milliseconds() - started, outcome);
}
