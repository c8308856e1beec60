import type { CallerSelector, ToolSelectors } from './selectors';

/** Personal data that can be recognized by its format. */
export type PersonalData =
  | 'email'
  | 'phone'
  | 'payment-card'
  | 'iban'
  | 'us-ssn'
  | 'ip-address'
  | 'aws-access-key'
  | 'bearer-token';

/** Masks fields of results, and patterns in any text of them. */
export interface RedactionConfig {
  readonly fields: readonly {
    readonly tools: ToolSelectors;
    /** Paths such as `claims.ssn`; arrays are walked through, `*` is any member, `**` any depth. */
    readonly paths: readonly string[];
    /** Callers who see the fields. Nobody, when absent. */
    readonly visibleTo?: CallerSelector;
    /** Text in the field's place; absent: the field is removed. */
    readonly replacement?: string;
  }[];
  readonly patterns: readonly {
    readonly tools: ToolSelectors;
    readonly kinds: readonly PersonalData[];
    readonly visibleTo?: CallerSelector;
  }[];
  /** What becomes of content in which fields cannot be found, such as prose and images, for callers who may not see the fields. */
  readonly opaqueContent: 'withhold' | 'keep';
}
