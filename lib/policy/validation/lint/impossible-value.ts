import { patternParts, unquote } from '../../../contract/cedar-string';
import { type ClosedSet, closedClaim } from '../../../contract/closed-set';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import { matchesPattern, patternOfLiteral } from '../../proof/formula/pattern';
import type { Token } from '../../text/lexer';
import type { AttributeRead } from '../../text/reads';
import type { PolicyView } from '../view/policy-view';
import { closedArgument } from './closed-set';
import type { Lint } from './lint';

/** A text that a claim or an argument never has, such as a misspelled group: a permit on it matches nobody, a forbid on it forbids nothing. */
export const impossibleValue: Lint = {
  policy(policy, { input }) {
    const claims = policy.tagReads.map((read) => ({ read, set: closedClaim(read.path[0] ?? '', input) }));
    const inputs = policy.inputReads.map((read) => ({ read, set: closedArgument(read.path, policy.tools, input) }));
    return [...claims, ...inputs].flatMap(({ read, set }) =>
      set === undefined || read.isTest ? [] : comparedWith(policy, read).flatMap((one) => judged(policy, one, set)),
    );
  },
};

interface Comparison {
  readonly operator: '==' | 'like' | 'contains';
  readonly literal: Token;
}

function judged(policy: PolicyView, { operator, literal }: Comparison, set: ClosedSet): Diagnostic[] {
  const { what, values, isArray } = set;
  const text = unquote(literal.text);
  const pattern = patternOfLiteral(literal.text);
  const names = isArray && operator === 'like' ? namesIn(literal) : isArray === (operator === 'contains') ? [text] : [];
  return names.flatMap((value) => {
    // The empty text stands for "none" and is compared on purpose.
    if (
      value === '' ||
      values.some((one) => (operator === 'like' && !isArray ? matchesPattern(pattern, one) : one === value))
    )
      return [];
    const suggestion = suggest(value.replaceAll('*', ''), values);
    const code = policy.policy.effect === 'forbid' ? 'POLICY_FORBID_VALUE_IMPOSSIBLE' : 'POLICY_VALUE_IMPOSSIBLE';
    const known = values
      .slice(0, 10)
      .map((one) => `\`${one}\``)
      .join(', ');
    return [diagnostic(code, { what, value, known, suggestion }, { location: policy.at(literal.start, literal.end) })];
  });
}

/** Names that a pattern asks for in the JSON text of an array. */
function namesIn({ text }: Token): string[] {
  return patternParts(text).flatMap((part) => [...part.matchAll(/"([^"\\]+)"/g)].map(([, name = '']) => name));
}

/** Texts that what is read is compared with, on either side. */
function comparedWith({ tokens }: PolicyView, { start, end }: AttributeRead): Comparison[] {
  const behind = tokens.findIndex((token) => token.start >= end);
  const before = tokens.findLastIndex((token) => token.end <= start);
  const at = (index: number): Token | undefined => tokens[index];
  const found = (operator: Comparison['operator'], literal: Token | undefined): Comparison[] =>
    literal?.kind === 'string' ? [{ operator, literal }] : [];
  const isOfSets = (token: Token | undefined): boolean =>
    token?.text === 'containsAny' || token?.text === 'containsAll';
  const isEquality = (token: Token | undefined): boolean => token?.text === '==' || token?.text === '!=';
  const sign = behind < 0 ? undefined : at(behind);
  if (isEquality(sign)) return found('==', at(behind + 1));
  if (sign?.text === 'like') return found('like', at(behind + 1));
  if (sign?.text === '.' && at(behind + 1)?.text === 'contains') return found('contains', at(behind + 3));
  if (sign?.text === '.' && isOfSets(at(behind + 1)) && at(behind + 3)?.text === '[') {
    const close = tokens.findIndex((token, index) => index > behind && token.text === ']');
    return tokens.slice(behind + 4, close).flatMap((token) => found('contains', token));
  }
  if (isEquality(at(before))) return found('==', at(before - 1));
  if (at(before)?.text !== '(' || at(before - 3)?.text !== ']') return [];
  const open = tokens.findLastIndex((token, index) => index < before && token.text === '[');
  const listed = tokens.slice(open + 1, before - 3);
  if (isOfSets(at(before - 1))) return listed.flatMap((token) => found('contains', token));
  return at(before - 1)?.text === 'contains' ? listed.flatMap((token) => found('==', token)) : [];
}
