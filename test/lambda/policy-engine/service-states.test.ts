import { describe, expect, it } from 'vitest';
import { ApiError, SLOW } from '../../doubles/control-plane/options';
import type { TickPlan } from './provider';
import { BAD_BODY, body, ENGINE_NAME, MARKER, policy, Scenario } from './scenario';

const HOUR = 60 * 60_000;

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `p_${index}`);
}

/** Has the first so many calls of an operation end in a fault. */
function faults(scenario: Scenario, operation: string, kind: string, count = Number.POSITIVE_INFINITY): void {
  let left = count;
  scenario.controlPlane.faultOf = (_, called) => {
    if (called !== operation || left <= 0) return undefined;
    left -= 1;
    return kind as 'failure';
  };
}

describe('what is over by itself does not fail a deployment', () => {
  it.each(['unavailable', 'hang', 'throttle', 'reset'] as const)('ten minutes of %s', async (kind) => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const end = scenario.clock.now() + 600_000;
    scenario.controlPlane.faultOf = () => (scenario.clock.now() < end ? kind : undefined);
    expect(await scenario.deploy([policy('read', { body: body('x') })])).toEqual({ status: 'COMPLETE', reasons: [] });
  });

  it.each(['hang', 'hang-after'])('a call of each operation that is never answered: %s', async (kind) => {
    const scenario = new Scenario();
    const seen = new Set<string>();
    scenario.controlPlane.faultOf = (_, operation) => {
      if (seen.has(operation)) return undefined;
      seen.add(operation);
      return kind as 'hang';
    };
    expect(await scenario.deploy([policy('read')])).toEqual({ status: 'COMPLETE', reasons: [] });
    expect(await scenario.destroy()).toEqual({ status: 'COMPLETE', reasons: [] });
  });

  it('an object store that does not answer', async () => {
    const scenario = new Scenario();
    const { objects } = scenario;
    const get = objects.get.bind(objects);
    const end = scenario.clock.now() + 120_000;
    objects.get = (key) => (scenario.clock.now() < end ? slowDown() : get(key));
    expect((await scenario.deploy([policy('read')])).status).toBe('COMPLETE');
  });

  it('a rate that others use up: no tick outlives its function', async () => {
    const scenario = new Scenario({ service: { writesPerSecond: 1 }, tick: () => ({ time: 60_000 }) });
    let calls = 0;
    scenario.controlPlane.faultOf = (_, operation) => {
      calls += operation === 'CreatePolicy' ? 1 : 0;
      return operation === 'CreatePolicy' && calls % 8 !== 0 ? 'throttle' : undefined;
    };
    expect(await scenario.deploy(names(20).map((name) => policy(name)))).toEqual({ status: 'COMPLETE', reasons: [] });
  });

  // Covers assumed.stuck-policies
  it.each(['stuck', 'slow'])('a policy that is UPDATING for longer than a tick: %s', async (kind) => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const started = scenario.clock.now();
    faults(scenario, 'UpdatePolicy', kind, 1);
    expect((await scenario.deploy([policy('read', { body: body('x') })])).status).toBe('COMPLETE');
    expect(scenario.statementOf('read')).toContain('"x"');
    expect(scenario.clock.now() - started).toBeLessThan(SLOW + 120_000);
  });

  it.each(['stuck', 'slow'])('a policy that is DELETING for longer than a tick: %s', async (kind) => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('write')]);
    faults(scenario, 'DeletePolicy', kind, 1);
    expect((await scenario.deploy([policy('read')])).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual(['read ACTIVE']);
  });

  it.each([1, 2])('a removal that fails %d times', async (count) => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('write')]);
    faults(scenario, 'DeletePolicy', 'failure', count);
    expect(await scenario.destroy()).toEqual({ status: 'COMPLETE', reasons: [] });
  });

  // Covers assumed.parallel-writes
  it('an engine that takes one write at a time', async () => {
    const scenario = new Scenario({ service: { concurrentWrites: false } });
    expect((await scenario.deploy(names(30).map((name) => policy(name)))).status).toBe('COMPLETE');
    const refused = scenario.controlPlane.requests.filter(({ status }) => status === 409);
    expect(refused.length).toBeLessThan(40);
    expect((await scenario.destroy()).status).toBe('COMPLETE');
  });

  // Covers assumed.conflicts
  it('one conflict about a name, and then a long pass', async () => {
    const scenario = new Scenario({ shared: true, service: { activation: 100_000 } });
    const engineId = await scenario.foreignEngine();
    await scenario.foreignPolicy(engineId, 'theirs');
    await scenario.clock.pass(200_000);
    let conflicts = 1;
    const { policies } = scenario.controlPlane;
    const create = policies.create.bind(policies);
    policies.create = (...parts) => {
      if (parts[1] === 'b' && conflicts-- > 0) throw conflictOf('b');
      return create(...parts);
    };
    const result = await scenario.deployShared(engineId, [policy('a'), policy('b')]);
    expect(result).toEqual({ status: 'COMPLETE', reasons: [] });
  });

  it('an engine whose name is free when the one before is gone', async () => {
    const scenario = new Scenario({ service: { deletion: 180_000 } });
    await scenario.deploy([policy('read')]);
    const [engine] = scenario.controlPlane.engines.current();
    await scenario.destroy();
    const deleting = scenario.controlPlane.engines.create({ ...named(ENGINE_NAME), description: `[${MARKER}]` });
    await scenario.clock.pass(10_000);
    scenario.controlPlane.engines.remove(deleting.policyEngineId);
    expect((await scenario.deploy([policy('read')])).status).toBe('COMPLETE');
    expect(scenario.controlPlane.engines.current()[0]?.policyEngineId).not.toBe(engine?.policyEngineId);
  });
});

describe('when the whole time is over, the reason is what was in the way', () => {
  it.each([
    ['throttle', /`CreatePolicy` was throttled \d+ times in a row, at last with: Rate exceeded/],
    ['unavailable', /`CreatePolicy` was not answered \d+ times in a row, at last with: service unavailable/],
    ['hang', /`CreatePolicy` was not answered \d+ times in a row, at last with: no answer within \d+ s/],
  ])('%s', async (kind, reason) => {
    const scenario = new Scenario();
    const started = scenario.clock.now();
    faults(scenario, 'CreatePolicy', kind);
    const result = await scenario.deploy([policy('read')]);
    expect(result.reasons[0]).toMatch(/^not done after 50 minutes: /);
    expect(result.reasons[0]).toMatch(reason);
    expect(result.status).toBe('ROLLED_BACK');
    expect(scenario.clock.now() - started).toBeLessThan(HOUR);
  });

  it('a policy that stays busy', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('write')]);
    const { policies } = scenario.controlPlane;
    const update = policies.update.bind(policies);
    policies.update = (...parts) => {
      if (parts[0].startsWith('read')) throw conflictOf('read');
      return update(...parts);
    };
    const result = await scenario.deploy([policy('read', { body: body('x') }), policy('write')]);
    expect(result.reasons[0]).toMatch(/^not done after 50 minutes: the service is still at work$/m);
    expect(result.reasons[0]).toMatch(
      /^policies\/read.cedar:3:1 `notes\/read`: the service keeps answering that the policy is busy; .*read/m,
    );
    expect(result.reasons[0]).not.toContain('write');
  });

  it('a policy that stays UPDATING', async () => {
    const scenario = new Scenario({ service: { stuckDeletableAfter: Number.POSITIVE_INFINITY } });
    await scenario.deploy([policy('read')]);
    faults(scenario, 'UpdatePolicy', 'stuck');
    const result = await scenario.deploy([policy('read', { body: body('x') })]);
    expect(result.reasons[0]).toMatch(/`notes\/read`: (still UPDATING after \d+ s|the service keeps answering)/);
    // Twice 50 minutes, at every moment of which it could be over: a look a second would be ten thousand requests.
    expect(scenario.controlPlane.requests.length).toBeLessThan(4_000);
  });
});

describe('a reason is true', () => {
  it('when the service gives none', async () => {
    const scenario = new Scenario();
    faults(scenario, 'CreatePolicy', 'silent-failure');
    expect((await scenario.deploy([policy('read')])).reasons[0]).toMatch(
      /`notes\/read`: the service gave no reason\nhelp: look for the policy in the console/,
    );
    const engine = new Scenario();
    engine.controlPlane.engineFailure = [];
    expect((await engine.deploy([policy('read')])).reasons[0]).toContain('failed: the service gave no reason');
  });

  it('when a quota is used up, which is no throttling', async () => {
    const scenario = new Scenario();
    const started = scenario.clock.now();
    faults(scenario, 'CreatePolicy', 'quota');
    const result = await scenario.deploy([policy('read')]);
    expect(result.reasons[0]).toContain('`notes/read`: the quota is used up: quota exceeded');
    expect(result.reasons[0]).toContain('help: an engine takes 1000 policies');
    expect(scenario.clock.now() - started).toBeLessThan(180_000);
    const engine = new Scenario();
    faults(engine, 'CreatePolicyEngine', 'quota');
    expect((await engine.deploy([policy('read')])).reasons[0]).toMatch(
      /^`CreatePolicyEngine` failed: quota exceeded$/m,
    );
  });

  it('when an earlier attempt left a failed engine: that failure is not told', async () => {
    const scenario = new Scenario({ service: { lag: 4_000 } });
    const failed = { failsWith: ['an old failure'] };
    scenario.controlPlane.engines.create({ ...named(ENGINE_NAME), description: `[${MARKER}]`, ending: failed });
    await scenario.clock.pass(20_000);
    faults(scenario, 'DeletePolicyEngine', 'throttle', 3);
    expect(await scenario.deploy([policy('read')])).toEqual({ status: 'COMPLETE', reasons: [] });
  });

  // Covers assumed.failed-engines
  it.each(['UPDATE_FAILED', 'DELETE_FAILED'] as const)('when an earlier attempt left an engine %s', async (status) => {
    const scenario = new Scenario({ service: { lag: 4_000 } });
    await scenario.deploy([policy('read')], { engine: { Description: 'one' } });
    const [engine] = scenario.controlPlane.engines.current();
    const old = { status, statusReasons: ['an old failure'] };
    scenario.controlPlane.engines.tamper(engine?.policyEngineId ?? '', old);
    const change = { engine: { Description: 'two' } };
    expect(await scenario.deploy([policy('read')], change)).toEqual({ status: 'COMPLETE', reasons: [] });
    scenario.controlPlane.engines.tamper(engine?.policyEngineId ?? '', old);
    expect(await scenario.destroy()).toEqual({ status: 'COMPLETE', reasons: [] });
  });

  it('when the update or deletion of the engine itself fails', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')], { engine: { Description: 'one' } });
    faults(scenario, 'UpdatePolicyEngine', 'failure', 1);
    const updated = await scenario.deploy([policy('read')], { engine: { Description: 'two' } });
    expect(updated.status).toBe('ROLLED_BACK');
    expect(updated.reasons[0]).toContain('policy engine `notes_engine` failed: internal failure of the validation');
    faults(scenario, 'DeletePolicyEngine', 'silent-failure');
    const deleted = await scenario.destroy();
    expect(deleted.reasons[0]).toContain(
      'policy engine `notes_engine` could not be deleted: the service gave no reason',
    );
    scenario.controlPlane.faultOf = () => undefined;
    expect((await scenario.destroy()).status).toBe('COMPLETE');
  });

  it('about what a removal left: it goes on, keeps forbids beside permits, and calls its own policies its own', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('a'), policy('b'), policy('c'), policy('deny', { effect: 'forbid' })]);
    scenario.controlPlane.faultOf = (_, operation, input) =>
      operation === 'DeletePolicy' && /^[ab]-/.test(String(input['policyId'])) ? 'failure' : undefined;
    const result = await scenario.destroy();
    expect(result.reasons).toEqual([
      '2 policies could not be removed; forbids stay as long as a permit does: `deny`\n' +
        'a: internal failure of the validation\nb: internal failure of the validation',
    ]);
    expect(scenario.policies).toEqual(['a DELETE_FAILED', 'b DELETE_FAILED', 'deny ACTIVE']);
    const engine = scenario.stack.resources.get('Engine');
    scenario.stack.resources.delete('Set');
    const next = await scenario.destroy();
    expect(next.reasons[0]).toContain(
      'policy engine `notes_engine` still holds policies of this stack whose removal failed: `a`, `b`, `deny`',
    );
    const engineId = engine?.data['PolicyEngineId'] ?? '';
    scenario.controlPlane.faultOf = () => undefined;
    await scenario.foreignPolicy(engineId, 'by_hand');
    expect((await scenario.destroy()).reasons[0]).toContain('policies that this stack did not make: `by_hand`\n');
  });
});

describe('engines of an account', () => {
  it('are more than a page', async () => {
    const scenario = new Scenario({ service: { pageSize: 2 } });
    for (const name of names(5)) await scenario.foreignEngine(name);
    await scenario.deploy([policy('read')]);
    for (const name of names(5)) await scenario.foreignEngine(`later_${name}`);
    scenario.attach(scenario.stack.resources.get('Engine')?.data['PolicyEngineArn']);
    expect((await scenario.deploy([policy('read'), policy('write')], { engine: { Description: 'x' } })).status).toBe(
      'COMPLETE',
    );
    expect((await scenario.destroy()).status).toBe('COMPLETE');
    expect(scenario.controlPlane.engines.current()).toHaveLength(10);
  });

  it('are known again in another incarnation of a nested stack, with the tags that are declared now', async () => {
    const scenario = new Scenario();
    const tags = { team: 'old', gone: 'x', 'aws:kept': 'y' };
    const left = scenario.controlPlane.engines.create({ ...named(ENGINE_NAME), description: `[${MARKER}]`, tags });
    await scenario.clock.pass(10_000);
    expect((await scenario.deploy([policy('read')], { engine: { Tags: { team: 'new' } } })).status).toBe('COMPLETE');
    expect(scenario.controlPlane.engines.current()).toMatchObject([
      { policyEngineId: left.policyEngineId, tags: { team: 'new', 'aws:kept': 'y' } },
    ]);
  });

  it("stay the stack's own when somebody edits their description", async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const [engine] = scenario.controlPlane.engines.current();
    scenario.controlPlane.engines.tamper(engine?.policyEngineId ?? '', { description: 'edited by hand' });
    expect((await scenario.deploy([policy('read')], { engine: { Tags: { team: 'a' } } })).status).toBe('COMPLETE');
    expect(scenario.controlPlane.engines.current()).toMatchObject([
      { description: `[${MARKER}]`, tags: { team: 'a' } },
    ]);
  });
});

it('a way back removes what the change brought, although somebody took its signature away after the tick that made it', async () => {
  const ticks: TickPlan[] = [];
  const scenario = new Scenario({ tick: () => ticks.shift() ?? { time: 300_000 } });
  await scenario.deploy([]);
  ticks.push({ time: 300_000, diesAt: 3 });
  const { policies } = scenario.controlPlane;
  scenario.controlPlane.faultOf = (_, operation, input) => {
    if (operation !== 'CreatePolicy' || input['name'] !== 'bad') return undefined;
    for (const { policyId, name } of policies.current()) {
      if (name === 'read') policies.tamper(policyId, { description: 'edited by hand' });
    }
    return undefined;
  };
  const result = await scenario.deploy([policy('read'), policy('bad', { effect: 'forbid', body: BAD_BODY })]);
  expect(result.status).toBe('ROLLED_BACK');
  expect(result.reasons[0]).toContain('the set is what it was before');
  expect(scenario.policies).toEqual([]);
});

it('a rollback removes what the failed update brought, although somebody took its signature away', async () => {
  const ticks: TickPlan[] = [];
  const scenario = new Scenario({ tick: () => ticks.shift() ?? { time: 300_000 } });
  await scenario.deploy([policy('read')]);
  ticks.push({ time: 300_000, diesAt: 4, deathIsFinal: true });
  const { policies } = scenario.controlPlane;
  scenario.controlPlane.faultOf = () => {
    for (const { policyId, name, status, description } of policies.current()) {
      if (name === 'deny' && status === 'ACTIVE' && description?.includes(MARKER) === true)
        policies.tamper(policyId, { description: 'edited by hand' });
    }
    return undefined;
  };
  const result = await scenario.deploy([policy('read'), policy('write'), policy('deny', { effect: 'forbid' })]);
  expect(result).toMatchObject({ status: 'ROLLED_BACK', reasons: [expect.stringContaining('the process was killed')] });
  expect(scenario.writes.slice(2)).toEqual(['CreatePolicy deny', 'DeletePolicy deny']);
  expect(scenario.policies).toEqual(['read ACTIVE']);
});

describe("somebody's edit of a description in a shared engine", () => {
  async function edited() {
    const scenario = new Scenario({ shared: true });
    const engineId = await scenario.foreignEngine();
    await scenario.deployShared(engineId, [policy('read'), policy('write')]);
    const read = scenario.controlPlane.policies.current().find(({ name }) => name === 'read');
    scenario.controlPlane.policies.tamper(read?.policyId ?? '', { description: 'edited by hand' });
    return { scenario, engineId };
  }

  it('does not keep the policy from being updated', async () => {
    const { scenario, engineId } = await edited();
    const result = await scenario.deployShared(engineId, [policy('read', { body: body('x') }), policy('write')]);
    expect(result).toEqual({ status: 'COMPLETE', reasons: [] });
    expect(scenario.statementOf('read')).toContain('"x"');
  });

  it('does not fail the way back', async () => {
    const { scenario, engineId } = await edited();
    const failed = await scenario.deployShared(engineId, [policy('read'), policy('bad', { body: BAD_BODY })]);
    expect(failed.status).toBe('ROLLED_BACK');
    expect(failed.reasons).toHaveLength(1);
    expect(failed.reasons[0]).toContain('the set is what it was before');
    expect(scenario.policies).toEqual(['read ACTIVE', 'write ACTIVE']);
  });

  it("makes it somebody else's for a removal, which takes only what is signed", async () => {
    const { scenario, engineId } = await edited();
    await scenario.deployShared(engineId, [policy('write')]);
    expect(scenario.policies).toEqual(['read ACTIVE', 'write ACTIVE']);
    expect((await scenario.destroy()).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual(['read ACTIVE']);
  });
});

function named(name: string) {
  return { name, description: undefined, encryptionKeyArn: undefined, tags: {} };
}

function conflictOf(name: string): Error {
  return new ApiError(409, 'ConflictException', `policy ${name} is busy`);
}

function slowDown(): never {
  throw Object.assign(new Error('SlowDown'), { $metadata: { httpStatusCode: 503 } });
}
