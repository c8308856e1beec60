import { STEP_WATCH } from '../../../lib/contract/step-trace';
import type { StepOutcome } from './outcome';
import { milliseconds } from './stopwatch';

type Watch = (step: string, ms: number, outcome: StepOutcome) => void;

/** Tells whoever watches, which nobody does in Lambda, what a step did and how long it took since it was started. */
export function watched(step: string, started: number, outcome: StepOutcome): void {
  const watch = (globalThis as { [name: symbol]: unknown })[Symbol.for(STEP_WATCH)] as Watch | undefined;
  watch?.(step, milliseconds() - started, outcome);
}
