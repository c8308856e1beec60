import type { Outcome } from '../../contract/decision';
import type { JsonValue } from '../../contract/json';

/** Whether a caller may use a tool: whatever the arguments are, for some of them, or for none; or nobody can say. */
export type Access = 'always' | 'sometimes' | 'never' | 'undecided';

/** Something that decides a call by itself: two calls that differ in nothing else end differently. */
export interface Decider {
  /** Name of the argument, or `context.system.now`. */
  readonly on: string;
  /** Its values in two such calls; undefined where the argument is absent. Empty where nobody can say whether it decides. */
  readonly examples: readonly { readonly value: JsonValue | undefined; readonly outcome: Outcome }[];
}

/** What a persona may do with a tool. */
export interface PersonaAccess {
  readonly access: Access;
  /** What `sometimes` depends on; only where it was proved. */
  readonly dependsOn?: readonly Decider[];
}
