import { describe, expect, it } from 'vitest';
import { POLICY_ENGINE_RESOURCE_TYPE, POLICY_SET_RESOURCE_TYPE } from '../../../lib/contract/custom-resources';
import type { JsonObject } from '../../../lib/contract/json';
import type { Outcome } from './provider';
import { ENGINE_NAME, GATEWAY_ARN, policy, Scenario } from './scenario';

const OTHER_STACK = 'arn:aws:cloudformation:us-east-1:123456789012:stack/Evil/11111111-2222-3333-4444-555555555555';

/** A request that somebody else sends to the functions, with properties of their choice. */
function send(
  scenario: Scenario,
  request: {
    readonly StackId?: string;
    readonly LogicalResourceId?: string;
    readonly RequestType?: 'Create' | 'Delete';
  },
  properties: JsonObject = {},
  PhysicalResourceId = 'anything',
): Promise<Outcome> {
  const template = scenario.template([policy('read')])['Set'];
  const engineId = scenario.stack.resources.get('Engine')?.data['PolicyEngineId'] ?? '';
  const own = template?.properties({ Engine: { PolicyEngineId: engineId } }) ?? {};
  return scenario.clock.run(
    scenario.plainProvider().run({
      RequestType: 'Create',
      ResourceType: POLICY_SET_RESOURCE_TYPE,
      LogicalResourceId: 'Set',
      PhysicalResourceId,
      ResourceProperties: { ...own, ...properties },
      ...request,
    }),
  );
}

async function deployed(options: ConstructorParameters<typeof Scenario>[0] = {}): Promise<Scenario> {
  const scenario = new Scenario(options);
  await scenario.deploy([policy('read'), policy('write')]);
  return scenario;
}

describe('the functions serve', () => {
  it.each([
    ['no other stack', { StackId: OTHER_STACK }, {}, 'resource `Set` of stack'],
    ['no other resource of the stack', { LogicalResourceId: 'Evil' }, {}, 'resource `Evil` of stack'],
    [
      'no other engine',
      {},
      { PolicyEngineId: 'theirs-0123456789' },
      'policy engine `theirs-0123456789` is not the one',
    ],
    [
      'no other gateway',
      {},
      { GatewayArn: GATEWAY_ARN.replace('us-east-1', 'eu-west-1') },
      'is not the one that these functions serve',
    ],
    ['no gateway whose id is another one', {}, { GatewayIdentifier: 'other-0123456789' }, 'is not the one that these'],
    ['no other document', {}, { DocumentKey: 'template.json' }, 'object `template.json` is not where'],
  ])('%s', async (_, request, properties, reason) => {
    const scenario = await deployed();
    const before = scenario.writes.length;
    const outcome = await send(scenario, request, properties);
    expect(outcome).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
    expect(scenario.writes.slice(before)).toEqual([]);
    expect(scenario.policies).toEqual(['read ACTIVE', 'write ACTIVE']);
  });

  it.each([
    ['engine', POLICY_ENGINE_RESOURCE_TYPE, ENGINE_NAME],
    ['policy set', POLICY_SET_RESOURCE_TYPE, 'theirs-0123456789/Set'],
  ])('no deletion of an %s that another stack asks for', async (_, ResourceType, id) => {
    const scenario = await deployed();
    const before = scenario.writes.length;
    const request = { RequestType: 'Delete', StackId: OTHER_STACK, ResourceType } as const;
    expect((await send(scenario, request, {}, id)).ok).toBe(false);
    // Nor of an engine of somebody else, whoever asks.
    const own = { RequestType: 'Delete', ResourceType, LogicalResourceId: 'Set' } as const;
    const theirs = id.includes('/') ? id : 'their_name';
    expect(await send(scenario, own, {}, theirs)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('is not the one of this gateway'),
    });
    expect(scenario.writes.slice(before)).toEqual([]);
  });

  it('no owner but their own, whatever a request says', async () => {
    const scenario = new Scenario({ shared: true });
    const engineId = await scenario.foreignEngine();
    const theirs = await scenario.foreignPolicy(engineId, 'theirs', 'x [Other/Gateway theirs FAIL_ON_ANY_FINDINGS]');
    const set = { OwnerMarker: 'Other/Gateway', OwnsEngine: 'true' };
    expect((await scenario.deployShared(engineId, [policy('read')], set)).status).toBe('COMPLETE');
    expect((await scenario.destroy()).status).toBe('COMPLETE');
    expect(scenario.controlPlane.policies.current()).toEqual([theirs]);
  });

  it('no document but the one that was synthesized', async () => {
    const scenario = await deployed();
    const template = scenario.template([policy('read'), policy('more')]);
    const { DocumentKey } = scenario.document([policy('read'), policy('more')]);
    const forged = JSON.stringify({ version: 1, policies: [policy('read'), policy('evil')] });
    scenario.objects.set(`assets/${DocumentKey}`, forged);
    const result = await scenario.clock.run(scenario.stack.deploy(template));
    expect(result.reasons[0]).toContain(
      `object \`${DocumentKey}\` is not the policy set document that was synthesized`,
    );
    expect(scenario.policies).toEqual(['read ACTIVE', 'write ACTIVE']);
  });

  it('no previous document that was replaced: nothing returns to it', async () => {
    const scenario = await deployed();
    const { DocumentKey } = scenario.document([policy('read'), policy('write')]);
    scenario.objects.set(`assets/${DocumentKey}`, JSON.stringify({ version: 1, policies: [policy('evil')] }));
    expect((await scenario.deploy([policy('read'), policy('more')])).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual(['more ACTIVE', 'read ACTIVE']);
  });
});
