import { describe, expect, it } from 'vitest';
import { BAD_BODY, body, GATEWAY_ARN, GATEWAY_ID, gatewayArn, MARKER, policy, Scenario } from './scenario';

/** Each fault of another project's custom resource for policies, as a test that ours does not have it. */
describe('faults of a custom resource for one policy', () => {
  it('UpdateGateway with four fields drops interceptors, protocol configuration, KMS key, exception level', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const before = structuredClone(scenario.controlPlane.gateways.get(GATEWAY_ID));
    await scenario.deploy([policy('read', { body: body('x') }), policy('bad', { body: BAD_BODY })]);
    await scenario.deploy([policy('write')]);
    expect(scenario.controlPlane.gateways.get(GATEWAY_ID)).toEqual(before);
    const onGateways = scenario.controlPlane.requests.filter(({ operation }) => operation.includes('Gateway'));
    expect(new Set(onGateways.map(({ operation }) => operation))).toEqual(new Set(['GetGateway']));
  });

  it('a later gateway update silently detaches the engine', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    scenario.attach(undefined);
    const result = await scenario.deploy([policy('read'), policy('write')]);
    expect(result.status).toBe('ROLLED_BACK');
    expect(result.reasons[0]).toContain(`gateway \`${GATEWAY_ID}\` is attached to no policy engine`);
    expect(scenario.policies).toEqual(['read ACTIVE']);
  });

  it('update deletes before it creates', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('old')]);
    const before = scenario.writes.length;
    await scenario.deploy([policy('read', { body: body('x') }), policy('bad', { body: BAD_BODY })]);
    expect(scenario.writes.slice(before).filter((write) => write.startsWith('Delete'))).toEqual(['DeletePolicy bad']);
    expect(scenario.policies).toEqual(['old ACTIVE', 'read ACTIVE']);
    await scenario.deploy([policy('read', { body: body('x') }), policy('new')]);
    const last = scenario.writes.slice(-3);
    expect(last).toEqual(['UpdatePolicy read', 'CreatePolicy new', 'DeletePolicy old']);
  });

  it('engine orphaned when a later step fails', async () => {
    const scenario = new Scenario();
    const result = await scenario.deploy([policy('bad', { body: BAD_BODY })]);
    expect(result.status).toBe('ROLLED_BACK');
    expect(scenario.controlPlane.engines.current()).toEqual([]);
    expect(scenario.policies).toEqual([]);
  });

  it('mode and foreign engine drift passes as fine', async () => {
    const scenario = new Scenario();
    const set = { GatewayMode: 'ENFORCE' };
    await scenario.deploy([policy('read')], { set });
    const gateway = scenario.controlPlane.gateways.get(GATEWAY_ID);
    const { arn } = gateway?.policyEngineConfiguration ?? { arn: '' };
    if (gateway === undefined) throw new Error('no gateway');
    scenario.controlPlane.gateways.set(GATEWAY_ID, {
      ...gateway,
      policyEngineConfiguration: { arn, mode: 'LOG_ONLY' },
    });
    const mode = await scenario.deploy([policy('read'), policy('write')], { set });
    expect(mode.reasons[0]).toContain('is in mode `LOG_ONLY`, not `ENFORCE`');
    scenario.controlPlane.gateways.set(GATEWAY_ID, {
      ...gateway,
      policyEngineConfiguration: { arn: `${arn.slice(0, -10)}other00000`, mode: 'ENFORCE' },
    });
    const engine = await scenario.deploy([policy('read'), policy('write')], { set });
    expect(engine.reasons[0]).toContain('other00000');
    expect(scenario.policies).toEqual(['read ACTIVE']);
  });

  it('a changed engine name or gateway is ignored', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const other = 'other-0123456789';
    scenario.controlPlane.gateways.set(other, {
      ...scenario.controlPlane.gateways.get(GATEWAY_ID),
      gatewayId: other,
      gatewayArn: gatewayArn(other),
      name: 'other',
      tools: ['notes___read'],
    });
    const moved = { GatewayIdentifier: other, GatewayArn: gatewayArn(other) };
    expect((await scenario.deploy([policy('read')], { set: moved })).status).toBe('COMPLETE');
    expect(scenario.statementOf('read')).toContain(gatewayArn(other));
    const renamed = await scenario.deploy([policy('read_of_other_engine')], { engine: { EngineName: 'other_engine' } });
    expect(renamed).toEqual({ status: 'COMPLETE', reasons: [] });
    expect(scenario.controlPlane.engines.current().map(({ name }) => name)).toEqual(['other_engine']);
    expect(scenario.policies).toEqual(['read_of_other_engine ACTIVE']);
  });

  it('ListPolicies unpaginated and matched by prefix', async () => {
    const scenario = new Scenario({ shared: true, service: { pageSize: 2 } });
    const engineId = await scenario.foreignEngine();
    await scenario.foreignPolicy(engineId, 'read_all', 'by somebody else');
    await scenario.foreignPolicy(engineId, 'read_copy', `copied [${MARKER} read FAIL_ON_ANY_FINDINGS]`);
    const names = ['read', 'read_a', 'read_b', 'read_c', 'read_d'];
    await scenario.deployShared(
      engineId,
      names.map((name) => policy(name)),
    );
    expect(scenario.policies).toHaveLength(7);
    await scenario.deployShared(engineId, [policy('read')]);
    expect(scenario.policies).toEqual(['read ACTIVE', 'read_all ACTIVE', 'read_copy ACTIVE']);
    expect((await scenario.destroy()).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual(['read_all ACTIVE', 'read_copy ACTIVE']);
  });

  it('delete swallows errors and reports success with leftovers', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    scenario.controlPlane.faultOf = (_, operation) => (operation === 'DeletePolicy' ? 'failure' : undefined);
    const result = await scenario.destroy();
    expect(result.status).toBe('DELETE_FAILED');
    expect(result.reasons).toEqual(['1 policies could not be removed\nread: internal failure of the validation']);
    expect(scenario.controlPlane.engines.current()).toHaveLength(1);
    scenario.controlPlane.faultOf = () => undefined;
    expect((await scenario.destroy()).status).toBe('COMPLETE');
    expect(scenario.controlPlane.engines.current()).toEqual([]);
  });

  it('no client token (a retry duplicates)', async () => {
    // Names alone would prevent duplicates; the token must, without a conflict on the way.
    const scenario = new Scenario();
    const lost = new Set(['CreatePolicyEngine', 'CreatePolicy']);
    scenario.controlPlane.faultOf = (_, operation) => (lost.delete(operation) ? 'lost-answer' : undefined);
    expect((await scenario.deploy([policy('read')])).status).toBe('COMPLETE');
    const creations = scenario.controlPlane.requests.filter(({ operation }) => operation.startsWith('Create'));
    expect(creations.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      'CreatePolicyEngine 0',
      'CreatePolicyEngine 202',
      'CreatePolicy 0',
      'CreatePolicy 202',
    ]);
    expect(scenario.policies).toEqual(['read ACTIVE']);
  });

  it('clock-based names over 48 characters', async () => {
    const scenario = new Scenario();
    const tooLong = 'n'.repeat(49);
    const result = await scenario.deploy([policy(tooLong)]);
    expect(result.reasons[0]).toContain(`policy name \`${tooLong}\` is not one that the service takes`);
    expect(scenario.policies).toEqual([]);
    await scenario.deploy([policy('n'.repeat(48))]);
    await scenario.clock.pass(1_000_000);
    const before = scenario.writes.length;
    await scenario.deploy([policy('n'.repeat(48))], { set: { Again: 'the same content' } });
    expect(scenario.writes.slice(before)).toEqual([]);
  });

  it('statusReasons never read', async () => {
    const scenario = new Scenario();
    const result = await scenario.deploy([
      policy('bad', { body: BAD_BODY, origin: { file: 'policies/lakehouse/x.cedar', line: 12, column: 3 } }),
      policy('worse', {
        statementParts: [
          'permit(principal, action == AgentCore::Action::"notes__read", resource == AgentCore::Gateway::"',
          '");',
        ],
      }),
    ]);
    expect(result.reasons).toEqual([
      [
        '2 of 2 policies could not be deployed; the set is what it was before',
        'policies/lakehouse/x.cedar:12:3 `notes/bad`: unable to guarantee safety of access to optional attribute `input.limit`',
        'policies/worse.cedar:3:1 `notes/worse`: unrecognized action `AgentCore::Action::"notes__read"`',
        'help: no READY target of the gateway has this tool: write the action as `<target>___<tool>` with three underscores, ' +
          'and let the policy set depend on the target',
      ].join('\n'),
    ]);
    expect(scenario.statementOf('bad') ?? GATEWAY_ARN).toBe(GATEWAY_ARN);
  });
});
