import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternParts, unquote } from '../../../lib/contract/cedar-string';
import { sentenceLine, sentenceLines } from '../../../lib/policy/sentence/layout';
import { policySentence } from '../../../lib/policy/sentence/policy-sentence';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';
import { tokens } from '../../../lib/policy/text/lexer';
import { policyText } from '../proof/random-policies';
import { sentencePolicy } from './random-sentences';

const SCOPE = 'principal is AgentCore::OAuthUser, action == AgentCore::Action::"a___b", resource == ?resource';

function sentenceOf(text: string) {
  return policySentence({ id: 'p', statementParts: [text], enforcementMode: 'ACTIVE' });
}

/** What the sentence says of a condition. */
function saidOf(condition: string): string {
  const start = 'Callers with a token may call `a___b` if ';
  const line = sentenceLine(sentenceOf(`permit (${SCOPE}) when { ${condition} };`));
  expect(line).toMatch(new RegExp(`^${start}.*\\.$`, 'u'));
  return line.slice(start.length, -1);
}

function laidOut(text: string): string[] {
  return sentenceLines(sentenceOf(text)).map(({ depth, text: said }) => `${'  '.repeat(depth)}${said}`);
}

describe('the sentences of the example applications', () => {
  it.each(['devops', 'lakehouse', 'underwriting'])('are these of %s', (app) => {
    const source = PolicySource.fromDirectory(`policies/${app}`);
    const { policies } = loadPolicies([source], { baseDirectory: '.', nameSeed: 'test' });
    const said = Object.fromEntries(policies.map((policy) => [policy.id, sentenceLine(policySentence(policy))]));
    expect(said).toEqual(GOLDEN[app]);
  });
});

const GOLDEN: { readonly [app: string]: { readonly [policy: string]: string } } = {
  devops: {
    'clean-logs':
      'Callers with a token may call `devops___clean_logs` if the argument `log_group` is given and is not "".',
    'get-metrics':
      'Callers with a token may call `devops___get_metrics` if the argument `service_name` is given and is not "".',
    'people-destroy':
      'Nobody with a token may call any tool of class `destructive` unless their token carries the claim `username`.',
    'restart-and-terminate':
      'Callers with a token may call `devops___restart_service` or `devops___terminate_instance` if the argument `environment` is "staging" or "dev".',
  },
  lakehouse: {
    'claims-summary':
      'Callers with a token may call `lakehouse___get_claims_summary` if their claim `cognito:groups` contains "adjusters" or "administrators".',
    claims:
      'Callers with a token may call `lakehouse___query_claims`, `lakehouse___get_claim_details` or `lakehouse___text_to_sql` if their claim `cognito:groups` contains "policyholders", "adjusters" or "administrators".',
    'conflict-of-interest':
      'Nobody with a token may call any tool of `lakehouse` if their claim `cognito:groups` contains "policyholders" and "adjusters".',
    'european-callers':
      'Nobody with a token may call `lakehouse___query_claims` or `lakehouse___get_claim_details` if the argument `geography` is "EU".',
  },
  underwriting: {
    'create-application':
      'Callers with a token may call `underwriting___create_application` if the argument `coverage_amount` is less than 5000000.0.',
    'risk-model':
      'Callers with a token may call `underwriting___invoke_risk_model` if their claim `department` is "finance".',
  },
};

describe('a condition', () => {
  it.each([
    ['9007199254740993 == context.input.x', 'the argument `x` is 9007199254740993'],
    ['context.input.x > -9223372036854775808', 'the argument `x` is more than -9223372036854775808'],
    ['context.input.x <= 5', 'the argument `x` is at most 5'],
    ['context.input.x.greaterThanOrEqual(decimal("2.50"))', 'the argument `x` is at least 2.50'],
    ['context.input has a.b && context.input.a.b like "x*"', 'the argument `a.b` begins with "x"'],
    ['context.input has "a b"', 'the argument `a b` is given'],
    ['context.input has a && context.input.a != ""', 'the argument `a` is given and is not ""'],
    ['context.input.a.b["c d"] == true', 'the argument `a.b["c d"]` is true'],
    ['context.input.dry', 'the argument `dry` is true'],
    ['!context.input.dry', 'the argument `dry` is not true'],
    ['context.input.x like "a\\*b*c"', 'the argument `x` matches "a\\*b*c"'],
    ['context.input.x like "*.pdf"', 'the argument `x` ends with ".pdf"'],
    ['context.input.x like "*"', 'the argument `x` is any text'],
    ['context.input.x like "exact"', 'the argument `x` is "exact"'],
    ['principal.getTag("g") like "*\\"fin\\"*"', 'their claim `g` contains "fin"'],
    ['principal.hasTag("g") && principal.getTag("g") like "*fin*"', 'their claim `g` contains the text "fin"'],
    ['context.input.x like "*\\"fin\\"*"', 'the argument `x` contains the text "\\"fin\\""'],
    [
      'principal.hasTag("g") && (principal.getTag("g") like "*\\"a\\"*" || context.input.x == 1)',
      'their token carries the claim `g` and (their claim `g` contains "a" or the argument `x` is 1)',
    ],
    [
      'principal.hasTag("d") && principal.getTag("d") != "x"',
      'their token carries the claim `d` and their claim `d` is not "x"',
    ],
    ['!(principal.hasTag("d") && principal.getTag("d") == "x")', 'not (their claim `d` is "x")'],
    ['!(principal.getTag("d") == "x" || principal.getTag("d") == "y")', 'their claim `d` is neither "x" nor "y"'],
    ['principal.getTag(context.input.k) == "v"', 'their claim that the argument `k` names is "v"'],
    ['principal has id && principal.id == "u"', 'their attribute `id` is "u"'],
    ['principal == AgentCore::OAuthUser::"u"', 'the caller is the user "u"'],
    ['principal is AgentCore::OAuthUser in A::"x"', 'the caller is one of the callers with a token and is in `A` "x"'],
    [
      'action in [AgentCore::Action::"class:read", AgentCore::Action::"t", AgentCore::Action::"t___x"]',
      'the tool is any tool of class `read`, any tool of `t` or `t___x`',
    ],
    ['action == AgentCore::Action::"t"', 'the tool is `t` (a group and no tool)'],
    ['resource == AgentCore::Gateway::"arn"', 'the gateway is the gateway "arn"'],
    ['["a", "b"].contains(context.input.x)', 'the argument `x` is "a" or "b"'],
    ['context.input.tags.contains("x")', 'the argument `tags` contains "x"'],
    ['["a"].containsAll(context.input.tags)', '["a"] contains all of the argument `tags`'],
    ['context.input.tags.containsAny(["a", "b"])', 'the argument `tags` contains any of ["a", "b"]'],
    ['!context.input.tags.isEmpty()', 'the argument `tags` is not empty'],
    ['context.input.x.isInRange(ip("10.0.0.0/8"))', 'the argument `x` is in the range 10.0.0.0/8'],
    ['!context.input.x.isIpv4()', 'the argument `x` is not an IPv4 address'],
    ['context.system.now >= datetime("2026-01-01")', 'the time of the call is at or after 2026-01-01'],
    ['context.system.now.toTime() < duration("9h30m")', 'the time of day of the call is before 9h30m'],
    ['context.system.now.toDate() == datetime("2026-01-01")', 'the day of the call is 2026-01-01'],
    ['context.input.ttl > duration("1h30m")', 'the argument `ttl` is more than 1h30m'],
    [
      'context.input.due.offset(duration("1d")) > context.system.now',
      '(the argument `due` plus 1d) is after the time of the call',
    ],
    [
      'context.input.due.durationSince(context.system.now).toHours() < 5',
      'the time from the time of the call to the argument `due` in hours is less than 5',
    ],
    [
      'if context.input.a then context.input.b == 1 else !context.input.c',
      '(if the argument `a` is true, then the argument `b` is 1, otherwise the argument `c` is not true)',
    ],
    [
      '(if context.input.a then 1 else 2) + 3 * context.input.n <= 4',
      '((1 if the argument `a` is true, otherwise 2) + (3 * the argument `n`)) is at most 4',
    ],
    ['-context.input.x < 1', '-(the argument `x`) is less than 1'],
    ['(context.input.a == 1) == context.input.b', '(whether the argument `a` is 1) is the argument `b`'],
    ['context.input.r == {"k": 1, "z z": "v"}', 'the argument `r` is { `k`: 1, `z z`: "v" }'],
    [
      '!(context.input.a == 1 && (context.input.b == 2 || context.input.c == 3))',
      'not (the argument `a` is 1 and (the argument `b` is 2 or the argument `c` is 3))',
    ],
    ['true', 'it always holds (true)'],
    ['!false', 'it always holds (not false)'],
    ['context.input.s == "a`b\\u{202e}"', 'the argument `s` is "a\\u0060b\\u202e"'],
  ])('%s', (condition, said) => {
    expect(saidOf(condition)).toBe(said);
  });
});

describe('the scope', () => {
  it.each([
    ['permit (principal, action, resource is AgentCore::Gateway)', 'Callers may call any tool at any gateway.'],
    [
      'forbid (principal, action in AgentCore::Action::"CallTool", resource)',
      'Nobody may call any tool (`CallTool`) at any gateway.',
    ],
    [
      'permit (principal == AgentCore::OAuthUser::"u", action in AgentCore::Action::"t", resource == ?resource)',
      'The user "u" may call any tool of `t`.',
    ],
    [
      'forbid (principal == AgentCore::IamEntity::"arn:aws:iam::1:role/a", action in AgentCore::Action::"class:write", resource == ?resource)',
      'The AWS identity "arn:aws:iam::1:role/a" may not call any tool of class `write`.',
    ],
    [
      'forbid (principal is AgentCore::UnauthenticatedUser, action in [AgentCore::Action::"t___a", AgentCore::Action::"t___b"], resource == ?resource)',
      'Nobody without authentication may call `t___a` or `t___b`.',
    ],
    [
      'permit (principal is AgentCore::IamEntity, action == AgentCore::Action::"t", resource == AgentCore::Gateway::"arn")',
      'Callers with AWS credentials may call `t` (a group and no tool) at the gateway "arn".',
    ],
    [
      'permit (principal in X::"g", action == AgentCore::Action::"t___a", resource == ?resource)',
      'Callers in `X` "g" may call `t___a`.',
    ],
  ])('%s', (scope, said) => {
    expect(sentenceLine(sentenceOf(`${scope};`))).toBe(said);
  });
});

describe('a long sentence', () => {
  it('has lists, in which nothing can be read in two ways', () => {
    const text = `permit (
      principal is AgentCore::OAuthUser,
      action in [AgentCore::Action::"t___a", AgentCore::Action::"t___b", AgentCore::Action::"t___c", AgentCore::Action::"class:read"],
      resource == ?resource
    )
    when { context.input.a == 1 || (context.input.b == 2 && context.input.c == 3 && context.input.d == 4) }
    when { if context.input.e then context.input.f else context.input.g == 5 }
    unless { !(context.input.h == 6 || context.input.i == 7 || context.input.j == 8) };`;
    expect(laidOut(text)).toEqual([
      'Callers with a token may call any of these:',
      '  `t___a`',
      '  `t___b`',
      '  `t___c`',
      '  any tool of class `read`',
      'if all of these hold:',
      '  one of these holds:',
      '    the argument `a` is 1',
      '    all of these hold:',
      '      the argument `b` is 2',
      '      the argument `c` is 3',
      '      the argument `d` is 4',
      '  both of these hold:',
      '    where the argument `e` is true: the argument `f` is true',
      '    everywhere else: the argument `g` is 5',
      'unless none of these holds:',
      '  the argument `h` is 6',
      '  the argument `i` is 7',
      '  the argument `j` is 8',
    ]);
  });

  it('says of a policy that only logs that it decides nothing', () => {
    const policy = { id: 'p', statementParts: [`forbid (${SCOPE});`], enforcementMode: 'LOG_ONLY' as const };
    expect(sentenceLine(policySentence(policy))).toBe(
      'Nobody with a token may call `a___b`. It is LOG_ONLY: what it would decide is recorded, and no call is decided by it.',
    );
  });
});

describe('every action, claim, argument and literal of a policy', () => {
  it.each([
    ['that can be decided', policyText, 100],
    ['of any shape', sentencePolicy, 200],
  ])('is named by the sentence of a policy %s', (_, policies, numRuns) => {
    fc.assert(
      fc.property(policies, (text) => {
        const sentence = sentenceOf(text);
        const line = sentenceLine(sentence);
        const lists = sentenceLines(sentence)
          .map((one) => one.text)
          .join('\n');
        for (const name of namesIn(text)) {
          expect(line).toContain(name);
          expect(lists).toContain(name);
        }
      }),
      { numRuns },
    );
  });
});

/** What a sentence must not leave out, taken from the text of the policy and not from Cedar's tree. */
function namesIn(text: string): string[] {
  const all = tokens(text);
  return all.flatMap(({ kind, text: token }, index) => {
    const before = all[index - 1]?.text ?? '';
    if (kind === 'number') return [token.replace(/^0+(?=\d)/u, '')];
    if (kind === 'string' && before === 'like')
      return patternParts(token).flatMap((run) => shown(element(run)).split('*'));
    if (kind === 'string') return [shown(actionName(unquote(token)))];
    const isName = kind === 'name' && before === '.' && all[index + 1]?.text !== '(';
    return isName && !['input', 'system', 'now'].includes(token) ? [token] : [];
  });
}

/** A text with the escapes of JSON; a backtick would end a name. */
function shown(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('`', '\\u0060');
}

/** An element of a JSON array, of a pattern that looks for its quotes. */
function element(run: string): string {
  try {
    return run.startsWith('"') ? (JSON.parse(run) as string) : run;
  } catch {
    return run;
  }
}

function actionName(text: string): string {
  return text.startsWith('class:') ? text.slice('class:'.length) : text;
}
