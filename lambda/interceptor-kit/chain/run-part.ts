/** Milliseconds that a part of a step may take when the step says nothing else. */
export const DEFAULT_BUDGET_MS = 1_000;

export class StepTimeout extends Error {}

interface Expiring {
  expire(): void;
}

/**
 * The result of something that may take time, or a rejection after the budget. Whatever it does later has no effect on the message. What takes
 * none is there at once: most parts of steps, which need neither a timer nor a turn of their own.
 * @param context told when the budget is used up
 */
export function withinBudget<T>(running: T | Promise<T>, budgetMs: number, context?: Expiring): T | Promise<T> {
  // Whatever `await` would wait for, promise or not: nothing waits without a budget.
  return typeof (running as { then?: unknown } | undefined | null)?.then === 'function'
    ? inTime(running as Promise<T>, budgetMs, context)
    : running;
}

async function inTime<T>(running: Promise<T>, budgetMs: number, context?: Expiring): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      context?.expire();
      reject(new StepTimeout('no time left'));
    }, budgetMs);
  });
  try {
    return await Promise.race([running, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
