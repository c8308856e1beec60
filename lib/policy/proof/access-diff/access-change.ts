import type { JsonValue } from '../../../contract/json';
import type { Explanation } from '../../decision/explain';
import type { CallPart } from '../dependence/call-part';
import type { Witness } from '../witness/witness';
import type { PolicyChange } from './policy-changes';

/** Why access differs. */
export type AccessCause =
  | { readonly kind: 'policy'; readonly change: PolicyChange }
  /** The tool is new, or gone. */
  | { readonly kind: 'tool' }
  /** The tool takes other arguments. */
  | { readonly kind: 'arguments' }
  /** The gateway has callers of another type. */
  | { readonly kind: 'callers' };

/** A call that one gateway allows and the other does not, as both decide it. */
export interface AccessExample {
  readonly witness: Witness;
  readonly own: Explanation;
  /** Undefined where the other gateway has no such tool, or no such callers. */
  readonly other?: Explanation;
}

/** A claim, an argument or the time, on which alone it can depend whether a call is affected. */
export interface AccessDecider {
  readonly part: CallPart;
  /** Whether the caller has it: a claim, its id, or what the interceptor fills in for it. */
  readonly isOfCaller: boolean;
  /** Tools of which this is so, in the order of the change's tools. */
  readonly tools: readonly string[];
  /** Its values in two calls that differ in nothing else, undefined where it is absent. @default - nobody can say whether it decides */
  readonly examples?: { readonly affected: JsonValue | undefined; readonly unaffected: JsonValue | undefined };
}

/** Access that calls gain or lose, for one reason. */
export interface AccessChange {
  readonly direction: 'gained' | 'lost';
  readonly cause: AccessCause;
  /** Full names, sorted. */
  readonly tools: readonly string[];
  /** Tools of which every call by every caller is affected. */
  readonly wholly: readonly string[];
  /** What the affected calls have in common. Of what is not listed, every value is affected where one is. */
  readonly deciders: readonly AccessDecider[];
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
