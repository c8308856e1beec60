import type { Location } from '../../diagnostics/diagnostic';

/** An expression and the values that the tests saw it take. */
export interface ExpressionCoverage {
  /** As written. */
  readonly text: string;
  readonly seenTrue: boolean;
  readonly seenFalse: boolean;
  readonly location: Location;
}

/** A `when` or `unless`. Its value is that of the expression in it, for `unless` too. */
export interface ConditionCoverage extends ExpressionCoverage {
  readonly kind: 'when' | 'unless';
  /** What `&&` or `||` joins at the top; empty where nothing is joined. */
  readonly operands: readonly ExpressionCoverage[];
}

export interface PolicyCoverage {
  readonly policy: string;
  /** Whether a call was within the policy's scope. */
  readonly reached: boolean;
  /** Whether the policy applied to a call: scope and conditions held. */
  readonly applied: boolean;
  readonly conditions: readonly ConditionCoverage[];
  /** What the tests saw of what there is to see: that the policy applies, and each expression true and false. */
  readonly points: { readonly seen: number; readonly total: number };
  readonly location: Location;
}

export interface CoverageReport {
  readonly policies: readonly PolicyCoverage[];
  readonly points: { readonly seen: number; readonly total: number };
  /** Percent of the points; 100 for a set without policies. */
  readonly percent: number;
}
