import { tokens } from '../../../lib/contract/cedar-tokens';

/**
 * Whether Cedar reads two statements the same: token by token, since the service may store white space and comments in its own way. What
 * stands inside of a string literal counts, character by character.
 */
export function sameStatement(one: string, other: string): boolean {
  return one === other || canonical(one) === canonical(other);
}

/** The tokens with one blank between them. No token but a string holds a blank, so no two lists of tokens look alike. */
function canonical(statement: string): string {
  return tokens(statement)
    .map(({ text }) => text)
    .join(' ');
}

/** Effect of a statement on the service, which orders removals: the first `permit` or `forbid` that is not the name of an annotation. */
export function effectOf(statement: string): 'permit' | 'forbid' {
  const all = tokens(statement);
  const effect = all.find(({ text }, index) => /^(permit|forbid)$/.test(text) && all[index - 1]?.text !== '@');
  return effect?.text === 'forbid' ? 'forbid' : 'permit';
}
