import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

const INCOMPATIBLE = /^the types (.+) and (.+) are not compatible/;
const UNEXPECTED = /^unexpected type: expected (.+) but saw (.+)$/;

/** Types that do not go together, in words: Cedar names its own. */
export const typesDiffer: Lint = {
  explain(finding, policy) {
    const location = policy.atBytes(finding);
    const [, left, right] = INCOMPATIBLE.exec(finding.message) ?? [];
    if (left !== undefined && right !== undefined)
      return diagnostic('POLICY_TYPES_DIFFER', { given: words(left), expected: words(right) }, { location });
    const [, expected, given] = UNEXPECTED.exec(finding.message) ?? [];
    if (expected === undefined || given === undefined) return undefined;
    const wanted = [...new Set(expected.split(/,? or /).map(words))].join(' or ');
    return diagnostic('POLICY_TYPE_WRONG', { given: words(given), expected: wanted }, { location });
  },
};

const WORDS: { readonly [type: string]: string } = {
  String: 'a string',
  Long: 'an integer',
  Bool: 'a boolean',
  True: 'a boolean',
  False: 'a boolean',
  decimal: 'a decimal',
  datetime: 'a time',
  duration: 'a duration',
  ipaddr: 'an IP address',
  OAuthUser: 'the principal',
  IamEntity: 'the principal',
  UnauthenticatedUser: 'the principal',
  Gateway: 'the gateway',
  Action: 'the action',
  Null: 'null',
  Unknown: 'a value whose schema names no type',
  AnyEntity: 'an entity',
};

/** A type of Cedar's in words. */
function words(type: string): string {
  if (type.startsWith('Set<')) return 'an array';
  if (type.startsWith('{')) return 'an object';
  return WORDS[type.slice(type.lastIndexOf(':') + 1)] ?? 'an entity';
}
