/** Ids of packs, by which policies and files are named. */
export const PACK_ID_PATTERN = /^[A-Za-z][A-Za-z0-9-]{0,47}$/;

/** A pack of policies as it was rendered for one gateway: the files that a person would have written in its place. */
export interface DeclaredPack {
  /** What ids of its policies begin with, and files are named after: `office-hours`. */
  readonly id: string;
  /** Name of its factory: `officeHours`. */
  readonly kind: string;
  /** What it says, in words. */
  readonly description: string;
  /** Cedar text of the policies. */
  readonly policies: string;
  /** Cedar text of the invariants; absent where it has none. */
  readonly invariants?: string;
  /** Policy tests, as YAML. */
  readonly tests: string;
  /** Whether each use of it is to set off an alarm, and to be audited. @default false */
  readonly watched?: boolean;
  /** When it ends, if it does. */
  readonly ends?: PackEnd;
}

/** The end of what a pack says, of which people are told before. */
export interface PackEnd {
  /** Time in UTC, ISO 8601. */
  readonly at: string;
  /** Days before the end from which people are told. */
  readonly noticeDays: number;
  /** The effect from then on, as the end of a sentence. */
  readonly effect: string;
}

/** Name of the file that the policies of a pack are said to stand in, for findings. */
export function packFile(id: string): string {
  return `pack ${id}`;
}
