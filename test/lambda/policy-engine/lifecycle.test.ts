import { describe, expect, it } from 'vitest';
import { BAD_BODY, body, policy, Scenario } from './scenario';

describe('a stack with engine and policy set', () => {
  it('creates the engine, then permits, then forbids', async () => {
    const scenario = new Scenario();
    const result = await scenario.deploy([policy('deny', { effect: 'forbid' }), policy('read'), policy('write')]);
    expect(result).toEqual({ status: 'COMPLETE', reasons: [] });
    expect(scenario.policies).toEqual(['deny ACTIVE', 'read ACTIVE', 'write ACTIVE']);
    expect(scenario.writes).toEqual([
      'CreatePolicyEngine notes_engine',
      'CreatePolicy read',
      'CreatePolicy write',
      'CreatePolicy deny',
    ]);
    expect(scenario.stack.resources.get('Set')?.data).toEqual({ PolicyCount: '3' });
  });

  it('updates in place, and removes last', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('write'), policy('old', { effect: 'forbid' })]);
    const before = scenario.writes.length;
    const result = await scenario.deploy([
      policy('read', { body: body('x') }),
      policy('write'),
      policy('new', { effect: 'forbid' }),
    ]);
    expect(result.status).toBe('COMPLETE');
    expect(scenario.writes.slice(before)).toEqual(['CreatePolicy new', 'UpdatePolicy read', 'DeletePolicy old']);
    expect(scenario.statementOf('read')).toContain('"x"');
  });

  it('deletes permits before forbids, then the engine', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('deny', { effect: 'forbid' }), policy('read')]);
    const before = scenario.writes.length;
    expect(await scenario.destroy()).toEqual({ status: 'COMPLETE', reasons: [] });
    expect(scenario.writes.slice(before)).toEqual(['DeletePolicy read', 'DeletePolicy deny', 'DeletePolicyEngine']);
    expect(scenario.controlPlane.engines.current()).toEqual([]);
  });

  it('returns to the previous set when a policy fails, and says where and why', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('write')]);
    const result = await scenario.deploy([
      policy('read', { body: body('x') }),
      policy('bad', { body: BAD_BODY }),
      policy('fine', { effect: 'forbid' }),
    ]);
    expect(result.status).toBe('ROLLED_BACK');
    expect(result.reasons).toEqual([
      [
        '1 of 3 policies could not be deployed; the set is what it was before',
        'policies/bad.cedar:3:1 `notes/bad`: unable to guarantee safety of access to optional attribute `input.limit`',
      ].join('\n'),
    ]);
    expect(scenario.policies).toEqual(['read ACTIVE', 'write ACTIVE']);
    expect(scenario.statementOf('read')).not.toContain('"x"');
  });
});
