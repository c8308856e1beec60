import type { Token } from '../../contract/cedar-tokens';

export { type Token, tokens } from '../../contract/cedar-tokens';

/** How a sign changes the depth of brackets. */
export function depthChange(token: Token): number {
  if (token.kind !== 'sign') return 0;
  if (token.text === '(' || token.text === '[' || token.text === '{') return 1;
  return token.text === ')' || token.text === ']' || token.text === '}' ? -1 : 0;
}
