/** Rules of a baseline that a gateway can break. */
export const BASELINE_RULES = [
  'authorization',
  'mode',
  'identity',
  'token-lifetime',
  'steps',
  'observability',
  'tool-classes',
  'untouched',
] as const;

/** What a baseline asks of a gateway, such as `mode`. */
export type BaselineRuleName = (typeof BASELINE_RULES)[number];

/** One rule of a baseline, and whether a gateway keeps it. */
export interface DeclaredRule {
  readonly rule: BaselineRuleName;
  /** The rule in words. */
  readonly asks: string;
  /** Whether the rule is asked in some environments only. @default false */
  readonly isPartial?: boolean;
  /** What the gateway does instead; absent where it keeps the rule. */
  readonly problem?: string;
  /** Why the baseline leaves the rule to the gateway's scope; absent where it does not. */
  readonly leftBecause?: string;
}

/** A baseline as it stands for one gateway. */
export interface DeclaredBaseline {
  readonly name: string;
  /** Path of the scope that it was added to; empty for the app. */
  readonly scope: string;
  readonly rules: readonly DeclaredRule[];
}
