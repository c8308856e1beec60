import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../lib/contract/cedar-string';
import { IAM_ENTITY, OAUTH_USER, type Principal, UNAUTHENTICATED_USER } from '../../lib/contract/claims';
import { LIMITS, POLICY_NAME_PATTERN, RESERVED_POLICY_NAME_PATTERN } from '../../lib/contract/limits';
import { LOCAL_GATEWAY_ARN } from '../../lib/contract/local-arn';
import {
  isLockName,
  LOCK_REASON_MAX_LENGTH,
  type Lock,
  type LockScope,
  lockPolicy,
  readLock,
} from '../../lib/contract/lock';
import type { DesiredPolicy } from '../../lib/contract/policy-set-document';
import { authorize } from '../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../lib/policy/decision/policy-set';
import type { CatalogTarget } from '../../lib/policy/schema/catalog-target';
import { parseStatement } from '../../lib/policy/source/parsed-policy';
import { policyName } from '../../lib/policy/source/policy-name';
import { validatePolicySet } from '../../lib/policy/validation/validate';

const SECOND = 1_000;
const MAX_SECONDS = Date.parse('9999-12-31T23:59:59Z') / SECOND;
const NASTY = [
  '"',
  '\\',
  '"; permit(principal, action, resource);',
  '", action, resource) when { false }; //',
  '*/',
  '\n',
  '\0',
  '\u2028',
  '\u0085',
  '\ufeff',
  '\u202e',
  '😀',
  "'",
  '\\u{22}',
  '\\',
  '?resource',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 12 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(''))
  .filter((text) => text.trim() !== '');
const anyScope: fc.Arbitrary<LockScope> = fc.oneof(
  fc.constant<LockScope>({ kind: 'all' }),
  fc.record({ kind: fc.constantFrom('tool' as const, 'target' as const, 'caller' as const), name: hostile }),
);
const anyLock: fc.Arbitrary<Lock> = fc
  .record({
    gatewayArn: fc.constantFrom(
      LOCAL_GATEWAY_ARN,
      'arn:aws-cn:bedrock-agentcore:cn-north-1:444455556666:gateway/a-b-0123456789',
    ),
    callers: fc.constantFrom(OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER),
    scope: anyScope,
    reason: hostile.map((text) => text.slice(0, LOCK_REASON_MAX_LENGTH)).filter((text) => text.trim() !== ''),
    times: fc.uniqueArray(fc.nat({ max: MAX_SECONDS }), { minLength: 2, maxLength: 2 }),
  })
  .filter(({ callers, scope }) => callers !== UNAUTHENTICATED_USER || scope.kind !== 'caller')
  .map(({ times, ...lock }) => {
    const [start = 0, end = 0] = times.toSorted((a, b) => a - b);
    return { ...lock, start: start * SECOND, end: end * SECOND };
  });

describe('a lock', () => {
  it('is one statement that Cedar and the service take, and reads as what was ordered, whatever names and reasons hold', () => {
    fc.assert(
      fc.property(anyLock, (lock) => {
        const policy = lockPolicy(lock);
        expect(policy.name).toMatch(POLICY_NAME_PATTERN);
        expect(policy.description.length).toBeLessThanOrEqual(LIMITS.policyDescriptionMaxLength);
        expect(Buffer.byteLength(policy.statement)).toBeLessThanOrEqual(LIMITS.statementMaxBytes);
        const parsed = parseStatement(policy.statement);
        expect(parsed).toMatchObject({ ok: true, json: { effect: 'forbid' } });
        expect(readLock(policy)).toEqual(lock);
      }),
      { numRuns: 300 },
    );
  });

  it('is known after the service wrote it in its own way, and by a description that somebody edited', () => {
    fc.assert(
      fc.property(anyLock, hostile, (lock, description) => {
        const { name, statement } = lockPolicy(lock);
        const rewritten = `// stored\n${statement.replaceAll(',\n', ' // said\n,').replace('forbid(', 'forbid\t(')}\n`;
        const { reason: _, start: __, ...rest } = lock;
        expect(readLock({ name, statement: rewritten })).toEqual(rest);
        expect(readLock({ name, statement, description })).toMatchObject(rest);
      }),
      { numRuns: 100 },
    );
    const escaped = lockPolicy({ ...LOCK, scope: { kind: 'caller', name: 'a' } });
    const statement = escaped.statement.replace('"a"', '"\\u{61}"');
    expect(readLock({ ...escaped, statement })?.scope).toEqual({ kind: 'caller', name: 'a' });
  });

  it('is nothing else: another name, effect, condition, scope or a word more makes a policy like any other', () => {
    const policy = lockPolicy(LOCK);
    const others = [
      policy.statement.replace('forbid', 'permit'),
      policy.statement.replace(' < ', ' > '),
      policy.statement.replace('context.system.now', 'context.input.now'),
      policy.statement.replace('when', 'unless'),
      policy.statement.replace(';', ' when { true };'),
      policy.statement.replace(';', `; ${policy.statement}`),
      policy.statement.replace('action,', 'action in [],'),
      policy.statement.replace('datetime("', 'datetime("x'),
      policy.statement.replace(`resource == AgentCore::Gateway::${quote(LOCK.gatewayArn)}`, 'resource'),
      `@id("x") ${policy.statement}`,
      '',
      'forbid(',
      '"',
    ];
    for (const statement of others) expect(readLock({ ...policy, statement }), statement).toBeUndefined();
    for (const name of ['lock', 'lock_x', `x${policy.name}`, `${policy.name}_`, policy.name.toUpperCase()])
      expect(readLock({ ...policy, name }), name).toBeUndefined();
  });

  it('is never read from arbitrary text, and reading never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (statement, description) => {
        expect(readLock({ name: lockPolicy(LOCK).name, statement, description })).toBeUndefined();
      }),
    );
  });

  it('has a name of its own for each gateway, scope and start, and no declared policy gets such a name', () => {
    const names = [
      LOCK,
      { ...LOCK, start: LOCK.start + SECOND },
      { ...LOCK, scope: { kind: 'tool', name: 'x' } as const },
      { ...LOCK, scope: { kind: 'target', name: 'x' } as const },
      { ...LOCK, gatewayArn: LOCK.gatewayArn.replace(/.$/, 'z') },
    ].map((lock) => lockPolicy(lock).name);
    expect(new Set(names).size).toBe(names.length);
    expect(lockPolicy({ ...LOCK, reason: 'another', end: LOCK.end + SECOND }).name).toBe(names[0]);
    fc.assert(
      fc.property(fc.string(), (id) => !isLockName(policyName('seed', `lock_${id}`))),
      { numRuns: 50 },
    );
    for (const name of names) expect(name).toMatch(RESERVED_POLICY_NAME_PATTERN);
  });

  it.each<[string, Partial<Lock>]>([
    ['no ARN', { gatewayArn: 'gateway/x' }],
    ['no reason', { reason: ' \n' }],
    ['a long reason', { reason: 'x'.repeat(LOCK_REASON_MAX_LENGTH + 1) }],
    ['an end before its start', { end: LOCK_START - 1 }],
    ['an end in the same second', { end: LOCK_START + 999 }],
    ['no time', { end: Number.NaN }],
    ['a time that Cedar cannot write', { end: 8.64e15 }],
    ['a time that JavaScript cannot write', { end: 1e17 }],
    ['no tool', { scope: { kind: 'tool', name: '' } }],
    ['a name that is no text', { scope: { kind: 'caller', name: '\ud800' } }],
    ['a caller where nobody is told apart', { callers: UNAUTHENTICATED_USER, scope: { kind: 'caller', name: 'a' } }],
    ['a name beyond the statement', { scope: { kind: 'caller', name: 'é'.repeat(5_000) } }],
  ])('is refused with %s', (_, wrong) => {
    expect(() => lockPolicy({ ...LOCK, ...wrong })).toThrow(RangeError);
  });
});

const LOCK_START = Date.parse('2026-11-20T09:00:00Z');
const LOCK: Lock = {
  gatewayArn: LOCAL_GATEWAY_ARN,
  callers: OAUTH_USER,
  scope: { kind: 'all' },
  reason: 'leak',
  start: LOCK_START,
  end: LOCK_START + 3_600_000,
};

const TARGETS: readonly CatalogTarget[] = ['notes', 'mail-2'].map((name) => ({
  name,
  tools: ['read', 'write'].map((tool) => ({
    name: tool,
    description: '',
    inputSchema: { type: 'object', properties: { q: { type: 'string' } } },
  })),
}));
const CALLERS: readonly Principal['type'][] = [OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER];
const SCOPES: readonly LockScope[] = [
  { kind: 'all' },
  { kind: 'tool', name: 'notes___read' },
  { kind: 'target', name: 'mail-2' },
  { kind: 'caller', name: 'arn:aws:sts::111122223333:assumed-role/agent' },
];

describe.each(CALLERS)('on a gateway of callers of type %s', (callers) => {
  const scopes = SCOPES.filter(({ kind }) => kind !== 'caller' || callers !== UNAUTHENTICATED_USER);

  it.each(scopes)('a lock of $kind $name denies what it names until its end, and nothing else', (scope) => {
    const lock = desired({ ...lockPolicy({ ...LOCK, callers, scope }), name: 'a_lock' });
    const policies = [desired({ name: 'all', statement: PERMIT }, 'permit'), lock];
    expect(
      validatePolicySet({
        policies,
        texts: new Map(),
        targets: TARGETS,
        mode: 'ENFORCE',
        trustedContext: [],
        principalType: callers,
      }).filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
    const set = preparePolicySet({ policies, targets: TARGETS, mode: 'ENFORCE', gatewayArn: LOCK.gatewayArn });
    const ids = callers === UNAUTHENTICATED_USER ? [''] : ['arn:aws:sts::111122223333:assumed-role/agent', 'another'];
    for (const { name: target } of TARGETS) {
      for (const tool of [`${target}___read`, `${target}___write`]) {
        for (const id of ids) {
          const names = { all: '', tool, target, caller: id };
          const isMeant = scope.kind === 'all' || scope.name === names[scope.kind];
          const outcomeAt = (time: number) =>
            authorize(set, { principal: { type: callers, id, tags: {} }, tool, input: {}, now: new Date(time) })
              .outcome;
          expect([tool, id, outcomeAt(LOCK.end - 1)]).toEqual([tool, id, isMeant ? 'DENY' : 'ALLOW']);
          expect([tool, id, outcomeAt(LOCK.end)]).toEqual([tool, id, 'ALLOW']);
        }
      }
    }
  });
});

const PERMIT = `permit(principal, action, resource == AgentCore::Gateway::${quote(LOCAL_GATEWAY_ARN)});`;

function desired(
  { name, statement }: { readonly name: string; readonly statement: string },
  effect: DesiredPolicy['effect'] = 'forbid',
): DesiredPolicy {
  return {
    id: name,
    name,
    effect,
    statementParts: [statement],
    validationMode: 'IGNORE_ALL_FINDINGS',
    enforcementMode: 'ACTIVE',
    origin: { file: 'test', line: 1, column: 1 },
  };
}
