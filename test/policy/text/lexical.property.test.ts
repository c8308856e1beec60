import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternParts, quote, unquote } from '../../../lib/contract/cedar-string';
import { ask } from '../../../lib/policy/cedar/cedar';
import { parseStatement } from '../../../lib/policy/source/parsed-policy';
import { splitPolicies } from '../../../lib/policy/source/split';
import { statementShape } from '../../../lib/policy/text/conditions';
import { tokens } from '../../../lib/policy/text/lexer';
import { contextReads, tagReads } from '../../../lib/policy/text/reads';
import { runs } from '../../runs';
import { policy } from '../arbitraries';
import { literal, respelled, spelled, spelledPattern, trivia } from '../lexical-forms';

/** What Cedar reads in a literal; undefined for one that it refuses. */
function cedarReads(written: string): string | undefined {
  const answer = ask((cedar) =>
    cedar.policyToJson(`permit(principal, action, resource) when { context has ${written} };`),
  );
  if (answer.type === 'failure') return undefined;
  const [condition] = answer.json.conditions;
  return (condition as unknown as { body: { has: { attr: string } } }).body.has.attr;
}

/** Cedar's own reading, of templates too. */
function cedarJson(text: string): unknown {
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed.errors)}`);
  return parsed.json;
}

describe('a string literal', () => {
  it('is one token with the text that Cedar reads, in every spelling that Cedar takes', () => {
    fc.assert(
      fc.property(fc.oneof(literal, fc.string({ unit: 'binary', maxLength: 4 }).chain(spelled)), (written) => {
        const read = cedarReads(written);
        if (read === undefined) return;
        expect(tokens(written).map(({ kind, text }) => ({ kind, text }))).toEqual([{ kind: 'string', text: written }]);
        expect(unquote(written)).toBe(read);
      }),
      runs(1_000),
    );
  });

  it('is read by Cedar as the text that was quoted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (text) => {
        expect(cedarReads(quote(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['"\\u{6_2}"', 'b'],
    ['"\\u{6__2_}"', 'b'],
    ['"\\u{0_0_0_0_6_2}"', 'b'],
    ['"\\x62\\\'\\0"', "b'\0"],
    ['"a\nb\u2028\ufeff"', 'a\nb\u2028\ufeff'],
  ])('reads %s', (written, text) => {
    expect(unquote(written)).toBe(text);
    expect(cedarReads(written)).toBe(text);
  });

  it.each(['"\\u{_62}"', '"\\u{0000062}"', '"\\u{d800}"', '"\\x80"', '"\\a"'])(
    'leaves %s, which Cedar refuses',
    (written) => {
      expect(cedarReads(written)).toBeUndefined();
      expect(unquote(written)).toBe(written.slice(1, -1));
    },
  );
});

/** The texts between the wildcards of a pattern, as Cedar reads it. */
function cedarParts(written: string): string[] {
  const { conditions } = cedarJson(`permit(principal, action, resource) when { context.x like ${written} };`) as {
    conditions: { body: { like: { pattern: ('Wildcard' | { Literal: string })[] } } }[];
  };
  const parts = [''];
  for (const part of conditions[0]?.body.like.pattern ?? []) {
    if (part === 'Wildcard') parts.push('');
    else parts[parts.length - 1] += part.Literal;
  }
  return parts;
}

describe('a pattern', () => {
  it('has the wildcards and texts that Cedar reads, in every spelling', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '*', '\\', '"', 'é', '\n', '['), maxLength: 4 });
    const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).chain(spelledPattern);
    fc.assert(
      fc.property(pattern, (written) => {
        expect(patternParts(written)).toEqual(cedarParts(written));
      }),
      runs(400),
    );
  });

  it.each([
    ['"\\\\*"', ['\\', '']],
    ['"\\*"', ['*']],
    ['"\\u{2a}\\x2a*"', ['', '', '', '']],
  ])('reads %s', (written, parts) => {
    expect(patternParts(written)).toEqual(parts);
    expect(cedarParts(written)).toEqual(parts);
  });
});

describe('a program in other words', () => {
  const respelledPolicy = policy.chain(({ text }) => respelled(text).map((other) => ({ text, other })));

  it('has the same tokens, conditions and reads', () => {
    fc.assert(
      fc.property(respelledPolicy, ({ text, other }) => {
        expect(cedarJson(other)).toEqual(cedarJson(text));
        const [a, b] = [tokens(text), tokens(other)];
        const plain = (all: typeof a) =>
          all.map(({ kind, text }, index) =>
            kind !== 'string' ? text : all[index - 1]?.text === 'like' ? patternParts(text) : unquote(text),
          );
        expect(plain(b)).toEqual(plain(a));
        expect(statementShape(other).conditions.length).toBe(statementShape(text).conditions.length);
        expect(tagReads(b).map(({ path }) => path)).toEqual(tagReads(a).map(({ path }) => path));
        expect(contextReads(b).map(({ path }) => path)).toEqual(contextReads(a).map(({ path }) => path));
      }),
      runs(75),
    );
  });

  it('is cut into policies where Cedar cuts it, however long it is', () => {
    const programs = fc.array(fc.tuple(policy, trivia), { minLength: 1, maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(programs, fc.nat({ max: 200_000 }), (parts, length) => {
        const annotated = parts.map(
          ([{ text }, behind], index) => `@id("${'é'.repeat(index === 0 ? length : 1)}")${text}${behind}`,
        );
        const program = annotated.join('');
        const answer = ask((cedar) => cedar.policySetTextToParts(program));
        if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
        const spans = splitPolicies(program);
        const cut = [...answer.policies, ...answer.policy_templates];
        expect(spans.length).toBe(cut.length);
        // Cedar hands the parts back in any order.
        const own = spans.map(({ start, end }) => JSON.stringify(cedarJson(program.slice(start, end))));
        const theirs = cut.map((text) => JSON.stringify(cedarJson(text)));
        expect(own.toSorted()).toEqual(theirs.toSorted());
      }),
      runs(8),
    );
  });
});
