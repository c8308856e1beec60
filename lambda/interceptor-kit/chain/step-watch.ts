import { STEP_WATCH } from '../../../lib/contract/step-trace';
import type { StepOutcome } from './outcome';

type Watch = (step: string, started: number, outcome: StepOutcome) => void;

/** Tells whoever watches, which nobody does in Lambda, what a step did. */
export function watched(step: string, started: number, outcome: StepOutcome): void {
  const watch = (globalThis as { [name: symbol]: unknown })[Symbol.for(STEP_WATCH)] as Watch | undefined;
  watch?.(step, started, outcome);
}
