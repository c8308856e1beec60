import { clausesFrom, closing, isBracketed, splitAt } from './brackets';
import { type Token, tokens } from './lexer';

/** A condition that has no `&&`, `||` or `!( )` of its own. Offsets are UTF-16 indexes into the bound statement. */
export interface Condition {
  readonly kind: 'condition';
  /** Number of the condition in its statement, from 0. */
  readonly index: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** How conditions make up a clause. */
export type ConditionTree =
  | Condition
  | { readonly kind: 'and' | 'or'; readonly parts: readonly ConditionTree[] }
  | { readonly kind: 'not'; readonly part: ConditionTree };

/** A statement in its parts, as far as places are concerned. */
export interface StatementShape {
  /** The text from `permit` or `forbid` to the bracket behind `resource`, as a permit without conditions. */
  readonly scope: string;
  /** All clauses together; `unless` is a `not`. Undefined for a statement without clauses. */
  readonly tree: ConditionTree | undefined;
  /** In the order of the text. */
  readonly conditions: readonly Condition[];
}

/** Finds scope and conditions of a statement that Cedar has parsed. */
export function statementShape(text: string): StatementShape {
  return new Shaping(text).shape();
}

class Shaping {
  private readonly conditions: Condition[] = [];

  constructor(private readonly text: string) {}

  shape(): StatementShape {
    const all = tokens(this.text);
    const open = all.findIndex((token) => token.text === '(');
    const close = closing(all, open);
    const clauses = clausesFrom(all, close + 1);
    const trees = clauses.flatMap(({ kind, body }): ConditionTree[] => {
      const part = this.tree(body);
      if (part === undefined) return [];
      return [kind === 'when' ? part : { kind: 'not', part }];
    });
    const [first] = trees;
    const tree: ConditionTree | undefined = trees.length > 1 ? { kind: 'and', parts: trees } : first;
    const scope = `permit${this.text.slice(all[open]?.start ?? 0, all[close]?.end ?? 0)};`;
    return { scope, tree, conditions: this.conditions };
  }

  private tree(span: readonly Token[]): ConditionTree | undefined {
    const [first] = span;
    const last = span.at(-1);
    if (!first || !last) return undefined;
    if (first.text !== 'if') {
      const split = this.split(span, '||', 'or') ?? this.split(span, '&&', 'and');
      if (split) return split;
      if (isBracketed(span)) return this.tree(span.slice(1, -1));
      if (first.text === '!' && isBracketed(span.slice(1))) {
        const part = this.tree(span.slice(2, -1));
        return part && { kind: 'not', part };
      }
    }
    const text = this.text.slice(first.start, last.end);
    const condition: Condition = {
      kind: 'condition',
      index: this.conditions.length,
      text,
      start: first.start,
      end: last.end,
    };
    this.conditions.push(condition);
    return condition;
  }

  private split(span: readonly Token[], sign: string, kind: 'and' | 'or'): ConditionTree | undefined {
    const pieces = splitAt(span, sign);
    if (pieces.length < 2) return undefined;
    return { kind, parts: pieces.flatMap((piece) => this.tree(piece) ?? []) };
  }
}
