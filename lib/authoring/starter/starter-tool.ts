import type { JsonObject } from '../../contract/json';

/** A tool of somebody else, for which a project is started. */
export interface StarterTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly classes: readonly string[];
  /** What the tool's author claims, where that is not believed: its classes if it were. */
  readonly claimed?: readonly string[];
}

/** The tools of one target. */
export interface StarterTarget {
  /** Name of the target. */
  readonly name: string;
  readonly tools: readonly StarterTool[];
}

/** Who may call a tool at first. */
export type Reach = 'everybody' | 'group' | 'nobody';

/** The group that may call what writes. */
export const WRITERS = 'writers';

/** What reads is for everybody who has signed in, what writes for a group, and what destroys, or is not known, for nobody. */
export function reachOf({ classes }: StarterTool): Reach {
  if (classes.includes('destructive')) return 'nobody';
  if (classes.includes('write')) return 'group';
  return classes.includes('read') ? 'everybody' : 'nobody';
}

export const REACHES: { readonly [reach in Reach]: string } = {
  everybody: 'everybody who has signed in',
  group: `the group ${WRITERS}`,
  nobody: 'nobody',
};
