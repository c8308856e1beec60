import { describe, expect, it } from 'vitest';
import { needsAdminPolicy, policyEnginePermissions } from '../../../lib/contract/policy-engine-permissions';
import { BAD_BODY, body, policy, Scenario } from './scenario';

/** Of no operation, but checked by the service when a policy is created or changed. */
const WITHOUT_OPERATION = ['InvokeGateway', 'ManageResourceScopedPolicy', 'ManageAdminPolicy'];

function actions(ownsEngine: boolean): string[] {
  const permissions = policyEnginePermissions({ ownsEngine, adminPolicy: true });
  const names = permissions.flatMap((permission) => permission.actions.map((action) => action.split(':')[1] ?? ''));
  return names.filter((name) => !WITHOUT_OPERATION.includes(name)).sort();
}

function called(scenario: Scenario): string[] {
  return [...new Set<string>(scenario.controlPlane.requests.map(({ operation }) => operation))].sort();
}

describe('permissions of the role', () => {
  // Covers policy.permissions, assumed.engine-tags
  it('are just the operations that an engine of its own takes', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('write')], {
      engine: { Description: 'one', Tags: { team: 'a', gone: 'x' } },
    });
    const change = { engine: { Description: 'two', Tags: { team: 'b' } } };
    await scenario.deploy([policy('read', { body: body('x') }), policy('bad', { body: BAD_BODY })], change);
    await scenario.deploy([policy('read', { body: body('x') })], change);
    await scenario.destroy();
    expect(called(scenario)).toEqual(actions(true));
  });

  it('are just the operations that an engine that was passed in takes', async () => {
    const scenario = new Scenario({ shared: true });
    const engineId = await scenario.foreignEngine();
    await scenario.deployShared(engineId, [policy('read'), policy('write')]);
    await scenario.deployShared(engineId, [policy('read', { body: body('x') })]);
    await scenario.destroy();
    expect(called(scenario)).toEqual(actions(false));
  });

  it('include the right to invoke the gateway, and to manage policies of all gateways only where a statement needs it', () => {
    const scoped = policyEnginePermissions({ ownsEngine: false, adminPolicy: needsAdminPolicy([policy('read')]) });
    const gateway = scoped.find(({ scope }) => scope === 'gateway');
    expect(gateway?.actions).toContain('bedrock-agentcore:InvokeGateway');
    expect(gateway?.actions).toContain('bedrock-agentcore:ManageResourceScopedPolicy');
    expect(scoped.some(({ scope }) => scope === 'all-gateways')).toBe(false);
    const unscoped = policy('any', {
      statementParts: ['permit(principal, action, resource is AgentCore::Gateway) when { true };'],
    });
    expect(policyEnginePermissions({ ownsEngine: false, adminPolicy: needsAdminPolicy([unscoped]) }).at(-1)).toEqual({
      scope: 'all-gateways',
      actions: ['bedrock-agentcore:ManageAdminPolicy'],
    });
  });
});
