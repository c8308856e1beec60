import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REASON } from '../../../lambda/policy-engine/explain';
import { Journal } from '../../../lambda/policy-engine/journal';
import { TIMES } from '../../../lambda/policy-engine/limits';
import { isSigned, sign } from '../../../lambda/policy-engine/ownership';
import { type PlanInput, plan } from '../../../lambda/policy-engine/plan';
import type { ActualPolicy, Status, TargetPolicy } from '../../../lambda/policy-engine/policies';

const MARKER = 'Notes/Gateway';
const NOW = Date.UTC(2026, 10, 1);

function target(name: string, change: Partial<TargetPolicy> = {}): TargetPolicy {
  const effect = name.startsWith('deny') ? 'forbid' : 'permit';
  return {
    id: name,
    name,
    effect,
    statement: `${effect}(principal, action, resource == AgentCore::Gateway::"g") when { true };`,
    description: undefined,
    validationMode: 'FAIL_ON_ANY_FINDINGS',
    enforcementMode: 'ACTIVE',
    origin: { file: `${name}.cedar`, line: 1, column: 1 },
    ...change,
  };
}

function actual(name: string, status: Status = 'ACTIVE', change: Partial<ActualPolicy> = {}): ActualPolicy {
  const { statement, enforcementMode } = target(name);
  return {
    policyId: `${name}-0123456789`,
    name,
    status,
    statement,
    description: sign(MARKER, target(name), 1),
    enforcementMode,
    reasons: [],
    createdAt: NOW - 1_000,
    updatedAt: NOW - 1_000,
    ...change,
  };
}

function input(
  targets: readonly TargetPolicy[],
  policies: readonly ActualPolicy[],
  change: Partial<PlanInput> = {},
): PlanInput {
  return {
    targets,
    actual: policies,
    marker: MARKER,
    mayOverwrite: () => true,
    removal: (policy) => (isSigned([MARKER], policy) ? 'own' : undefined),
    restoring: false,
    journal: new Journal(),
    now: NOW,
    ...change,
  };
}

function steps(given: PlanInput): string[] {
  return plan(given).steps.map(({ kind, name }) => `${kind} ${name}`);
}

describe('the plan', () => {
  it('is empty when everything is as declared', () => {
    expect(plan(input([target('read')], [actual('read')]))).toEqual({
      steps: [],
      waitingFor: [],
      failures: [],
      undeclared: [],
    });
  });

  it('creates and changes permits, then forbids, then removes permits, then forbids', () => {
    const targets = [target('read'), target('write'), target('deny')];
    const obsolete = [actual('old'), actual('deny_old')];
    const changed = actual('write', 'ACTIVE', { enforcementMode: 'LOG_ONLY' });
    expect(steps(input(targets, [changed, ...obsolete]))).toEqual(['create read', 'update write']);
    const grown = [actual('read'), actual('write')];
    expect(steps(input(targets, [...grown, ...obsolete]))).toEqual(['create deny']);
    expect(steps(input(targets, [...grown, actual('deny'), ...obsolete]))).toEqual(['remove old']);
    expect(steps(input(targets, [...grown, actual('deny'), actual('deny_old')]))).toEqual(['remove deny_old']);
  });

  it('does not begin a stage before the service has finished the one before', () => {
    const { waitingFor, steps: next } = plan(input([target('read'), target('deny')], [actual('read', 'CREATING')]));
    expect([waitingFor, next]).toEqual([['read'], []]);
  });

  it.each<[Status, string[]]>([
    ['CREATE_FAILED', ['clear read']],
    ['UPDATE_FAILED', ['update read']],
    ['DELETE_FAILED', ['update read']],
  ])('tries once more what somebody left in %s', (status, expected) => {
    expect(steps(input([target('read')], [actual('read', status)]))).toEqual(expected);
  });

  it.each<[Status, 'create' | 'update']>([
    ['CREATE_FAILED', 'create'],
    ['UPDATE_FAILED', 'update'],
  ])('reports %s of its own doing', (status, operation) => {
    const journal = new Journal();
    journal.recordAccepted(operation, NOW - 1_000, actual('read'));
    const { failures } = plan(input([target('read')], [actual('read', status, { reasons: ['why'] })], { journal }));
    expect(failures).toMatchObject([{ name: 'read', reasons: ['why'] }]);
  });

  it('sees a change of the validation mode, which no read returns', () => {
    const lenient = target('read', { validationMode: 'IGNORE_ALL_FINDINGS' });
    expect(steps(input([lenient], [actual('read')]))).toEqual(['update read']);
    expect(steps(input([lenient], [actual('read', 'ACTIVE', { description: sign(MARKER, lenient, 2) })]))).toEqual([]);
  });

  it('does not believe reads that are older than its writes', () => {
    const journal = new Journal();
    journal.recordAccepted('update', NOW - 2_000, { ...actual('read', 'UPDATING'), updatedAt: NOW });
    const old = actual('read', 'ACTIVE', { updatedAt: NOW - 60_000 });
    expect(plan(input([target('read')], [old], { journal })).waitingFor).toEqual(['read']);
    expect(plan(input([target('read')], [old], { journal, now: NOW + 60_000 })).waitingFor).toEqual([]);
  });

  it('takes a name for taken when its creation was refused, not when a removal was refused that had been done already', () => {
    const journal = new Journal();
    const later = { journal, now: NOW + TIMES.nameConflict };
    journal.recordConflict('read', 'remove', NOW);
    expect(steps(input([target('read')], [], later))).toEqual(['create read']);
    journal.recordConflict('read', 'create', NOW);
    expect(plan(input([target('read')], [], later)).failures).toMatchObject([{ reasons: [REASON.nameTaken] }]);
  });

  it('takes the newer of two policies of a name, when a read shows a predecessor that is going', () => {
    const going = actual('read', 'DELETING', { policyId: 'read-aaaaaaaaaa' });
    expect(steps(input([target('read')], [actual('read'), going]))).toEqual([]);
    expect(plan(input([target('read')], [going])).waitingFor).toEqual(['read']);
  });

  it('never removes while anything is missing, failed or under way', () => {
    const names = ['read', 'write', 'deny', 'deny_more'] as const;
    const status = fc.constantFrom<Status>(
      'CREATING',
      'ACTIVE',
      'UPDATING',
      'DELETING',
      'CREATE_FAILED',
      'UPDATE_FAILED',
    );
    const policies = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), status), { selector: ([name]) => name });
    fc.assert(
      fc.property(fc.subarray([...names]), policies, (wanted, there) => {
        const given = input(
          wanted.map((name) => target(name)),
          there.map(([name, state]) => actual(name, state)),
        );
        const next = plan(given);
        const kinds = new Set(next.steps.map(({ kind }) => kind));
        expect(kinds.has('remove') && kinds.size > 1).toBe(false);
        const complete = wanted.every((name) => there.some(([other, state]) => other === name && state === 'ACTIVE'));
        if (kinds.has('remove')) expect(complete).toBe(true);
        // Something is left to do, or everything is as declared.
        const surplus = there.some(([name]) => !wanted.includes(name));
        expect(next.steps.length + next.waitingFor.length > 0).toBe(!complete || surplus);
      }),
    );
  });
});

describe('ownership', () => {
  it('is an exact marker and an exact name', () => {
    const own = actual('read');
    expect(isSigned([MARKER], own)).toBe(true);
    expect(isSigned(['Notes/Gate'], own)).toBe(false);
    expect(isSigned([MARKER], { ...own, name: 'read_copy' })).toBe(false);
    expect(isSigned([MARKER], { ...own, description: `${own.description} and more` })).toBe(false);
  });

  it('keeps a long description within the limit, and the signature whole', () => {
    const long = sign(MARKER, target('read', { description: 'd'.repeat(5_000) }), 1);
    expect(long).toHaveLength(4_096);
    expect(isSigned([MARKER], actual('read', 'ACTIVE', { description: long }))).toBe(true);
  });
});
