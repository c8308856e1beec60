import { describe, expect, it } from 'vitest';
import { POLICY_ENGINE_RESOURCE_TYPE, POLICY_SET_RESOURCE_TYPE } from '../../../lib/contract/custom-resources';
import type { TickPlan } from './provider';
import { BAD_BODY, body, ENGINE_NAME, policy, Scenario } from './scenario';

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';

function engineNames(scenario: Scenario): string[] {
  return scenario.controlPlane.engines.current().map(({ name, status }) => `${name} ${status}`);
}

describe('sequences of CloudFormation events', () => {
  it('rolls an update back to the policies of before', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('deny', { effect: 'forbid' })]);
    const result = await scenario.deploy([policy('read', { body: BAD_BODY }), policy('new')]);
    expect(result.status).toBe('ROLLED_BACK');
    expect(scenario.policies).toEqual(['deny ACTIVE', 'read ACTIVE']);
    expect(scenario.statementOf('read')).not.toContain('limit');
  });

  it('does not return to the set that failed when the rollback fails too', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('write')]);
    const failed = [policy('read', { body: body('x') }), policy('bad', { body: BAD_BODY })];
    // The first failure finds no way back, and the rollback's own update fails.
    const updates: string[] = [];
    scenario.controlPlane.faultOf = (_, operation, input) => {
      if (operation !== 'UpdatePolicy') return undefined;
      updates.push(JSON.stringify(input['definition']));
      return updates.length > 1 ? 'failure' : undefined;
    };
    const result = await scenario.deploy(failed);
    expect(result.status).toBe('ROLLBACK_FAILED');
    expect(result.reasons[0]).toContain('could not be brought: `read`');
    expect(result.reasons[1]).toContain('the set is left as it is');
    expect(scenario.policies).toEqual(['read UPDATE_FAILED', 'write ACTIVE']);
    scenario.controlPlane.faultOf = () => undefined;
    expect((await scenario.deploy([policy('read'), policy('write')])).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual(['read ACTIVE', 'write ACTIVE']);
  });

  it.each([false, true])(
    'moves to an engine of another name and deletes the old one (%s)',
    async (failedUpdateKeepsNewId) => {
      const scenario = new Scenario({ failedUpdateKeepsNewId });
      await scenario.deploy([policy('read')]);
      const change = { engine: { EngineName: 'second_engine' } };
      const failed = await scenario.deploy([policy('read2', { body: BAD_BODY })], change);
      expect(failed.status).toBe('ROLLED_BACK');
      expect(failed.reasons).toHaveLength(1);
      expect(engineNames(scenario)).toEqual([`${ENGINE_NAME} ACTIVE`]);
      expect(scenario.policies).toEqual(['read ACTIVE']);
      expect(await scenario.deploy([policy('read2')], change)).toEqual({ status: 'COMPLETE', reasons: [] });
      expect(engineNames(scenario)).toEqual(['second_engine ACTIVE']);
      expect(scenario.policies).toEqual(['read2 ACTIVE']);
    },
  );

  it('refuses another key for an engine of the same name, and takes it with another name', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const sameName = await scenario.deploy([policy('read')], { engine: { EncryptionKeyArn: KEY } });
    expect(sameName.status).toBe('ROLLED_BACK');
    expect(sameName.reasons).toEqual([
      'policy engine `notes_engine` cannot change its key\nhelp: give the engine a new name together with the new key, so that it is ' +
        'replaced and the gateway moves over to it',
    ]);
    expect(engineNames(scenario)).toEqual([`${ENGINE_NAME} ACTIVE`]);
    const newName = { EncryptionKeyArn: KEY, EngineName: 'keyed_engine' };
    expect((await scenario.deploy([policy('keyed_read')], { engine: newName })).status).toBe('COMPLETE');
    const [engine] = scenario.controlPlane.engines.current();
    expect(engine).toMatchObject({ name: 'keyed_engine', encryptionKeyArn: KEY });
  });

  it('updates description and tags in place', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')], { engine: { Description: 'one', Tags: { team: 'a', gone: 'x' } } });
    const [before] = scenario.controlPlane.engines.current();
    expect(before).toMatchObject({ description: 'one [Notes/Gateway]', tags: { team: 'a', gone: 'x' } });
    await scenario.deploy([policy('read')], { engine: { Description: 'two', Tags: { team: 'b' } } });
    const [after] = scenario.controlPlane.engines.current();
    expect(after).toMatchObject({
      policyEngineId: before?.policyEngineId,
      description: 'two [Notes/Gateway]',
      tags: { team: 'b' },
    });
  });

  it('adopts the engine that an earlier failed creation of the same resource left behind', async () => {
    const scenario = new Scenario();
    scenario.controlPlane.faultOf = (_, operation) => (operation === 'DeletePolicyEngine' ? 'error' : undefined);
    const failed = await scenario.deploy([policy('bad', { body: BAD_BODY })]);
    expect(failed.reasons).toHaveLength(2);
    expect(engineNames(scenario)).toEqual([`${ENGINE_NAME} ACTIVE`]);
    const [left] = scenario.controlPlane.engines.current();
    scenario.controlPlane.faultOf = () => undefined;
    scenario.stack.resources.clear();
    expect((await scenario.deploy([policy('read')])).status).toBe('COMPLETE');
    expect(scenario.controlPlane.engines.current()).toMatchObject([{ policyEngineId: left?.policyEngineId }]);
  });

  it('leaves an engine of the same name alone that somebody else made', async () => {
    const scenario = new Scenario();
    await scenario.foreignEngine(ENGINE_NAME);
    const result = await scenario.deploy([policy('read')]);
    expect(result.reasons[0]).toContain('policy engine `notes_engine` exists and was not made by this resource');
    expect(engineNames(scenario)).toEqual([`${ENGINE_NAME} ACTIVE`]);
  });

  it('creates an engine again whose creation failed, and reports the second failure', async () => {
    const scenario = new Scenario();
    let failures = 1;
    scenario.controlPlane.faultOf = (_, operation) =>
      operation === 'CreatePolicyEngine' && failures-- > 0 ? 'failure' : undefined;
    expect((await scenario.deploy([policy('read')])).status).toBe('COMPLETE');
    const other = new Scenario();
    other.controlPlane.engineFailure = ['key cannot be used'];
    expect((await other.deploy([policy('read')])).reasons[0]).toBe(
      'policy engine `notes_engine` failed: key cannot be used\nhelp: remove the cause, then deploy again; without a reason, ask AWS Support',
    );
    expect(engineNames(other)).toEqual([]);
  });

  it('keeps engine and policies with RemovalPolicy.RETAIN, and takes them over again', async () => {
    const scenario = new Scenario({ retainEngine: true });
    await scenario.deploy([policy('read')]);
    expect((await scenario.destroy()).status).toBe('COMPLETE');
    expect(engineNames(scenario)).toEqual([`${ENGINE_NAME} ACTIVE`]);
    expect((await scenario.deploy([policy('read'), policy('write')])).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual(['read ACTIVE', 'write ACTIVE']);
    expect(engineNames(scenario)).toHaveLength(1);
  });

  it('does not delete an engine that holds policies of others', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const engineId = scenario.stack.resources.get('Engine')?.data['PolicyEngineId'] ?? '';
    await scenario.foreignPolicy(engineId, 'by_hand');
    const result = await scenario.destroy();
    expect(result.status).toBe('DELETE_FAILED');
    expect(result.reasons[0]).toContain('still holds policies that this stack did not make: `by_hand`');
    expect(scenario.policies).toEqual(['by_hand ACTIVE']);
  });

  it('ends a change that CloudFormation is about to give up on, and says so', async () => {
    const scenario = new Scenario();
    const started = scenario.clock.now();
    scenario.controlPlane.faultOf = (_, operation) => (operation === 'CreatePolicy' ? 'throttle' : undefined);
    const result = await scenario.deploy([policy('read')]);
    expect(result.reasons[0]).toContain('not done after 50 minutes');
    expect(result.status).toBe('ROLLED_BACK');
    expect(scenario.clock.now() - started).toBeLessThan(60 * 60_000);
  });

  it.each([
    ['an empty set', []],
    ['a smaller set', [policy('a')]],
  ])('keeps what others added when an update to %s fails before it changed anything', async (_, smaller) => {
    const deaths: TickPlan[] = [];
    const scenario = new Scenario({ tick: () => deaths.pop() ?? { time: 300_000 } });
    await scenario.deploy([policy('a'), policy('b')]);
    deaths.push({ time: 300_000, diesAt: 1, deathIsFinal: true });
    const engineId = scenario.controlPlane.engines.current()[0]?.policyEngineId ?? '';
    await scenario.foreignPolicy(engineId, 'added');
    expect((await scenario.deploy(smaller)).status).toBe('ROLLED_BACK');
    expect(scenario.policies).toEqual(['a ACTIVE', 'added ACTIVE', 'b ACTIVE']);
    expect((await scenario.deploy(smaller)).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual(smaller.map(({ name }) => `${name} ACTIVE`));
  });

  it('deletes while the creation is still running, by an id that CloudFormation invents', async () => {
    const scenario = new Scenario({ shared: true, tick: () => ({ time: 300_000, diesAt: 3 }) });
    const engineId = await scenario.foreignEngine();
    const template = scenario.sharedTemplate(engineId, [policy('a'), policy('b'), policy('c')]);
    const properties = template['Set']?.properties({}) ?? {};
    const shared = { ResourceType: POLICY_SET_RESOURCE_TYPE, LogicalResourceId: 'Set', ResourceProperties: properties };
    const creation = scenario.provider.run({ ...shared, RequestType: 'Create' });
    await scenario.clock.pass(2_000);
    expect(scenario.policies.length).toBeGreaterThan(0);
    const deletion = scenario.plainProvider().run({
      ...shared,
      RequestType: 'Delete',
      PhysicalResourceId: 'Notes-Set-1ABCDEFGHIJKL',
    });
    expect((await scenario.clock.run(deletion)).ok).toBe(true);
    void creation;
    expect(scenario.policies).toEqual([]);
  });

  it('deletes what was never created, by any id', async () => {
    const scenario = new Scenario();
    const provider = scenario.plainProvider();
    const requests = [
      {
        ResourceType: POLICY_ENGINE_RESOURCE_TYPE,
        LogicalResourceId: 'Engine',
        PhysicalResourceId: 'Notes-Engine-1ABC',
      },
      { ResourceType: POLICY_ENGINE_RESOURCE_TYPE, LogicalResourceId: 'Engine', PhysicalResourceId: ENGINE_NAME },
      { ResourceType: POLICY_SET_RESOURCE_TYPE, LogicalResourceId: 'Set', PhysicalResourceId: 'Notes-Set-1ABC' },
      { ResourceType: POLICY_SET_RESOURCE_TYPE, LogicalResourceId: 'Set', PhysicalResourceId: 'gone-0123456789/Set' },
    ];
    for (const request of requests) {
      const properties = { EngineName: ENGINE_NAME, PolicyEngineId: 'gone-0123456789', OwnerMarker: 'Notes' };
      const run = provider.run({ ...request, RequestType: 'Delete', ResourceProperties: properties });
      expect(await scenario.clock.run(run)).toMatchObject({ ok: true, physicalId: request.PhysicalResourceId });
    }
    expect(scenario.writes).toEqual([]);
  });
});
