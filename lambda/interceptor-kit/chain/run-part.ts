import { isOutcome, type StepOutcome } from './outcome';

/** Milliseconds that a part of a step may take when the step says nothing else. */
export const DEFAULT_BUDGET_MS = 1_000;

export class StepTimeout extends Error {}

/** A step returned something that is no outcome. */
class NotAnOutcome extends Error {}

/** What tells a part that its time is over. */
export class Budget {
  private controller: AbortController | undefined;

  /** Made when somebody asks: most steps never do, and it takes longer than many of them. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  end(): void {
    this.controller ??= new AbortController();
    this.controller.abort();
  }
}

/**
 * Runs a part of a step and takes nothing but an outcome from it, at once where the part answers at once. Throws, or rejects, with what it threw,
 * or with {@link StepTimeout}.
 */
export function runPart(
  part: (budget: Budget) => StepOutcome | Promise<StepOutcome>,
  budgetMs: number,
): StepOutcome | Promise<StepOutcome> {
  const outcome = withBudget(part, budgetMs);
  return outcome instanceof Promise ? outcome.then(checked) : checked(outcome);
}

function checked(outcome: unknown): StepOutcome {
  if (!isOutcome(outcome)) throw new NotAnOutcome('not an outcome');
  return outcome;
}

/**
 * Runs something that may take time, and gives up after the budget. Whatever it does later has no effect on the message. What takes none is
 * there at once: most parts of steps, which need neither a timer nor a turn of their own.
 */
export function withBudget<T>(run: (budget: Budget) => T | Promise<T>, budgetMs: number): T | Promise<T> {
  const budget = new Budget();
  const running = run(budget);
  return isThenable(running) ? inTime(running, budgetMs, budget) : running;
}

async function inTime<T>(running: Promise<T>, budgetMs: number, budget: Budget): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      budget.end();
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
