import { describe, expect, it } from 'vitest';
import { lockPolicy, readLock } from '../../../lib/contract/lock';
import { BAD_BODY, body, ENGINE_NAME, GATEWAY_ARN, policy, Scenario } from './scenario';

const SECOND_ENGINE = { engine: { EngineName: 'second_engine' } };

async function deployed(options: ConstructorParameters<typeof Scenario>[0] = {}): Promise<Scenario> {
  const scenario = new Scenario(options);
  expect((await scenario.deploy([policy('read'), policy('deny', { effect: 'forbid' })])).status).toBe('COMPLETE');
  return scenario;
}

/** Locks of the engine of a name, as they read. */
function locksIn(scenario: Scenario, engineName = ENGINE_NAME) {
  const { engines, policies } = scenario.controlPlane;
  const ids = engines.current().flatMap(({ name, policyEngineId }) => (name === engineName ? [policyEngineId] : []));
  return ids.flatMap((id) => policies.current(id)).flatMap((view) => (readLock(view) ? [view] : []));
}

describe('a lock', () => {
  it('stays through deployments, failed ones and prune included, as it was ordered', async () => {
    const scenario = await deployed();
    const name = scenario.lock();
    const lock = () => scenario.controlPlane.policies.current().find((view) => view.name === name);
    await scenario.clock.pass(10_000);
    const before = lock();
    expect(before?.status).toBe('ACTIVE');
    scenario.addByHand(before?.policyEngineId ?? '', 'added', policy('added').statementParts.join(GATEWAY_ARN));

    expect((await scenario.deploy([policy('read', { body: body('x') })])).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual([`${name} ACTIVE`, 'read ACTIVE']);
    expect((await scenario.deploy([policy('bad', { body: BAD_BODY })])).status).toBe('ROLLED_BACK');
    expect(scenario.policies).toEqual([`${name} ACTIVE`, 'read ACTIVE']);
    expect((await scenario.deploy([])).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual([`${name} ACTIVE`]);
    expect(lock()).toEqual(before);
    expect(scenario.provider.lines).toContainEqual({
      level: 'warn',
      message: 'a lock is in the engine',
      fields: { policy: name },
    });
  });

  it('is what its statement says: a policy with such a name and another statement is one that nobody declared', async () => {
    const scenario = await deployed();
    const name = scenario.lock();
    await scenario.clock.pass(10_000);
    const [lock] = locksIn(scenario);
    scenario.controlPlane.policies.tamper(lock?.policyId ?? '', {
      statement: policy('x').statementParts.join(GATEWAY_ARN),
    });
    await scenario.deploy([policy('read')]);
    expect(scenario.policies).toEqual(['read ACTIVE']);
    expect(name).toMatch(/^lock_/);
  });

  it('cannot be declared', async () => {
    const { name } = lockPolicy({ ...LOCK });
    const { status, reasons } = await new Scenario().deploy([policy(name)]);
    expect([status, reasons.join()]).toEqual(['ROLLED_BACK', expect.stringContaining(`\`${name}\` is one of locks`)]);
  });

  it('goes with the engine of its own, when nothing else is left that may permit', async () => {
    const scenario = await deployed();
    const name = scenario.lock();
    await scenario.clock.pass(10_000);
    const before = scenario.writes.length;
    expect(await scenario.destroy()).toEqual({ status: 'COMPLETE', reasons: [] });
    expect(scenario.writes.slice(before)).toEqual([
      'DeletePolicy read',
      'DeletePolicy deny',
      `DeletePolicy ${name}`,
      'DeletePolicyEngine',
    ]);
  });

  it('stays when a permit cannot be removed, or somebody else has a policy there', async () => {
    const scenario = await deployed();
    const name = scenario.lock();
    await scenario.clock.pass(10_000);
    const { controlPlane } = scenario;
    const isPermit = (input: { readonly [member: string]: unknown }): boolean =>
      String(input['policyId']).startsWith('read');
    controlPlane.faultOf = (_, operation, input) =>
      operation === 'DeletePolicy' && isPermit(input) ? 'failure' : undefined;
    expect((await scenario.destroy()).status).toBe('DELETE_FAILED');
    expect(scenario.policies).toEqual(['deny ACTIVE', `${name} ACTIVE`, 'read DELETE_FAILED']);
    controlPlane.faultOf = () => undefined;
    const engineId = controlPlane.engines.current()[0]?.policyEngineId ?? '';
    await scenario.foreignPolicy(engineId, 'theirs');
    const { status, reasons } = await scenario.destroy();
    expect([status, reasons.join()]).toEqual(['DELETE_FAILED', expect.stringContaining('`theirs`')]);
    expect(scenario.policies).toEqual([`${name} ACTIVE`, 'theirs ACTIVE']);
  });

  it('stays in an engine of others when the stack goes', async () => {
    const scenario = new Scenario({ shared: true });
    const engineId = await scenario.foreignEngine();
    await scenario.deployShared(engineId, [policy('read')]);
    const name = scenario.lock({}, engineId);
    expect((await scenario.deployShared(engineId, [])).status).toBe('COMPLETE');
    expect((await scenario.destroy()).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual([`${name} ACTIVE`]);
  });
});

describe('a lock in an engine that is replaced', () => {
  it('is in the new one before any permit is, as it was ordered, without those that have ended or are about other gateways', async () => {
    const scenario = await deployed();
    const scope = { kind: 'tool', name: 'notes___read' } as const;
    const kept = scenario.lock({ scope });
    scenario.lock({ start: 0, end: 1_000 });
    scenario.lock({ gatewayArn: GATEWAY_ARN.replace('notes', 'other') });
    await scenario.clock.pass(10_000);
    const [before] = locksIn(scenario).filter(({ name }) => name === kept);
    const written = scenario.writes.length;

    expect(
      (await scenario.deploy([policy('read_2'), policy('deny_2', { effect: 'forbid' })], SECOND_ENGINE)).status,
    ).toBe('COMPLETE');
    const [lock, ...more] = locksIn(scenario, 'second_engine');
    expect(more).toEqual([]);
    expect(lock).toMatchObject({ status: 'ACTIVE', description: before?.description, statement: before?.statement });
    const writes = scenario.writes.slice(written);
    expect(writes.indexOf(`CreatePolicy ${lock?.name}`)).toBe(writes.indexOf('CreatePolicy read_2') - 1);
    expect(locksIn(scenario)).toEqual([]);
    expect(scenario.stack.resources.get('Set')?.data['PolicyCount']).toBe('2');
    expect((await scenario.deploy([policy('read_2')], SECOND_ENGINE)).status).toBe('COMPLETE');
    expect(locksIn(scenario, 'second_engine')).toEqual([lock]);
  });

  it('stops the move when the service refuses it there', async () => {
    const scenario = await deployed();
    scenario.lock();
    scenario.controlPlane.faultOf = (_, operation, input) =>
      operation === 'CreatePolicy' && String(input['name']).startsWith('lock_') ? 'failure' : undefined;
    const { status, reasons } = await scenario.deploy([policy('read_2')], SECOND_ENGINE);
    expect([status, reasons[0]]).toEqual([
      'ROLLED_BACK',
      expect.stringMatching(/^1 of 2 policies could not[\s\S]*lock:1:1 `lock_/),
    ]);
    expect(scenario.policies).toEqual(['deny ACTIVE', expect.stringMatching(/^lock_.* ACTIVE$/), 'read ACTIVE']);
  });

  it('that was ordered during a move which is rolled back is in the old engine, before the new one goes', async () => {
    const scenario = await deployed({
      afterFailure: () => {
        scenario.lock();
        // CloudFormation puts the gateway back first.
        scenario.attach(
          scenario.controlPlane.engines.current().find(({ name }) => name === ENGINE_NAME)?.policyEngineArn,
        );
      },
    });
    const result = await scenario.deploy([policy('bad', { body: BAD_BODY })], SECOND_ENGINE);
    expect(result.status).toBe('ROLLED_BACK');
    expect(locksIn(scenario)).toMatchObject([{ status: 'ACTIVE' }]);
    expect(scenario.policies).toEqual(['deny ACTIVE', expect.stringMatching(/^lock_.* ACTIVE$/), 'read ACTIVE']);
    expect(scenario.controlPlane.engines.current().map(({ name }) => name)).toEqual([ENGINE_NAME]);
  });
});

const LOCK = {
  gatewayArn: GATEWAY_ARN,
  callers: 'AgentCore::OAuthUser',
  scope: { kind: 'all' },
  reason: 'leak',
  start: 0,
  end: 1_000,
} as const;
