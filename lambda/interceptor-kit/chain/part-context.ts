import type { Budget } from './run-part';
import type { StepContext } from './step';

/** What the parts of all steps know of a message in the same way. */
export type MessageContext = Omit<StepContext, 'signal'>;

/**
 * The context for one part of one step. A class, since an accessor in an object of its own makes a shape of its own: that took longer than most
 * steps, and filled the memory of a busy function.
 */
export class PartContext implements StepContext {
  readonly point: StepContext['point'];
  readonly claims: StepContext['claims'];
  readonly headers: StepContext['headers'];
  readonly bearerToken: StepContext['bearerToken'];
  readonly now: Date;
  readonly log: StepContext['log'];
  readonly requestId: string;
  readonly #budget: Budget;

  constructor(message: MessageContext, budget: Budget) {
    this.point = message.point;
    this.claims = message.claims;
    this.headers = message.headers;
    this.bearerToken = message.bearerToken;
    this.now = message.now;
    this.log = message.log;
    this.requestId = message.requestId;
    this.#budget = budget;
  }

  get signal(): AbortSignal {
    return this.#budget.signal;
  }
}
