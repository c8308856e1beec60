import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderText } from '../../lib/diagnostics/render-text';
import { loadPolicies, PolicySource } from '../../lib/policy/source/source';
import { splitPolicies } from '../../lib/policy/source/split';
import { tokens } from '../../lib/policy/text/lexer';
import { validatePolicySet } from '../../lib/policy/validation/validate';
import { runs } from '../runs';
import { expression, policy } from './arbitraries';
import { payPolicy, targets } from './subject';

const piece = fc.constantFrom(
  ...'permit forbid ( ) { } [ ] , ; @id @enforcement("LOG_ONLY") principal action resource context when unless == != && || ! like has is in . :: ?resource ?principal "é" "\\" \\u{1F600} // 漢字 😀 AgentCore::OAuthUser AgentCore::Action::"hr-payroll___create_payout" AgentCore::Gateway::"x" hasTag("a") getTag("a") context.input.amount context.input decimal("1.0") datetime("x") 5 -9223372036854775808 if then else true false'.split(
    ' ',
  ),
);
const soup = fc
  .array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom(' ', '\n', '\r\n')), {
    maxLength: 60,
  })
  .map((parts) => parts.join(' '));

/** Policies with a part cut out, doubled or replaced. */
const damaged = fc
  .tuple(
    fc.array(policy, { minLength: 1, maxLength: 3 }),
    fc.nat(),
    fc.nat({ max: 12 }),
    fc.oneof(piece, fc.constant('')),
  )
  .map(([policies, at, length, insert]) => {
    const text = policies.map((one) => one.text).join('\n');
    const from = at % text.length;
    return text.slice(0, from) + insert + text.slice(from + length);
  });

const nested = fc
  .tuple(
    expression,
    fc.integer({ min: 0, max: 90 }),
    fc.constantFrom(['(', ')'], ['!(', ')'], ['[', '].contains(1)'], ['if true then ', ' else false']),
  )
  .map(([inner, depth, [open = '', close = '']]) => payPolicy(open.repeat(depth) + inner + close.repeat(depth)));

function findings(text: string) {
  const { policies, texts, diagnostics } = loadPolicies([PolicySource.fromInline(text)], { nameSeed: 'fuzz' });
  const found = validatePolicySet({ policies, texts, targets, mode: 'ENFORCE', trustedContext: [], claims: [] });
  return { policies, diagnostics, found };
}

describe('any text', () => {
  it('ends in policies or findings, each at a place of the text', () => {
    fc.assert(
      fc.property(fc.oneof(soup, damaged, nested, fc.string({ unit: 'binary' })), (text) => {
        const { policies, diagnostics, found } = findings(text);
        if (policies.length === 0) expect(diagnostics.length).toBeGreaterThan(0);
        const lines = text.split('\n');
        for (const { location } of [...diagnostics, ...found]) {
          if (location === undefined) continue;
          expect(location.line).toBeGreaterThanOrEqual(1);
          expect(location.line).toBeLessThanOrEqual(lines.length);
          expect(location.column).toBeLessThanOrEqual((lines[location.line - 1]?.length ?? 0) + 1);
          const [end, endColumn] = [location.endLine ?? location.line, location.endColumn ?? location.column];
          expect(end > location.line || endColumn >= location.column).toBe(true);
        }
        expect(renderText([...diagnostics, ...found])).not.toContain('undefined');
      }),
      runs(150),
    );
  });

  it('is cut into tokens and policies without losing any of it', () => {
    fc.assert(
      fc.property(fc.oneof(soup, damaged), (text) => {
        const all = tokens(text);
        for (const token of all) expect(text.slice(token.start, token.end)).toBe(token.text);
        expect(splitPolicies(text).flatMap((span) => span.tokens)).toEqual(all);
      }),
    );
  });
});
