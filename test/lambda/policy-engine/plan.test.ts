import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REASONS } from '../../../lambda/policy-engine/messages/reasons';
import { isSigned, sign } from '../../../lambda/policy-engine/policies/ownership';
import type { ActualPolicy, Status, TargetPolicy } from '../../../lambda/policy-engine/policies/policy';
import { bridgeOf } from '../../../lambda/policy-engine/reconcile/bridge';
import { Journal } from '../../../lambda/policy-engine/reconcile/journal';
import { type PlanInput, plan } from '../../../lambda/policy-engine/reconcile/plan';
import { CONFLICT_ATTEMPTS, TIMES } from '../../../lambda/policy-engine/timing';

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
    removal: (policy) => (isSigned(MARKER, policy) ? 'own' : undefined),
    restoring: false,
    rightsMayBeNew: false,
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
      heldBack: [],
      later: [],
      undeclared: [],
    });
  });

  it('creates permits before forbids while no permit is in force', () => {
    const targets = [target('read'), target('write'), target('deny')];
    expect(steps(input(targets, []))).toEqual(['create read', 'create write']);
    expect(steps(input(targets, [actual('read', 'CREATING'), actual('write', 'CREATING')]))).toEqual([]);
    expect(steps(input(targets, [actual('read'), actual('write')]))).toEqual(['create deny']);
    const logging = actual('read', 'ACTIVE', { enforcementMode: 'LOG_ONLY' });
    const logged = target('read', { enforcementMode: 'LOG_ONLY' });
    expect(steps(input([logged, target('write'), target('deny')], [logging]))).toEqual(['create write']);
  });

  it('then creates forbids first, then permits, then removes permits, then forbids', () => {
    const targets = [target('read'), target('write'), target('deny')];
    const obsolete = [actual('old'), actual('deny_old')];
    const changed = actual('write', 'ACTIVE', { enforcementMode: 'LOG_ONLY' });
    expect(steps(input(targets, [changed, ...obsolete]))).toEqual(['create deny']);
    expect(steps(input(targets, [changed, actual('deny'), ...obsolete]))).toEqual(['create read', 'update write']);
    const grown = [actual('read'), actual('write'), actual('deny')];
    expect(steps(input(targets, [...grown, ...obsolete]))).toEqual(['remove old']);
    expect(steps(input(targets, [...grown, actual('deny_old')]))).toEqual(['remove deny_old']);
  });

  it('loosens a forbid when the old permits are gone', () => {
    const targets = [target('read'), target('deny', { enforcementMode: 'LOG_ONLY' })];
    expect(steps(input(targets, [actual('read'), actual('old'), actual('deny')]))).toEqual(['remove old']);
    expect(steps(input(targets, [actual('read'), actual('deny')]))).toEqual(['update deny']);
  });

  // Covers assumed.policies-in-force
  it('has both statements of a changing forbid in force while permits change', () => {
    const changed = target('deny', { statement: 'forbid(principal, action, resource) when { false };' });
    const bridge = bridgeOf(changed);
    const bridging = actual(bridge.name, 'ACTIVE', {
      statement: bridge.statement,
      description: sign(MARKER, bridge, 1),
    });
    const targets = [target('read'), target('write'), changed];
    const there = [actual('read'), actual('deny')];
    expect(steps(input(targets, there))).toEqual([`create ${bridge.name}`]);
    expect(steps(input(targets, [...there, bridging]))).toEqual(['create write']);
    const grown = [...there, actual('write'), bridging];
    expect(steps(input(targets, [...grown, actual('old')]))).toEqual(['remove old']);
    expect(steps(input(targets, grown))).toEqual(['update deny']);
    const ended = actual('deny', 'ACTIVE', { statement: changed.statement, description: sign(MARKER, changed, 1) });
    expect(steps(input(targets, [actual('read'), actual('write'), ended, bridging]))).toEqual([
      `remove ${bridge.name}`,
    ]);
    // Without permits that change there is nothing to bridge.
    expect(steps(input([target('read'), changed], there))).toEqual(['update deny']);
  });

  it('begins nothing after a failure, but what restricts', () => {
    const refused = new Journal();
    refused.recordRefused('deny', 'create', NOW, 'why');
    const targets = [target('read'), target('write'), target('deny'), target('deny_more')];
    const there = [actual('read'), actual('old')];
    const next = plan(input(targets, there, { journal: refused }));
    expect(next.steps.map(({ name }) => name)).toEqual(['deny_more']);
    const rest = plan(input(targets, [...there, actual('deny_more')], { journal: refused }));
    expect([rest.steps, rest.heldBack]).toEqual([[], ['write', 'old']]);
    const back = plan(input(targets, [...there, actual('deny_more')], { journal: refused, restoring: true }));
    expect(back.steps.map(({ name }) => name)).toEqual(['old']);
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

  // Covers assumed.conflicts
  it('takes a name for taken when its creation was refused often and long enough, and nothing else was at work', () => {
    const later = NOW + TIMES.nameConflict;
    const refused = (attempts: number, operation: 'create' | 'remove', alone = true): PlanInput => {
      const journal = new Journal();
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        journal.recordConflict('read', operation, NOW, 'it exists', alone);
      }
      return input([target('read')], [], { journal, now: later });
    };
    expect(steps(refused(1, 'create'))).toEqual(['create read']);
    expect(steps(refused(CONFLICT_ATTEMPTS, 'remove'))).toEqual(['create read']);
    expect(steps(refused(CONFLICT_ATTEMPTS, 'create', false))).toEqual(['create read']);
    expect(steps({ ...refused(CONFLICT_ATTEMPTS, 'create'), now: later - 1 })).toEqual(['create read']);
    expect(plan(refused(CONFLICT_ATTEMPTS, 'create')).failures).toMatchObject([
      { reasons: [REASONS.nameTaken.reason, 'it exists'] },
    ]);
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
    expect(isSigned(MARKER, own)).toBe(true);
    expect(isSigned('Notes/Gate', own)).toBe(false);
    expect(isSigned(MARKER, { ...own, name: 'read_copy' })).toBe(false);
    expect(isSigned(MARKER, { ...own, description: `${own.description} and more` })).toBe(false);
  });

  it('keeps a long description within the limit, and the signature whole', () => {
    const long = sign(MARKER, target('read', { description: 'd'.repeat(5_000) }), 1);
    expect(long).toHaveLength(4_096);
    expect(isSigned(MARKER, actual('read', 'ACTIVE', { description: long }))).toBe(true);
  });
});
