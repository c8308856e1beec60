import type { JsonObject } from './json';

/**
 * Name of the global symbol under which the interceptor kit finds whoever watches its steps: called with a step's name, the milliseconds that
 * it took, and its outcome. Only the emulator puts something there, which keeps what a {@link StepTrace} may hold; in Lambda nobody watches.
 */
export const STEP_WATCH = 'governed-gateway.StepWatch';

/** What one step of an interceptor did with a message. Holds no token and no proof; of headers for the target their names only. */
export interface StepTrace {
  /** Name of the step. */
  readonly step: string;
  /** Milliseconds. */
  readonly ms: number;
  readonly outcome: 'passed' | 'changed' | 'denied' | 'answered';
  /** Arguments as they are after the step, when it changed them. */
  readonly arguments?: JsonObject;
  /** Parameters as they are after the step, when it changed them. */
  readonly params?: JsonObject;
  /** Result, error or parameters of the answer after the step, when it changed them. */
  readonly payload?: JsonObject;
  /** Names of the headers that it adds for the target. */
  readonly headers?: readonly string[];
  /** Why it denied, in the words of the answer. */
  readonly reason?: string;
}

/** Called after each step, in the order in which they run. */
export type StepWatch = (trace: StepTrace) => void;
