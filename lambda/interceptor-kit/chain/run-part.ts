import { isOutcome, type StepOutcome } from './outcome';

/** Milliseconds that a part of a step may take when the step says nothing else. */
export const DEFAULT_BUDGET_MS = 1_000;

export class StepTimeout extends Error {}

/** A step returned something that is no outcome. */
class NotAnOutcome extends Error {}

/** Runs a part of a step and takes nothing but an outcome from it. Rejects with what it threw, or with {@link StepTimeout}. */
export async function runPart(
  part: (signal: () => AbortSignal) => StepOutcome | Promise<StepOutcome>,
  budgetMs: number,
): Promise<StepOutcome> {
  const outcome: unknown = await withBudget(part, budgetMs);
  if (!isOutcome(outcome)) throw new NotAnOutcome('not an outcome');
  return outcome;
}

/** Runs something that may take time, and gives up after the budget. Whatever it does later has no effect on the message. */
export async function withBudget<T>(run: (signal: () => AbortSignal) => T | Promise<T>, budgetMs: number): Promise<T> {
  // Made when somebody asks: most steps never do, and it takes longer than many of them.
  let budget: AbortController | undefined;
  const controller = (): AbortController => {
    budget ??= new AbortController();
    return budget;
  };
  const running = run(() => controller().signal);
  if (!isThenable(running)) return running;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller().abort();
      reject(new StepTimeout('budget used up'));
    }, budgetMs);
  });
  try {
    return await Promise.race([running, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whatever `await` would wait for, promise or not: nothing waits without a budget. */
function isThenable<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | undefined | null)?.then === 'function';
}
