import fc from 'fast-check';
import { quote } from '../../../lib/contract/cedar-string';

/** Names and texts with what makes trouble in sentences: quotes, brackets, spaces, words of the sentence itself. */
const word = fc.oneof(
  fc.constantFrom('finance', 'a b', 'is not "x"', '(and)', 'zoë', '*', '["a"]', 'or', 'élan\\'),
  fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme-ascii' }),
);
const text = word.map(quote);
const pattern = fc
  .array(
    fc.oneof(
      fc.constant('*'),
      word.map((one) => quote(one).slice(1, -1).replaceAll('*', '\\*')),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`);
const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);

/** A template with holes, `fill('$ == $', a, b)`; what fills one may have a dollar sign itself. */
function fill(template: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  const [start = '', ...rest] = template.split('$');
  return fc
    .tuple(...parts)
    .map((texts) => texts.reduce((whole, part, at) => `${whole}${part}${rest[at] ?? ''}`, start));
}

const read = fc.oneof(
  fill('context.input[$]', text),
  fill('context.input[$][$]', text, text),
  fill('principal.getTag($)', text),
  fill('principal[$]', text),
  fc.constant('context.system.now'),
);
const literal = fc.oneof(
  text,
  integer,
  fc.constantFrom('decimal("1.5")', 'datetime("2026-01-01")', 'duration("1h")', 'ip("10.0.0.0/8")', 'true', 'false'),
  fill('AgentCore::OAuthUser::$', text),
  fill('X::Y::$', text),
);

/** Expressions of every kind that Cedar's grammar has. They need not type-check: a sentence says what is written. */
const { condition } = fc.letrec<{ term: string; condition: string }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: fc.oneof(read, literal) },
    { weight: 1, arbitrary: fill('($ $ $)', tie('term'), fc.constantFrom('+', '-', '*'), tie('term')) },
    { weight: 1, arbitrary: fill('[$, $]', tie('term'), tie('term')) },
    { weight: 1, arbitrary: fill('{$: $}', text, tie('term')) },
    { weight: 1, arbitrary: fill('(if $ then $ else $)', tie('condition'), tie('term'), tie('term')) },
    { weight: 1, arbitrary: fill('($).offset($)', tie('term'), tie('term')) },
    {
      weight: 1,
      arbitrary: fill('($).$()', tie('term'), fc.constantFrom('toDate', 'toTime', 'toHours', 'toMilliseconds')),
    },
    { weight: 1, arbitrary: fill('($).durationSince($)', tie('term'), tie('term')) },
    { weight: 1, arbitrary: tie('condition').map((one) => `(${one})`) },
  ),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    {
      weight: 4,
      arbitrary: fill('($) $ ($)', tie('term'), fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in'), tie('term')),
    },
    { weight: 3, arbitrary: fill('$ like $', read, pattern) },
    { weight: 2, arbitrary: fill('principal.hasTag($)', text) },
    { weight: 2, arbitrary: fill('context.input has $', text) },
    { weight: 1, arbitrary: fill('principal is X::Y in Z::$', text) },
    {
      weight: 2,
      arbitrary: fill(
        '($).$($)',
        tie('term'),
        fc.constantFrom('contains', 'containsAll', 'containsAny', 'lessThan', 'greaterThanOrEqual', 'isInRange'),
        tie('term'),
      ),
    },
    { weight: 1, arbitrary: fill('($).$()', tie('term'), fc.constantFrom('isEmpty', 'isIpv4', 'isLoopback')) },
    { weight: 2, arbitrary: fill('(($) && ($))', tie('condition'), tie('condition')) },
    { weight: 2, arbitrary: fill('(($) || ($))', tie('condition'), tie('condition')) },
    { weight: 1, arbitrary: fill('!($)', tie('condition')) },
    { weight: 1, arbitrary: fill('(if $ then $ else $)', tie('condition'), tie('condition'), tie('condition')) },
    // What guards are there for: the same claim, asked for and read.
    {
      weight: 2,
      arbitrary: fc
        .tuple(text, text)
        .map(([name, value]) => `(principal.hasTag(${name}) && principal.getTag(${name}) == ${value})`),
    },
  ),
}));

const action = fc.oneof(
  fc.constant('action'),
  fill('action == AgentCore::Action::$', text),
  fill('action in AgentCore::Action::$', text),
  fill('action in [AgentCore::Action::$, AgentCore::Action::$]', text, text),
);
const principal = fc.oneof(
  fc.constantFrom('principal', 'principal is AgentCore::OAuthUser', 'principal is AgentCore::IamEntity'),
  fill('principal == AgentCore::OAuthUser::$', text),
  fill('principal is X::Y in Z::$', text),
);
const clause = fill('$ { $ }', fc.constantFrom('when', 'unless'), condition);

/** A policy of any shape that Cedar parses. */
export const sentencePolicy = fill(
  '$($, $, $) $;',
  fc.constantFrom('permit', 'forbid'),
  principal,
  action,
  fc.constantFrom('resource == ?resource', 'resource', 'resource is AgentCore::Gateway'),
  fc.array(clause, { maxLength: 3 }).map((clauses) => clauses.join(' ')),
);
