import { unquote } from '../../../contract/cedar-string';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { isMultiValued, OFTEN_SEVERAL } from './claims';
import type { Lint, LintContext } from './lint';

/** The JSON text of an array claim compared as if it were one name, or searched without the quotes that end a name. */
export const groupMatching: Lint = {
  policy(policy, context) {
    return policy.tagReads.flatMap(({ path, isTest, end }): Diagnostic[] => {
      const [claim] = path;
      if (isTest || claim === undefined) return [];
      const isList = isMultiValued(claim, context);
      if (isList === false || (isList === undefined && !mayBeList(claim, context))) return [];
      const next = policy.tokens.findIndex((token) => token.start >= end);
      const [sign, literal] = [policy.tokens[next], policy.tokens[next + 1]];
      if (literal?.kind !== 'string') return [];
      const location = policy.at(literal.start, literal.end);
      const text = unquote(literal.text);
      const isSearched = sign?.text === 'like' && !isQuoted(text);
      const isName = sign?.text === '==' && !text.startsWith('[');
      if (isList === undefined && (isSearched || isName))
        return [diagnostic('POLICY_CLAIM_UNDECLARED', { claim, value: text, isSearched }, { location })];
      if (isSearched) {
        return [diagnostic('POLICY_GROUP_UNQUOTED', { claim, pattern: text }, { location })];
      }
      return isName ? [diagnostic('POLICY_GROUP_EQUALS', { claim, value: text }, { location })] : [];
    });
  },
};

/** A claim of an identity whose claims nobody declared. */
function mayBeList(claim: string, { input }: LintContext): boolean {
  return input.claims === undefined && OFTEN_SEVERAL.test(claim);
}

/** Whether every part between wildcards starts and ends with a quote, as names in JSON text do. */
function isQuoted(pattern: string): boolean {
  const parts = pattern
    .replaceAll('\\*', '.')
    .split('*')
    .filter((part) => part !== '');
  return parts.every((part) => /^[[,]*"(?:.*")?[\],]*$/.test(part));
}
