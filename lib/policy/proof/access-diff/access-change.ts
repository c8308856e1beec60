import type { PolicyChange } from './policy-changes';
import type { AccessExample } from './tool-comparison';

/** Why access differs. */
export type AccessCause =
  | { readonly kind: 'policy'; readonly change: PolicyChange }
  /** The tool is new, or gone. */
  | { readonly kind: 'tool' }
  /** The tool takes other arguments. */
  | { readonly kind: 'arguments' }
  /** The gateway has callers of another type. */
  | { readonly kind: 'callers' };

/** Access that calls gain or lose, for one reason. */
export interface AccessChange {
  readonly direction: 'gained' | 'lost';
  readonly cause: AccessCause;
  /** Full names, sorted. */
  readonly tools: readonly string[];
  /** Tools of which every call by every caller is affected. */
  readonly wholly: readonly string[];
  /** Whether an allowance covers all of it. */
  readonly isMeant: boolean;
  /** The plainest call of the first tool. Of a gain, `own` is the decision after the change; of a loss, the one before it. */
  readonly example: AccessExample;
}

/** What could not be decided. */
export interface UndecidedAccess {
  readonly direction: 'gained' | 'lost';
  readonly cause: AccessCause;
  readonly tool: string;
  readonly reason: string;
}
