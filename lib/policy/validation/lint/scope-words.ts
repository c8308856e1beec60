import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { claimComparisons } from '../claims/claim-comparison';
import { namesIn, takenWithout } from '../claims/membership';
import { isMultiValued } from './claims';
import type { Lint } from './lint';

/** Claims whose text is words with spaces between them. Source: RFC 8693, section 4.2; Microsoft identity platform, `scp`. */
const OF_WORDS: ReadonlySet<string> = new Set(['scope', 'scp']);

/** Part of the text of a claim that holds several words, so that longer words are found too. */
export const scopeWords: Lint = {
  policy(policy, context) {
    return claimComparisons(policy).flatMap((comparison): Diagnostic[] => {
      const { claim, operator, literals } = comparison;
      const [literal] = literals;
      if (!OF_WORDS.has(claim) || isMultiValued(claim, context) === true) return [];
      // Quotes stand around elements of an array: some issuers make one of their scopes.
      if (literal === undefined || operator !== 'like' || literal.text.includes('"')) return [];
      const names = namesIn(literal, operator, 'words');
      const [word] = names;
      if (word === undefined) return [];
      const token = takenWithout({ comparisons: [comparison], names, collection: 'words', language: { kind: 'any' } });
      if (token === undefined) return [];
      const params = { claim, pattern: literal.text, word, token };
      return [
        diagnostic('POLICY_SCOPE_SEARCHED', params, { location: policy.at(literal.token.start, literal.token.end) }),
      ];
    });
  },
};
