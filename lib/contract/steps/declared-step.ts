import type { InterceptionPoint } from '../interceptor-payload';
import type { ToolSelectors } from './selectors';

/** A step of a team's own chain, as its bundle declares it. */
export interface DeclaredStep {
  readonly name: string;
  /** Tools that the step is for. Absent: every message. */
  readonly tools?: ToolSelectors;
}

/** What the handler of a chain tells synth about itself. */
export interface DeclaredChain {
  readonly point: InterceptionPoint;
  readonly steps: readonly DeclaredStep[];
  /** Whether the chain asked for the steps that the app configures. */
  readonly takesConfiguredSteps: boolean;
}
