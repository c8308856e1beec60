import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POLICY_ENGINE_RESOURCE_TYPE, POLICY_SET_RESOURCE_TYPE } from '../../../lib/contract/custom-resources';
import type { JsonObject } from '../../../lib/contract/json';
import { type DesiredPolicy, documentHash } from '../../../lib/contract/policy-set-document';
import { type DoubleServer, serve, serveObjects } from '../../doubles/control-plane/clients';
import { ControlPlane } from '../../doubles/control-plane/control-plane';
import { type Answer, type Invocation, LambdaProcess, SPEED } from './lambda-process';
import { BAD_BODY, body, GATEWAY_ARN, GATEWAY_ID, policy } from './scenario';

const start = Date.now();
/** Time that passes as fast as in the processes. */
const clock = {
  now: (): number => start + (Date.now() - start) * SPEED,
  sleep: (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds / SPEED)),
};

let controlPlane: ControlPlane;
let servers: DoubleServer[];
let endpoints: { controlPlane: string; objects: string };
const objects = new Map<string, string>();
const hashes = new Map<string, string>();

beforeEach(async () => {
  // Rates are not under test here: a process that waits for the processor sends late, and then too much at once.
  controlPlane = new ControlPlane(clock, { pageSize: 2, latency: 0, writesPerSecond: 50 });
  servers = [await serve(controlPlane), await serveObjects(objects)];
  endpoints = { controlPlane: servers[0]?.url ?? '', objects: servers[1]?.url ?? '' };
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

async function invoke(invocation: Invocation): Promise<Answer> {
  const answer = await new LambdaProcess(endpoints, invocation).answer;
  if (answer === 'died') throw new Error('the process died');
  return answer;
}

/** The events of one request: onEvent, and what the framework hands on to isComplete. */
async function request(event: JsonObject): Promise<Answer> {
  const started = await invoke({ handler: 'onEvent', event });
  if (started.error !== undefined) return started;
  for (;;) {
    const progress = await invoke({ handler: 'isComplete', event: { ...event, ...started.result } });
    if (progress.error !== undefined || progress.result?.['IsComplete'] === true) return progress;
  }
}

const STACK = {
  StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/Notes/11111111-2222-3333-4444-555555555555',
  RequestId: 'request',
};

const ENGINE = {
  ...STACK,
  ResourceType: POLICY_ENGINE_RESOURCE_TYPE,
  LogicalResourceId: 'Engine',
  ResourceProperties: { EngineName: 'notes_engine', Tags: { team: 'a' } },
};

async function createEngine(): Promise<string> {
  const { result } = await request({ ...ENGINE, RequestType: 'Create' });
  const data = result?.['Data'];
  if (typeof data !== 'object' || data === null) throw new Error('the engine has no attributes');
  const { PolicyEngineId, PolicyEngineArn } = data as { PolicyEngineId: string; PolicyEngineArn: string };
  controlPlane.gateways.set(GATEWAY_ID, {
    gatewayId: GATEWAY_ID,
    gatewayArn: GATEWAY_ARN,
    name: 'notes',
    tools: ['notes___read'],
    policyEngineConfiguration: { arn: PolicyEngineArn, mode: 'ENFORCE' },
  });
  return PolicyEngineId;
}

function setEvent(engineId: string, key: string, policies: readonly DesiredPolicy[], change: JsonObject): JsonObject {
  const text = JSON.stringify({ version: 1, policies });
  objects.set(`assets/policies-${key}`, text);
  hashes.set(key, documentHash(text));
  return {
    ...STACK,
    RequestId: key,
    ResourceType: POLICY_SET_RESOURCE_TYPE,
    LogicalResourceId: 'Set',
    ResourceProperties: setProperties(engineId, key),
    ...change,
  };
}

function setProperties(engineId: string, key: string): JsonObject {
  return {
    PolicyEngineId: engineId,
    GatewayIdentifier: GATEWAY_ID,
    GatewayArn: GATEWAY_ARN,
    DocumentKey: `policies-${key}`,
    DocumentHash: hashes.get(key) ?? '',
    Prune: 'true',
    GatewayMode: 'ENFORCE',
  };
}

function statuses(): string[] {
  return controlPlane.policies
    .current()
    .map(({ name, status }) => `${name} ${status}`)
    .sort();
}

describe('no tests: what is deployed is what is tested, the real bundle on real HTTP', () => {
  it('creates, updates, fails with reasons and returns, and deletes', async () => {
    const lost = new Set(['CreatePolicyEngine', 'CreatePolicy', 'UpdatePolicy', 'DeletePolicy']);
    controlPlane.faultOf = (index, operation) => {
      if (index % 7 === 6) return (['throttle', 'reset', 'error'] as const)[index % 3];
      return lost.delete(operation) ? 'lost-answer' : undefined;
    };
    const engineId = await createEngine();
    const first = [policy('read'), policy('write'), policy('deny', { effect: 'forbid' })];
    const created = await request(setEvent(engineId, 'one.json', first, { RequestType: 'Create' }));
    expect(created.result).toEqual({ IsComplete: true, Data: { PolicyCount: '3' } });
    expect(statuses()).toEqual(['deny ACTIVE', 'read ACTIVE', 'write ACTIVE']);
    expect(JSON.parse(created.log.split('\n')[0] ?? '')).toMatchObject({ level: 'INFO', message: 'create policy' });

    const PhysicalResourceId = `${engineId}/Set`;
    const update = {
      RequestType: 'Update',
      PhysicalResourceId,
      OldResourceProperties: setProperties(engineId, 'one.json'),
    };
    const second = [policy('read', { body: body('x') }), policy('bad', { body: BAD_BODY })];
    const failed = await request(setEvent(engineId, 'two.json', second, update));
    expect(failed.error).toBe(
      '1 of 2 policies could not be deployed; the set is what it was before\n' +
        'policies/bad.cedar:3:1 `notes/bad`: unable to guarantee safety of access to optional attribute `input.limit`',
    );
    expect(failed.stack).toBe('Error: 1 of 2 policies could not be deployed; the set is what it was before');
    expect(statuses()).toEqual(['deny ACTIVE', 'read ACTIVE', 'write ACTIVE']);

    const deletion = { RequestType: 'Delete', PhysicalResourceId };
    expect((await request(setEvent(engineId, 'one.json', first, deletion))).result).toEqual({ IsComplete: true });
    const gone = await request({ ...ENGINE, RequestType: 'Delete', PhysicalResourceId: 'notes_engine' });
    expect(gone.result).toEqual({ IsComplete: true });
    expect([...statuses(), ...controlPlane.engines.current()]).toEqual([]);
  });

  it('converges although processes are killed and run twice at once', async () => {
    const engineId = await createEngine();
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const event = setEvent(
      engineId,
      'many.json',
      names.map((name) => policy(name)),
      { RequestType: 'Create', PhysicalResourceId: `${engineId}/Set` },
    );
    for (const requests of [3, 5]) {
      const victim = new LambdaProcess(endpoints, { handler: 'isComplete', event });
      const end = controlPlane.requests.length + requests;
      controlPlane.faultOf = (index) => {
        if (index === end) victim.kill();
        return undefined;
      };
      expect(await victim.answer).toBe('died');
    }
    expect(statuses().length).toBeGreaterThan(0);
    const answers = await Promise.all([1, 2].map(() => invoke({ handler: 'isComplete', event })));
    expect(answers.map(({ result }) => result?.['IsComplete'])).toEqual([true, true]);
    expect(statuses()).toEqual(names.map((name) => `${name} ACTIVE`));
  });
});

describe('a service that stops answering', () => {
  it('does not end the function: the call is given up and sent again', async () => {
    const hanging = new Set(['CreatePolicyEngine', 'ListPolicies', 'CreatePolicy']);
    controlPlane.faultOf = (_, operation) => (hanging.delete(operation) ? 'hang' : undefined);
    const engineId = await createEngine();
    const created = await request(setEvent(engineId, 'one.json', [policy('read')], { RequestType: 'Create' }));
    expect(created.result).toEqual({ IsComplete: true, Data: { PolicyCount: '1' } });
    expect(hanging.size).toBe(0);
  });
});
