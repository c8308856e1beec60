import type { PolicySet } from '../../decision/policy-set';
import type { Token } from '../../text/lexer';
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
