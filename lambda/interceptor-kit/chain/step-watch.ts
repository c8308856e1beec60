import { STEP_WATCH, type StepTrace, type StepWatch } from '../../../lib/contract/step-trace';
import { isProceed, type StepOutcome } from './outcome';

/** Tells whoever watches, which nobody does in Lambda, what a step did. */
export function watched(step: string, started: number, outcome: StepOutcome): void {
  const watch = (globalThis as { [name: symbol]: unknown })[Symbol.for(STEP_WATCH)] as StepWatch | undefined;
  watch?.({ step, ms: performance.now() - started, ...told(outcome) });
}

function told(outcome: StepOutcome): Omit<StepTrace, 'step' | 'ms'> {
  if (!isProceed(outcome)) {
    if (outcome.denial === undefined) return { outcome: 'answered' };
    const { text, details = [], reason } = outcome.denial;
    return { outcome: 'denied', reason: `${[text, ...details].join('; ')} (${reason})` };
  }
  const { arguments: args, params, payload, headers } = outcome.changes;
  const changes = {
    ...(args && { arguments: args }),
    ...(params && { params }),
    ...(payload && { payload }),
    // Their values are often credentials.
    ...(headers && { headers: Object.keys(headers) }),
  };
  return { outcome: Object.keys(changes).length > 0 ? 'changed' : 'passed', ...changes };
}
