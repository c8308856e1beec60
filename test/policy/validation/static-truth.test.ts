import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../lib/contract/json';
import { authorize } from '../../../lib/policy/decision/authorize';
import type { ToolCall } from '../../../lib/policy/decision/model';
import { runs } from '../../runs';
import { callOf, findingsOf, PAY, payPolicy, setOf } from '../subject';

const DEPARTMENT = 'principal.hasTag("department")';
const FINANCE = `${DEPARTMENT} && principal.getTag("department") == "finance"`;
const BELOW = 'context.input.amount.lessThan(decimal("5.0"))';
const permit = (condition: string): string => payPolicy(condition);
const forbid = (condition: string): string => payPolicy(condition, 'forbid');
const ignored = (condition: string, effect: string): string =>
  payPolicy(condition, effect, '@validation("IGNORE_ALL_FINDINGS") ');

const EVERYTHING = /EVERYTHING|NEVER/;

/** Codes of what is said about policies that match always or never, alone or together. */
function said(text: string): string[] {
  return [...new Set(findingsOf(text).map(({ code }) => code))].filter((code) => EVERYTHING.test(code));
}

describe('policies that match every call together', () => {
  it('are found once for all types of callers of which they do so', () => {
    const found = findingsOf(`permit(principal, action == AgentCore::Action::"${PAY}", resource == ?resource);`);
    expect(found.filter(({ code }) => code === 'POLICY_ALLOWS_EVERYTHING').map(({ message }) => message)).toEqual([
      expect.stringContaining('`AgentCore::OAuthUser`, `AgentCore::IamEntity`, `AgentCore::UnauthenticatedUser`'),
    ]);
  });

  it.each([
    ['a condition and its opposite', permit(BELOW) + permit(`!(${BELOW})`)],
    ['the same in other words', permit(BELOW) + permit(`decimal("5.0").lessThanOrEqual(context.input.amount)`)],
    [
      'a guarded claim, and the lack of it',
      permit(FINANCE) +
        permit(`!${DEPARTMENT}`) +
        permit(`${DEPARTMENT} && principal.getTag("department") != "finance"`),
    ],
    ['a clause and its unless', permit(BELOW) + permit(BELOW).replace('when', 'unless')],
    [
      'numbers up to four, and from five',
      permit('context.input has count && context.input.count <= 4') +
        permit('context.input has count && context.input.count > 4') +
        permit('!(context.input has count)'),
    ],
    [
      'times before and after',
      permit('context.system.now < datetime("2026-12-01")') +
        permit('context.system.now >= datetime("2026-12-01T01:00:00+0100")'),
    ],
    [
      'a truth value and its opposite',
      permit('context.input has urgent && context.input.urgent') +
        permit('if context.input has urgent then context.input.urgent == false else true'),
    ],
    [
      'branches',
      permit(`if ${BELOW} then ${DEPARTMENT} else true`) + permit(`if ${BELOW} then !(${DEPARTMENT}) else false`),
    ],
  ])('%s', (_, text) => {
    expect(said(text)).toEqual(['POLICY_SET_ALLOWS_EVERYTHING']);
  });

  it('are named, with the calls, at the last of them', () => {
    const text = `@id("a") ${permit(BELOW)}\n@id("spare") ${permit(`${BELOW} && ${FINANCE}`)}\n@id("b") ${permit(`!(${BELOW})`)}`;
    const found = findingsOf(text).filter(({ code }) => code === 'POLICY_SET_ALLOWS_EVERYTHING');
    expect(found).toMatchObject([
      {
        severity: 'error',
        message: `\`a\`, \`b\` together allow every call of \`${PAY}\` by \`AgentCore::OAuthUser\``,
        location: { line: 3, column: 10 },
        related: [{ message: 'together with `a`', location: { line: 1 } }],
      },
    ]);
  });

  it.each([
    ['a gap of one unit', permit(BELOW) + permit('context.input.amount.greaterThan(decimal("5.0"))')],
    [
      'a claim that may be missing',
      permit(FINANCE) + permit(`${DEPARTMENT} && principal.getTag("department") != "finance"`),
    ],
    [
      'sums, which may overflow',
      permit('context.input has count && context.input.count + 1 > 3') +
        permit('!(context.input has count && context.input.count + 1 > 3)'),
    ],
    [
      'large numbers, which JSON rounds',
      permit('context.input has count && context.input.count > 9007199254740992') +
        permit('if context.input has count then context.input.count <= 9007199254740993 else true'),
    ],
    [
      'other tools',
      permit(BELOW) +
        permit(`!(${BELOW})`).replaceAll('create_payout', 'list').replace(BELOW, 'context.input.query == "a"'),
    ],
    ['policies that only log', permit(BELOW) + payPolicy(`!(${BELOW})`, 'permit', '@enforcement("LOG_ONLY") ')],
    ['what the team has acknowledged', ignored(BELOW, 'permit') + ignored(`!(${BELOW})`, 'permit')],
  ])('are not found in %s', (_, text) => {
    expect(said(text)).toEqual([]);
  });
});

describe('a set that denies every call', () => {
  it.each([
    [
      'a forbid that is wider than the permit',
      permit(`${BELOW} && ${FINANCE}`) + forbid('context.input.amount.lessThan(decimal("10.0"))'),
    ],
    ['the same condition', permit(FINANCE) + forbid(FINANCE)],
    ['two forbids', permit(FINANCE) + forbid(BELOW) + forbid(`!(${BELOW})`)],
    [
      'a forbid for all but others',
      permit(FINANCE) + forbid(`!(${DEPARTMENT} && principal.getTag("department") == "sales")`),
    ],
    [
      'a list of names',
      permit('["EU", "UK"].contains(context.input["employee-id"])') +
        forbid('context.input["employee-id"] like "E*" || context.input["employee-id"] like "*K"'),
    ],
    ['a caller by name', permit('principal == AgentCore::OAuthUser::"u"') + forbid('principal.id == "u"')],
  ])('%s', (_, text) => {
    expect(said(text)).toEqual(['POLICY_SET_DENIES_EVERYTHING']);
  });

  it('is told at the forbid', () => {
    const text = `@id("ok") ${permit(FINANCE)}\n@id("no") ${forbid(DEPARTMENT)}`;
    expect(findingsOf(text).filter(({ code }) => code === 'POLICY_SET_DENIES_EVERYTHING')).toMatchObject([
      {
        message: `nobody can call \`${PAY}\` as \`AgentCore::OAuthUser\`: whatever is permitted is forbidden by \`no\``,
        location: { line: 2 },
      },
    ]);
  });

  it.each([
    ['a forbid that leaves something', permit(FINANCE) + forbid(BELOW)],
    [
      'a name that the pattern misses',
      permit('["EU", "UK"].contains(context.input["employee-id"])') + forbid('context.input["employee-id"] like "E*"'),
    ],
    ['a permit beside it', permit(FINANCE) + permit(BELOW) + forbid(FINANCE)],
    ['a forbid that only logs', permit(FINANCE) + payPolicy(FINANCE, 'forbid', '@enforcement("LOG_ONLY") ')],
    ['what the team has acknowledged', permit(FINANCE) + ignored(FINANCE, 'forbid')],
    ['a policy that is wrong anyway', permit(FINANCE) + forbid(FINANCE) + permit('principal.department == "x"')],
  ])('is not found in %s', (_, text) => {
    expect(said(text)).toEqual([]);
  });
});

describe('callers without claims', () => {
  it('are told from users', () => {
    const text = permit(FINANCE) + permit(`!(${FINANCE})`);
    const found = findingsOf(text.replaceAll('principal is AgentCore::OAuthUser', 'principal'));
    expect(found.filter(({ code }) => EVERYTHING.test(code)).map(({ message }) => message)).toEqual([
      `this policy allows every call of \`${PAY}\` by \`AgentCore::IamEntity\`, \`AgentCore::UnauthenticatedUser\``,
      expect.stringContaining('together allow every call of `hr-payroll___create_payout` by `AgentCore::OAuthUser`'),
    ]);
  });
});

describe('a policy by itself', () => {
  it.each([
    [
      'contradicts its numbers',
      permit('context.input has count && context.input.count > 4 && context.input.count < 5'),
      ['POLICY_NEVER_MATCHES'],
    ],
    [
      'wants two values of a claim',
      permit(`${FINANCE} && principal.getTag("department") == "sales"`),
      ['POLICY_NEVER_MATCHES'],
    ],
    [
      'wants two beginnings of a claim',
      permit(`${DEPARTMENT} && principal.getTag("department") like "a*" && principal.getTag("department") like "b*"`),
      ['POLICY_NEVER_MATCHES'],
    ],
    [
      'wants more and less of two arguments',
      permit(
        'context.input has count && context.input.count < context.system.now.toTime().toHours() && context.input.count > 24',
      ),
      ['POLICY_NEVER_MATCHES'],
    ],
    ['says a condition or its opposite', permit(`${BELOW} || !(${BELOW})`), ['POLICY_ALLOWS_EVERYTHING']],
    ['asks nothing of an address', permit('ip("10.0.0.1").isInRange(ip("10.0.0.0/8"))'), ['POLICY_ALLOWS_EVERYTHING']],
    [
      'forbids all numbers',
      forbid('if context.input has count then context.input.count < 9 || context.input.count >= 9 else true'),
      ['POLICY_DENIES_EVERYTHING'],
    ],
  ])('%s', (_, text, codes) => {
    expect(said(text)).toEqual(codes);
  });
});

/** One leaf for each line that calls of the grid below can be on either side of. */
const leaf = fc.constantFrom(
  DEPARTMENT,
  FINANCE,
  `${DEPARTMENT} && principal.getTag("department") like "*s"`,
  BELOW,
  'context.input.amount.lessThanOrEqual(decimal("5.0"))',
  'context.input has urgent && context.input.urgent',
  'context.input has urgent && context.input.urgent != true',
  'context.input has count && context.input.count < 5',
  'context.input has count && context.input.count == 5',
);
const condition = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('node').map((node) => `!(${node})`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}) && (${b})`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}) || (${b})`),
  ),
})).node;

/** Calls on every side of every line that the leaves draw. */
const grid: ToolCall[] = [undefined, 'finance', 'sales', 'it'].flatMap((department) =>
  [4.9999, 5, 5.0001].flatMap((amount) =>
    [undefined, true, false].flatMap((urgent) =>
      [undefined, 4, 5, 6].map((count) => {
        const input: JsonObject = { 'employee-id': 'e', amount };
        if (urgent !== undefined) input['urgent'] = urgent;
        if (count !== undefined) input['count'] = count;
        return callOf(input, department === undefined ? {} : { department });
      }),
    ),
  ),
);

const allowed = (text: string): number => {
  const set = setOf(text);
  return grid.filter((call) => authorize(set, call).outcome === 'ALLOW').length;
};

describe('what is said of a set', () => {
  it('is what becomes of every call, and nothing that is so stays unsaid', () => {
    const conditions = fc.array(condition, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(conditions, conditions, (permits, forbids) => {
        const permitting = permits.map(permit).join('\n');
        const codes = said(`${permitting}\n${forbids.map(forbid).join('\n')}`);
        const reach = allowed(permitting);
        expect(codes.some((code) => code.includes('ALLOWS_EVERYTHING'))).toBe(reach === grid.length);
        const left = allowed(`${permitting}\n${forbids.map(forbid).join('\n')}`);
        expect(codes.some((code) => code.includes('DENIES_EVERYTHING'))).toBe(
          (reach > 0 && left === 0) || forbids.some((one) => allowed(permit(one)) === grid.length),
        );
        const hopeless = [...permits, ...forbids].some((one) => allowed(permit(one)) === 0);
        expect(codes.includes('POLICY_NEVER_MATCHES')).toBe(hopeless);
      }),
      runs(10),
    );
  });
});
