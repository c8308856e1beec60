import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { unquote } from '../../text/cedar-string';
import { isMultiValued } from './claims';
import type { Lint } from './lint';

/** The JSON text of an array claim compared as if it were one name, or searched without the quotes that end a name. */
export const groupMatching: Lint = {
  policy(policy, context) {
    return policy.tagReads.flatMap(({ path, isTest, end }): Diagnostic[] => {
      const [claim] = path;
      if (isTest || claim === undefined || !isMultiValued(claim, context)) return [];
      const next = policy.tokens.findIndex((token) => token.start >= end);
      const [sign, literal] = [policy.tokens[next], policy.tokens[next + 1]];
      if (literal?.kind !== 'string') return [];
      const location = policy.at(literal.start, literal.end);
      const text = unquote(literal.text);
      if (sign?.text === 'like' && !isQuoted(text)) {
        return [diagnostic('POLICY_GROUP_UNQUOTED', { claim, pattern: text }, { location })];
      }
      const isName = sign?.text === '==' && !text.startsWith('[');
      return isName ? [diagnostic('POLICY_GROUP_EQUALS', { claim, value: text }, { location })] : [];
    });
  },
};

/** Whether every part between wildcards starts and ends with a quote, as names in JSON text do. */
function isQuoted(pattern: string): boolean {
  const parts = pattern
    .replaceAll('\\*', '.')
    .split('*')
    .filter((part) => part !== '');
  return parts.every((part) => /^[[,]*"(?:.*")?[\],]*$/.test(part));
}
