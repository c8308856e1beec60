import { patternParts } from '../../../contract/cedar-string';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { claimLanguages } from '../../proof/encode/claim-language';
import { type ClaimComparison, claimComparisons } from '../claims/claim-comparison';
import { type MeantMembership, missedWith, namesIn, takenWithout } from '../claims/membership';
import type { PolicyView } from '../view/policy-view';
import { isMultiValued, OFTEN_SEVERAL } from './claims';
import type { Lint, LintContext } from './lint';

/** The JSON text of an array claim compared as if it were one name, or searched so that other elements are found too. */
export const groupMatching: Lint = {
  policy(policy, context) {
    return claimComparisons(policy).flatMap((comparison): Diagnostic[] => {
      const { claim } = comparison;
      const isList = isMultiValued(claim, context);
      if (isList === true) return ofArray(comparison, policy, context);
      return isList === undefined && mayBeList(claim, context) ? ofUndeclared(comparison, policy) : [];
    });
  },
};

/** The text of an array that tells the comparison from membership, and what to write. */
function ofArray(comparison: ClaimComparison, policy: PolicyView, { input }: LintContext): Diagnostic[] {
  const { claim, operator, literals, together } = comparison;
  const [literal] = literals;
  // The text of a whole array is what it is.
  if (literal === undefined || (operator !== 'like' && literals.every(({ text }) => text.startsWith('[')))) return [];
  const { text: pattern, token: place } = literal;
  const names = namesIn(literal, operator, 'array');
  const [value] = names;
  if (value === undefined) return [];
  const options = { location: policy.at(place.start, place.end) };
  const comparisons = together.filter((one) =>
    one.literals.some((other) => namesIn(other, one.operator, 'array').includes(value)),
  );
  // Nobody has seen whether the platform writes arrays with spaces.
  const { plain, spaced } = claimLanguages(claim, arrayClaims(claim, input.claims));
  const tells = (ask: (meant: MeantMembership) => string | undefined): string | undefined =>
    ask({ comparisons, names, collection: 'array', language: plain }) ??
    ask({ comparisons, names, collection: 'array', language: spaced });
  if (operator !== 'like') {
    const token = tells(missedWith);
    return token === undefined ? [] : [diagnostic('POLICY_GROUP_EQUALS', { claim, value, token }, options)];
  }
  // Only whoever can choose the values of a claim can put a quote into them: an issuer of the team's own may let its users do so.
  const isForeign = input.claims?.some((one) => one.name === claim && one.source === 'declared') === true;
  const parts = patternParts(place.text);
  const isUnquoted = !isQuoted(parts);
  const taken = isUnquoted || isForeign ? tells(takenWithout) : undefined;
  if (taken !== undefined) {
    const code = isUnquoted ? 'POLICY_GROUP_UNQUOTED' : 'POLICY_GROUP_FOOLED';
    return [diagnostic(code, { claim, pattern, value, token: taken }, options)];
  }
  // Several names stand in one order, which a person may mean.
  const isAnchored = names.length === 1 && !(parts.length > 1 && parts.at(0) === '' && parts.at(-1) === '');
  const missed = isAnchored ? tells(missedWith) : undefined;
  return missed === undefined
    ? []
    : [diagnostic('POLICY_GROUP_MISSED', { claim, pattern, value, token: missed }, options)];
}

/** Cognito's own claim is an array, whether it was declared or not. */
function arrayClaims(claim: string, claims: LintContext['input']['claims']) {
  const declared = claims?.find(({ name }) => name === claim);
  return [declared ?? ({ name: claim, source: 'standard', multiValued: true } as const)];
}

function ofUndeclared({ claim, operator, literals }: ClaimComparison, policy: PolicyView): Diagnostic[] {
  return literals.slice(0, 1).flatMap(({ text, token }) => {
    const isSearched = operator === 'like' && !isQuoted(patternParts(token.text));
    const isName = operator !== 'like' && !text.startsWith('[');
    if (!isSearched && !isName) return [];
    return [
      diagnostic(
        'POLICY_CLAIM_UNDECLARED',
        { claim, value: text, isSearched },
        { location: policy.at(token.start, token.end) },
      ),
    ];
  });
}

/** A claim of an identity whose claims nobody declared. */
function mayBeList(claim: string, { input }: LintContext): boolean {
  return input.claims === undefined && OFTEN_SEVERAL.test(claim);
}

/** Whether every part between wildcards starts and ends with a quote, as names in JSON text do. */
function isQuoted(parts: readonly string[]): boolean {
  return parts.every((part) => part === '' || /^[[, ]*"(?:.*")?[\], ]*$/s.test(part));
}
