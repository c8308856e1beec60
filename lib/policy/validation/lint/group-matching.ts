import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { ClaimLanguages } from '../../proof/encode/claim-language';
import { claimLanguages } from '../../proof/encode/claim-language';
import { type ClaimComparison, claimComparisons } from '../claims/claim-comparison';
import { namesIn, type Telling, telling } from '../claims/membership';
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
  const [first] = literals;
  // The text of a whole array is what it is.
  if (first === undefined || (operator !== 'like' && literals.every(({ text }) => text.startsWith('[')))) return [];
  const location = policy.at(first.token.start, first.token.end);
  const names = namesIn(first.text, operator, 'array');
  const [value] = names;
  if (value === undefined) return [];
  const same = together.filter((one) =>
    one.literals.some(({ text }) => namesIn(text, one.operator, 'array').includes(value)),
  );
  const { tooMuch, missed } = anyTelling(same, names, claimLanguages(claim, arrayClaims(claim, input.claims)));
  if (operator !== 'like') {
    return missed === undefined
      ? []
      : [diagnostic('POLICY_GROUP_EQUALS', { claim, value, token: missed }, { location })];
  }
  if (tooMuch !== undefined && !isQuoted(first.text))
    return [diagnostic('POLICY_GROUP_UNQUOTED', { claim, pattern: first.text, token: tooMuch }, { location })];
  // Only whoever can choose the values of a claim can put a quote into them: an issuer of the team's own may let its users do so.
  const isForeign = input.claims?.some((one) => one.name === claim && one.source === 'declared') === true;
  if (tooMuch !== undefined && isForeign)
    return [diagnostic('POLICY_GROUP_FOOLED', { claim, pattern: first.text, value, token: tooMuch }, { location })];
  const isOne = names.length === 1 && missed !== undefined && !(first.text.startsWith('*') && first.text.endsWith('*'));
  return isOne
    ? [diagnostic('POLICY_GROUP_MISSED', { claim, pattern: first.text, value, token: missed }, { location })]
    : [];
}

/** The first that tells anything: nobody has seen whether the platform writes arrays with spaces. */
function anyTelling(
  same: readonly ClaimComparison[],
  names: readonly string[],
  { plain, spaced }: ClaimLanguages,
): Telling {
  return { ...telling(same, names, 'array', spaced), ...telling(same, names, 'array', plain) };
}

/** Cognito's own claim is an array, whether it was declared or not. */
function arrayClaims(claim: string, claims: LintContext['input']['claims']) {
  const declared = claims?.find(({ name }) => name === claim);
  return [declared ?? ({ name: claim, source: 'standard', multiValued: true } as const)];
}

function ofUndeclared({ claim, operator, literals }: ClaimComparison, policy: PolicyView): Diagnostic[] {
  return literals.slice(0, 1).flatMap(({ text, token }) => {
    const isSearched = operator === 'like' && !isQuoted(text);
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
function isQuoted(pattern: string): boolean {
  const parts = pattern
    .replaceAll('\\*', '.')
    .split('*')
    .filter((part) => part !== '');
  return parts.every((part) => /^[[, ]*"(?:.*")?[\], ]*$/.test(part));
}
