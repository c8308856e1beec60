import { depthChange, type Token } from './lexer';

/** A `when` or `unless` of a statement. */
export interface Clause {
  readonly kind: 'when' | 'unless';
  readonly keyword: Token;
  /** Brace behind the body. */
  readonly close: Token;
  readonly body: readonly Token[];
}

/** The clauses from an index on, in a statement that Cedar has parsed. */
export function clausesFrom(all: readonly Token[], from: number): Clause[] {
  const clauses: Clause[] = [];
  for (let at = from; at < all.length; at += 1) {
    const keyword = all[at];
    if (keyword?.text !== 'when' && keyword?.text !== 'unless') continue;
    const end = closing(all, at + 1);
    const close = all[end];
    if (close === undefined) break;
    const kind = keyword.text === 'when' ? 'when' : 'unless';
    clauses.push({ kind, keyword, close, body: all.slice(at + 2, end) });
    at = end;
  }
  return clauses;
}

/** Cuts at a sign outside of brackets. */
export function splitAt(all: readonly Token[], sign: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of all) {
    if (depth === 0 && token.kind === 'sign' && token.text === sign) parts.push([]);
    else parts.at(-1)?.push(token);
    depth += depthChange(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** Whether tokens are one pair of round brackets and what it encloses. */
export function isBracketed(all: readonly Token[]): boolean {
  return all[0]?.text === '(' && closing(all, 0) === all.length - 1;
}

/** Index of the bracket that closes the one at an index; of the last token where none does. */
export function closing(all: readonly Token[], open: number): number {
  let depth = 0;
  for (const [index, token] of all.entries()) {
    if (index < open) continue;
    depth += depthChange(token);
    if (depth === 0) return index;
  }
  return all.length - 1;
}
