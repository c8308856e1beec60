import { describe, expect, it } from 'vitest';
import { policyIdAttribute } from '../../../lib/contract/custom-resources';
import { body, policy, Scenario } from './scenario';

function idOf(scenario: Scenario, name: string): string | undefined {
  return scenario.controlPlane.policies.current().find((view) => view.name === name)?.policyId;
}

describe('the ids of policies that are asked about', () => {
  it('are attributes of the set: those on the service, however old reads are', async () => {
    const scenario = new Scenario({ service: { lag: 4_000 } });
    const set = { PolicyIdsOf: ['a', 'c'] };
    const data = () => scenario.stack.resources.get('Set')?.data;
    await scenario.deploy([policy('a'), policy('b'), policy('c', { effect: 'forbid' })], { set });
    const ids = { [policyIdAttribute('a')]: idOf(scenario, 'a'), [policyIdAttribute('c')]: idOf(scenario, 'c') };
    expect(data()).toEqual({ PolicyCount: '3', ...ids });

    await scenario.deploy([policy('a', { body: body('x') }), policy('c', { effect: 'forbid' })], { set });
    expect(data()).toEqual({ PolicyCount: '2', ...ids });

    scenario.controlPlane.policies.tamper(idOf(scenario, 'a') ?? '', undefined);
    await scenario.clock.pass(10_000);
    await scenario.deploy([policy('a'), policy('c', { effect: 'forbid' })], { set });
    expect(data()?.[policyIdAttribute('a')]).toBe(idOf(scenario, 'a'));
    expect(data()?.[policyIdAttribute('a')]).not.toBe(ids[policyIdAttribute('a')]);
  });

  it('are refused for a policy that is not in the set, before anything changes', async () => {
    const scenario = new Scenario();
    const { status, reasons } = await scenario.deploy([policy('a')], { set: { PolicyIdsOf: ['b'] } });
    expect([status, reasons.join()]).toEqual([
      'ROLLED_BACK',
      expect.stringContaining('the id of policy `b` is asked for'),
    ]);
    expect(scenario.writes.filter((write) => write.startsWith('CreatePolicy '))).toEqual([]);
  });
});
