import type { StepContext } from './step';

/** What the parts of all steps know of a message in the same way. */
export type MessageContext = Omit<StepContext, 'signal'>;

/**
 * The context for one part of one step, which ends with its time. A class, since an accessor in an object of its own makes a shape of its own: that
 * took longer than most steps, and filled the memory of a busy function.
 */
export class PartContext {
  #time: AbortController | undefined;

  constructor(message: MessageContext) {
    Object.assign(this, message);
  }

  /** Made when somebody asks: most steps never do, and it takes longer than many of them. */
  get signal(): AbortSignal {
    return this.#controller().signal;
  }

  /** Aborts the signal, also one that nobody has asked for yet. */
  expire(): void {
    this.#controller().abort();
  }

  #controller(): AbortController {
    this.#time ??= new AbortController();
    return this.#time;
  }
}
