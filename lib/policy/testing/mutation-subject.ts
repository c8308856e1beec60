import type { Token } from '../lexer';
import type { PolicySet } from '../policy-set';
import type { Span, StatementOutline } from './statement-outline';

/** A change to the text of a statement. */
export interface Edit extends Span {
  readonly replacement: string;
}

/** A statement under mutation. */
export interface Subject {
  readonly set: PolicySet;
  readonly text: string;
  readonly outline: StatementOutline;
  /** Tokens of the conditions, without the gateway's ARN. */
  readonly tokens: readonly Token[];
}
