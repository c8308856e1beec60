import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../../lib/diagnostics/catalogue';
import { POLICY_CONDITION } from '../../../../lib/diagnostics/catalogue/policy-condition';
import { POLICY_SCOPE } from '../../../../lib/diagnostics/catalogue/policy-scope';
import { POLICY_SET } from '../../../../lib/diagnostics/catalogue/policy-set';
import { findingsOf, payPolicy, policiesOf, targets, underlined } from '../../subject';
import { cases, claims, enumTargets, OK } from './lint-cases';

describe('lints', () => {
  // Covers policy.iam-id, policy.gateway-named, policy.input-needs-action, policy.wildcard-resource, policy.groups-array
  // Covers policy.scope-words, policy.object-claims
  it.each(cases)('$code at $at', ({ code, text, at, help, message, with: options }) => {
    const found = findingsOf(text, options).filter((finding) => finding.code === code);
    expect(found.map(underlined)).toContain(at);
    if (message !== undefined) expect(found.map((finding) => finding.message).join()).toContain(message);
    if (help !== undefined) expect(found.map((finding) => finding.help)).toContain(help);
  });

  it('are all shown by a case', () => {
    const shown = new Set<string>(cases.map(({ code }) => code));
    // What no lint explains is shown as Cedar says it. Tools of servers have their test beside their guard.
    const elsewhere = [
      'POLICY_CEDAR',
      'POLICY_PERMIT_OF_SERVER',
      'POLICY_SET_COUNT',
      'POLICY_NAME_INVALID',
      'POLICY_NAME_RESERVED',
      'POLICY_NAME_DUPLICATE',
    ];
    const codes = Object.keys({ ...POLICY_SCOPE, ...POLICY_CONDITION, ...POLICY_SET });
    expect(codes.filter((code) => !shown.has(code) && !elsewhere.includes(code))).toEqual([]);
    expect(codes.every((code) => code in CATALOGUE)).toBe(true);
  });

  it('take an asterisk behind a backslash for itself, and one in any other spelling for a wildcard', () => {
    const tier = { name: 'tier', source: 'groups', values: { a: 'gold*', b: '\\silver' }, multiValued: false } as const;
    const codesOf = (pattern: string) =>
      findingsOf(payPolicy(`principal.hasTag("tier") && principal.getTag("tier") like ${pattern}`, 'forbid'), {
        claims: [tier],
      }).map(({ code }) => code);
    for (const pattern of ['"gold\\*"', '"g\\u{2a}\\*"', '"\\\\*"']) {
      expect(codesOf(pattern)).not.toContain('POLICY_FORBID_VALUE_IMPOSSIBLE');
    }
    for (const pattern of ['"silver\\*"', '"\\\\\\*"']) {
      expect(codesOf(pattern)).toContain('POLICY_FORBID_VALUE_IMPOSSIBLE');
    }
  });

  it.each([
    ['a guarded claim', payPolicy('principal.hasTag("department") && principal.getTag("department") == "finance"')],
    [
      'a quoted group',
      payPolicy('principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"admin\\"*"'),
    ],
    [
      'several quoted groups',
      payPolicy('principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"a\\"*\\"b\\"*"'),
    ],
    ['a decimal argument', payPolicy(OK)],
    ['a guarded argument', payPolicy('context.input has urgent && context.input.urgent == false')],
    ['a nested argument', payPolicy('context.input has address && context.input.address.zip == "1"')],
    ['a time', payPolicy('context.system.now < datetime("2027-01-01")')],
    ['an attribute in brackets', payPolicy('context.input["employee-id"] == "e"')],
    ['the id of a principal', payPolicy('principal.id == "a1b2"')],
    ['whether a principal has an id', payPolicy('principal has id && principal.id == "a1b2"')],
    ['a claim of any name', payPolicy('principal.hasTag("department") && principal.getTag("department") like "fin*"')],
  ])('say nothing of %s', (_, text) => {
    const codes = findingsOf(text, { claims }).map(({ code }) => code);
    expect(codes).toEqual(['POLICY_TOOL_UNREACHABLE']);
  });

  it.each([
    'principal',
    '"x"',
    'context.input',
    'principal.hasTag(1)',
    'principal.hasTag("d") && "x" in principal.getTag("d")',
    'principal.hasTag("d") && principal.getTag("d") == true',
    'principal in principal.id',
    'context.input.amount == "5"',
    'context.input["employee-id"] in ["a"]',
    'context.input["employee-id"] == true',
    'context.input has address && context.input.address == "x"',
    'context.input has address && context.input.address',
    'ip("1.1.1.1") == context.input.amount',
    'context.input.amount.isIpv4()',
    'resource == principal',
    'context.system.now == "x"',
    'duration("PT1H") == duration("x")',
    '["a", 1, true].contains(1)',
    'if principal then true else false',
    '-principal.id == 1',
    '{a: 1}.b == 1',
  ])('speak of %s without the internals of Cedar', (condition) => {
    const found = findingsOf(payPolicy(condition)).filter(({ severity }) => severity === 'error');
    expect(found.length).toBeGreaterThan(0);
    for (const { message, help } of found)
      expect(`${message} ${help}`).not.toMatch(/__cedar|\bLong\b|\bSet<|extension function|\{typeChoice/);
  });

  it('accept what a policy acknowledges', () => {
    const annotated = '@validation("IGNORE_ALL_FINDINGS") ';
    expect(findingsOf(payPolicy('true', 'permit', annotated)).map(({ code }) => code)).toEqual([
      'POLICY_TOOL_UNREACHABLE',
    ]);
  });

  it('report everything at once, by place', () => {
    const text = [
      payPolicy('context.input.urgent'),
      payPolicy('principal.department == "x" && context.input.zap == 1'),
    ].join('\n');
    expect(findingsOf(text).map(({ code, location }) => [code, location?.line])).toEqual([
      ['POLICY_INPUT_UNGUARDED', 1],
      ['POLICY_CLAIM_AS_ATTRIBUTE', 2],
      ['POLICY_INPUT_UNKNOWN', 2],
      ['POLICY_TOOL_UNREACHABLE', undefined],
    ]);
  });

  it('underline the right place behind other policies, comments and wide characters', () => {
    const text = `// 漢字 😀\n@id("a")\n${payPolicy('"é😀" == "漢" || true')}\n  ${payPolicy('"é" != "😀" && principal.abteilung == "x"')}`;
    const [finding] = findingsOf(text).filter(({ code }) => code === 'POLICY_CLAIM_AS_ATTRIBUTE');
    expect(finding && underlined(finding)).toBe('principal.abteilung');
  });

  it('know that a Lambda target publishes no enum', () => {
    const lambda = enumTargets.map((target) => ({ ...target, kind: 'lambda' as const }));
    const codes = findingsOf(payPolicy('context.input.kind == "a"'), { targets: lambda }).map(({ code }) => code);
    expect(codes).not.toContain('POLICY_ENUM_UNVERIFIED');
  });

  // Covers policy.limits
  it('find a set and a schema that are too large, and names that the service refuses', () => {
    const [one] = policiesOf(payPolicy(OK));
    if (!one) throw new Error('no policy');
    const many = Array.from({ length: 1_001 }, (_, index) => ({
      ...one,
      id: `p${index}`,
      name: ['same-name', 'same-name', 'lock_0123456789abcdef01234567'][index] ?? `name_${index}`,
      origin: { ...one.origin, line: index + 1 },
    }));
    const properties = Object.fromEntries(
      Array.from({ length: 4_000 }, (_, index) => [`argument_${index}_${'x'.repeat(50)}`, { type: 'string' }]),
    );
    const large = (name: string) => ({ name, description: '', inputSchema: { type: 'object', properties } });
    const found = findingsOf('', {
      policies: many,
      targets: [...targets, { name: 'L', tools: [large('a'), large('b')] }],
    });
    const codes = new Set(found.map(({ code }) => code));
    for (const code of [
      'POLICY_SET_COUNT',
      'POLICY_NAME_INVALID',
      'POLICY_NAME_RESERVED',
      'POLICY_NAME_DUPLICATE',
      'SCHEMA_TOO_LARGE',
    ] as const) {
      expect(codes).toContain(code);
    }
  });
});
