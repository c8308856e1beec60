import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guard } from '../../../lambda/enforcement-guard/guard';
import { lockPolicy } from '../../../lib/contract/lock';
import { deployedGateway, ENGINE_ID, GATEWAY_ARN } from '../../contract/drift/drift-fixture';
import type { Fault } from '../../doubles/control-plane/options';
import { runs } from '../../runs';
import { Guarded, guardedTemplate, UNCHECKED } from './guarded';

const ATTACHED = deployedGateway()['policyEngineConfiguration'] as { arn: string; mode: string };
const OPEN = { policyEngineConfiguration: { ...ATTACHED, mode: 'LOG_ONLY' } };
const UNTOUCHED = [
  'name',
  'description',
  'roleArn',
  'authorizerType',
  'authorizerConfiguration',
  'protocolConfiguration',
];

function lock({ plane, time }: Guarded): string {
  const order = {
    gatewayArn: GATEWAY_ARN,
    callers: 'AgentCore::OAuthUser',
    scope: { kind: 'all' },
    reason: 'wild',
  } as const;
  const { name, ...content } = lockPolicy({ ...order, start: time, end: time + 86_400_000 });
  const { policyId } = plane.policies.create(ENGINE_ID, name, content, UNCHECKED, {});
  plane.policies.tamper(policyId, { status: 'ACTIVE' });
  return policyId;
}

describe('the enforcement guard', () => {
  it('is silent about a gateway that is as declared, and counts nothing', async () => {
    const guarded = new Guarded();
    expect(await guard(guarded.edges)).toEqual({ state: 'as declared', differences: [], left: [] });
    expect(guarded).toMatchObject({ told: [], counted: [0] });
  });

  it.each([
    'UPDATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'DELETE_IN_PROGRESS',
  ])('is silent while the stack is in %s', async (status) => {
    const guarded = new Guarded();
    guarded.tamper(OPEN);
    guarded.status = status;
    expect(await guard(guarded.edges)).toMatchObject({ state: 'deploying' });
    expect(guarded).toMatchObject({ told: [], counted: [] });
  });

  it('counts and tells what differs, and changes nothing unless it may', async () => {
    const guarded = new Guarded(false);
    guarded.tamper({ ...OPEN, interceptorConfigurations: undefined });
    const started = guarded.time;
    expect(await guard(guarded.edges)).toMatchObject({ state: 'changed', left: { length: 3 } });
    expect(guarded.counted).toEqual([3]);
    expect(guarded.told[0]).toContain(
      '- changed: gateway notes policyEngineConfiguration.mode: is LOG_ONLY, declared ENFORCE',
    );
    expect(guarded.told[0]).toContain('- missing: interceptor REQUEST');
    expect(guarded.plane.requests.map(({ operation }) => operation)).not.toContain('UpdateGateway');
    expect(guarded.time - started).toBeLessThan(120_000);
  });

  it.each<[string, { readonly [member: string]: unknown }]>([
    ['a mode', OPEN],
    ['an engine', { policyEngineConfiguration: undefined }],
    ['interceptors', { interceptorConfigurations: [] }],
    ['an exception level', { exceptionLevel: 'DEBUG' }],
    ['everything', { ...OPEN, interceptorConfigurations: undefined, exceptionLevel: 'DEBUG' }],
  ])('puts back %s, and keeps everything else', async (_, change) => {
    const guarded = new Guarded();
    guarded.tamper(change);
    const started = guarded.time;
    expect(await guard(guarded.edges)).toMatchObject({ state: 'repaired', left: [] });
    for (const member of UNTOUCHED) expect(guarded.gateway[member]).toEqual(deployedGateway()[member]);
    expect(guarded.gateway['policyEngineConfiguration']).toEqual(ATTACHED);
    expect(guarded.told[0]).toContain('Everything was put back.');
    expect(guarded.time - started).toBeLessThan(120_000);
  });

  it('tells of a drift that nobody mends once, and then once a day', async () => {
    const guarded = new Guarded(false);
    guarded.tamper(OPEN);
    for (let hour = 0; hour < 50; hour++) {
      await guard(guarded.edges);
      guarded.time += 3_600_000;
    }
    expect(guarded.counted).toEqual(Array(50).fill(1));
    expect(guarded.told).toHaveLength(3);
    guarded.tamper({ ...OPEN, exceptionLevel: 'DEBUG' });
    await guard(guarded.edges);
    expect(guarded.told).toHaveLength(4);
  });

  it('tells again what no topic took, and each repair', async () => {
    const guarded = new Guarded(false);
    guarded.tamper(OPEN);
    guarded.topicFails = true;
    await expect(guard(guarded.edges)).rejects.toThrow('no topic');
    guarded.topicFails = false;
    await guard(guarded.edges);
    expect(guarded.told).toHaveLength(1);
    const repairing = new Guarded();
    for (let time = 0; time < 3; time++) {
      repairing.tamper(OPEN);
      await guard(repairing.edges);
    }
    expect(repairing.told).toHaveLength(3);
  });

  it('tells each protocol in its own form, and lets no name be markup', async () => {
    const guarded = new Guarded(false);
    const [policy] = guarded.plane.policies.current(ENGINE_ID);
    const statement = 'permit(principal, action, resource) when { "<!channel> `*x*`" == "" };';
    guarded.plane.policies.tamper(String(policy?.policyId), { statement });
    await guard(guarded.edges);
    const [message] = guarded.messages;
    const chat = JSON.parse(message?.chat ?? '') as {
      content: { title: string; description: string; nextSteps: string[] };
    };
    expect(chat.content.title).toContain('Gateway notes was changed, and no deployment did it');
    expect(chat.content.description).not.toMatch(/[<*]|`[^`\n]*`[^`\n]*`/);
    expect(chat.content.nextSteps).toHaveLength(3);
    expect(JSON.parse(message?.data ?? '')).toMatchObject({ enforcement: { gateway: 'notes', state: 'changed' } });
    expect(message?.subject).toMatch(/^[\x20-\x7e]{1,99}$/);
  });

  it('sees a lock that came after it looked, and does not open the gateway that it closed', async () => {
    const guarded = new Guarded();
    guarded.template = guardedTemplate('LOG_ONLY');
    guarded.tamper({ ...OPEN, interceptorConfigurations: [] });
    let reads = 0;
    guarded.plane.faultOf = (_, operation) => {
      // The second read of the gateway is that of the repair.
      if (operation === 'GetGateway' && ++reads === 2) {
        lock(guarded);
        guarded.tamper({ policyEngineConfiguration: ATTACHED });
      }
      return undefined;
    };
    await guard(guarded.edges);
    expect(guarded.gateway['policyEngineConfiguration']).toEqual(ATTACHED);
    expect(guarded.gateway['interceptorConfigurations']).toHaveLength(2);
  });

  it('leaves policies to a deployment, and says so', async () => {
    const guarded = new Guarded();
    const [policy] = guarded.plane.policies.current(ENGINE_ID);
    guarded.plane.policies.tamper(String(policy?.policyId), { statement: 'permit(principal, action, resource);' });
    expect(await guard(guarded.edges)).toMatchObject({
      state: 'changed',
      left: [expect.stringContaining('changed: policy readers statement')],
    });
  });

  it('waits for a change that is under way, so that it sees its end', async () => {
    const guarded = new Guarded(false);
    await guarded.edges.controlPlane('UpdateGateway', {
      gatewayIdentifier: String(guarded.gateway['gatewayId']),
      ...Object.fromEntries(UNTOUCHED.map((member) => [member, deployedGateway()[member] ?? null])),
    });
    expect(await guard(guarded.edges)).toMatchObject({ state: 'changed' });
    expect(guarded.told[0]).toContain('missing: gateway notes policyEngineConfiguration');
  });

  it.each([true, false])('tells within two minutes however slow the service is (repairs: %s)', async (repairs) => {
    const guarded = new Guarded(repairs);
    guarded.tamper(OPEN);
    guarded.plane.faultOf = (_, operation) => (operation === 'UpdateGateway' ? 'slow' : undefined);
    const started = guarded.time;
    await guarded.edges.controlPlane('UpdateGateway', {
      gatewayIdentifier: String(guarded.gateway['gatewayId']),
      ...Object.fromEntries(UNTOUCHED.map((member) => [member, deployedGateway()[member] ?? null])),
    });
    await guard(guarded.edges);
    const own = new Guarded(repairs);
    own.tamper(OPEN);
    own.plane.faultOf = guarded.plane.faultOf;
    await guard(own.edges);
    for (const one of [guarded, own]) {
      expect(one.told).toHaveLength(1);
      expect(one.time - started).toBeLessThan(120_000);
    }
  });

  it('goes on to enforce while a lock needs it, where LOG_ONLY is declared', async () => {
    const guarded = new Guarded();
    guarded.template = guardedTemplate('LOG_ONLY');
    lock(guarded);
    guarded.tamper({ interceptorConfigurations: [] });
    await guard(guarded.edges);
    expect(guarded.gateway['policyEngineConfiguration']).toEqual(ATTACHED);
    expect(guarded.gateway['interceptorConfigurations']).toHaveLength(2);
  });

  it('fails where it cannot read, and claims nothing', async () => {
    const guarded = new Guarded();
    guarded.plane.faultOf = (_, operation) => (operation === 'ListPolicies' ? 'denied' : undefined);
    await expect(guard(guarded.edges)).rejects.toThrow('not authorized');
    expect(guarded).toMatchObject({ told: [], counted: [] });
    const changed = new Guarded();
    const edges = { ...changed.edges, readObject: () => Promise.resolve('{"policies":[]}') };
    await expect(guard(edges)).rejects.toThrow('not the one that was deployed');
  });

  it('leaves no gateway open and loses no lock, whatever fails on the way', async () => {
    const faults = fc.constantFrom<Fault | undefined>(
      'throttle',
      'error',
      'reset',
      'lost-answer',
      'failure',
      'slow',
      undefined,
      undefined,
      undefined,
    );
    const changes = fc.record({
      policyEngineConfiguration: fc.constantFrom(OPEN.policyEngineConfiguration, undefined, ATTACHED),
      interceptorConfigurations: fc.constantFrom([], deployedGateway()['interceptorConfigurations']),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(faults, { maxLength: 30 }), changes, async (schedule, change) => {
        const guarded = new Guarded();
        const policyId = lock(guarded);
        guarded.tamper(change);
        guarded.plane.onChange = () => {
          for (const member of UNTOUCHED)
            expect(guarded.plane.gateways.get('notes-abcdefghij')?.[member]).toEqual(deployedGateway()[member]);
        };
        guarded.plane.faultOf = (index) => schedule[index];
        for (let run = 0; run < 4; run++) {
          await guard(guarded.edges).catch(() => undefined);
          guarded.time += 3_600_000;
        }
        // The first run in which nothing fails mends whatever those before left.
        guarded.plane.faultOf = () => undefined;
        await guard(guarded.edges);
        expect(guarded.gateway['policyEngineConfiguration']).toEqual(ATTACHED);
        expect(guarded.gateway['interceptorConfigurations']).toHaveLength(2);
        expect(guarded.plane.policies.current(ENGINE_ID).some((policy) => policy.policyId === policyId)).toBe(true);
      }),
      runs(30),
    );
  });
});
