import { tokens } from './cedar-tokens';

/**
 * Whether Cedar reads two statements the same: token by token, since the service may store white space and comments in its own way. What
 * stands inside of a string literal counts, character by character.
 */
export function sameStatement(one: string, other: string): boolean {
  return one === other || canonicalStatement(one) === canonicalStatement(other);
}

/** The tokens with one blank between them. No token but a string holds a blank, so no two lists of tokens look alike. */
export function canonicalStatement(statement: string): string {
  return tokens(statement)
    .map(({ text }) => text)
    .join(' ');
}
