/** What the platform is known, or believed, to do, and what holds our behaviour to it. */
export interface Requirement {
  /** Who says so. */
  readonly source: string;
  readonly statement: string;
  /** Files whose docstrings name the source; none for an assumption, whose row on the page names its place. */
  readonly homes: readonly string[];
  /** Whether a live gateway was seen to do it, or its documentation says so, or nobody knows: then it is unproven on the live service. */
  readonly proof: 'seen' | 'documented' | 'open';
  /** Why no test covers it. @default - a test cites the id: `// Covers policy.limits` */
  readonly untested?: string;
}

/** Requirements by id. */
export type Requirements = { readonly [id: string]: Requirement };
