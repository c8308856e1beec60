import {
  CreatePolicyCommand,
  CreatePolicyEngineCommand,
  DeletePolicyCommand,
  GetPolicyCommand,
  ListPoliciesCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import { beforeEach, describe, expect, it } from 'vitest';
import { clientInProcess } from './clients';
import { ControlPlane } from './control-plane';
import type { ControlPlaneOptions } from './options';
import { VirtualClock } from './virtual-clock';

let clock: VirtualClock;
let controlPlane: ControlPlane;
let client: ReturnType<typeof clientInProcess>;
let policyEngineId: string;

async function start(options: Partial<ControlPlaneOptions> = {}): Promise<void> {
  clock = new VirtualClock();
  controlPlane = new ControlPlane(clock, options);
  client = clientInProcess(controlPlane);
  const engine = await clock.run(
    client.send(new CreatePolicyEngineCommand({ name: 'engine', clientToken: 'e'.repeat(40) })),
  );
  policyEngineId = engine.policyEngineId ?? '';
  await clock.pass(10_000);
}

beforeEach(() => start());

const statement = 'permit(principal is AgentCore::OAuthUser, action, resource is AgentCore::Gateway) when { true };';

function create(name: string, change: object = {}): CreatePolicyCommand {
  const clientToken = name.padEnd(40, '0');
  return new CreatePolicyCommand({
    policyEngineId,
    name,
    definition: { cedar: { statement } },
    clientToken,
    ...change,
  });
}

async function created(name: string): Promise<string> {
  const { policyId } = await clock.run(client.send(create(name)));
  await clock.pass(5_000);
  return policyId ?? '';
}

describe('the control-plane double', () => {
  it.each([
    ['name with a hyphen', { name: 'a-b' }, 'name: does not match'],
    [
      'short statement',
      { definition: { cedar: { statement: 'permit;' } } },
      'definition.cedar.statement: shorter than 35',
    ],
    ['long statement', { definition: { cedar: { statement: 'p'.repeat(10_001) } } }, 'longer than 10000'],
    ['empty description', { description: '' }, 'description: shorter than 1'],
    ['short token', { clientToken: 'abc' }, 'clientToken: shorter than 33'],
    ['unknown mode', { validationMode: 'STRICT' }, 'validationMode: not one of'],
    ['two definitions', { definition: { cedar: { statement }, policy: { statement } } }, 'not exactly one member'],
    ['nothing defined', { definition: undefined }, 'definition: required'],
  ])('refuses a %s', async (_, change, message) => {
    await expect(clock.run(client.send(create('read', change)))).rejects.toThrow(message);
  });

  it('works asynchronously, and refuses changes of what is busy', async () => {
    const { policyId, status } = await clock.run(client.send(create('read')));
    expect(status).toBe('CREATING');
    const update = new UpdatePolicyCommand({ policyEngineId, policyId, enforcementMode: 'LOG_ONLY' });
    await expect(clock.run(client.send(update))).rejects.toMatchObject({ name: 'ConflictException' });
    await clock.pass(5_000);
    expect((await clock.run(client.send(new GetPolicyCommand({ policyEngineId, policyId })))).status).toBe('ACTIVE');
  });

  it('validates the stored statement again when an update brings none, in the strict mode when it names none', async () => {
    const broad = { definition: { cedar: { statement: statement.replace(' when { true }', '') } } };
    const { policyId } = await clock.run(
      client.send(create('broad', { ...broad, validationMode: 'IGNORE_ALL_FINDINGS' })),
    );
    await clock.pass(5_000);
    await clock.run(client.send(new UpdatePolicyCommand({ policyEngineId, policyId, enforcementMode: 'LOG_ONLY' })));
    await clock.pass(5_000);
    const { status, statusReasons } = await clock.run(client.send(new GetPolicyCommand({ policyEngineId, policyId })));
    expect([status, statusReasons?.[0]?.slice(0, 17)]).toEqual(['UPDATE_FAILED', 'Overly Permissive']);
  });

  it('answers a repeated token the same, even when the policy is gone, and refuses it with other content', async () => {
    const policyId = await created('read');
    await clock.run(client.send(new DeletePolicyCommand({ policyEngineId, policyId })));
    await clock.pass(5_000);
    expect((await clock.run(client.send(create('read')))).policyId).toBe(policyId);
    expect(controlPlane.policies.current()).toEqual([]);
    await expect(clock.run(client.send(create('read', { description: 'other' })))).rejects.toMatchObject({
      name: 'ValidationException',
      reason: 'IdempotentParameterMismatchException',
    });
  });

  it('takes a name once', async () => {
    await created('read');
    await expect(clock.run(client.send(create('read', { clientToken: 'x'.repeat(40) })))).rejects.toThrow(
      'already exists',
    );
  });

  it('throttles the sixth write of a second', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const answers = await clock.run(Promise.allSettled(names.map((name) => client.send(create(name)))));
    expect(answers.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), 'rejected']);
  });

  it('pages, and a token goes on behind the last item whatever was removed', async () => {
    await start({ pageSize: 2 });
    const ids = [];
    for (const name of ['a', 'b', 'c']) ids.push(await created(name));
    const first = await clock.run(client.send(new ListPoliciesCommand({ policyEngineId, maxResults: 100 })));
    await clock.run(client.send(new DeletePolicyCommand({ policyEngineId, policyId: ids[0] })));
    await clock.pass(5_000);
    const { nextToken } = first;
    const second = await clock.run(
      client.send(new ListPoliciesCommand({ policyEngineId, maxResults: 100, nextToken })),
    );
    const names = [first, second].map((page) => page.policies?.map(({ name }) => name));
    expect(names).toEqual([['a', 'b'], ['c']]);
    expect(second.nextToken).toBeUndefined();
  });

  it('reads late', async () => {
    await start({ lag: 2_000 });
    await clock.run(client.send(create('read')));
    const list = (): Promise<number | undefined> =>
      clock.run(client.send(new ListPoliciesCommand({ policyEngineId }))).then(({ policies }) => policies?.length);
    expect(await list()).toBe(0);
    await clock.pass(2_000);
    expect(await list()).toBe(1);
  });

  it('breaks connections before and after a change', async () => {
    const faults = ['reset', 'lost-answer'] as const;
    for (const [index, fault] of faults.entries()) {
      controlPlane.faultOf = () => fault;
      const name = `p${index}`;
      await expect(clock.run(client.send(create(name)))).rejects.toMatchObject({ code: 'ECONNRESET' });
    }
    expect(controlPlane.policies.current().map(({ name }) => name)).toEqual(['p1']);
  });

  it('checks forbids against permits, and actions against tools', async () => {
    const forbid = statement.replace('permit', 'forbid');
    const tool = statement.replace('action,', 'action == AgentCore::Action::"notes___nope",');
    await clock.run(client.send(create('deny', { definition: { cedar: { statement: forbid } } })));
    await clock.run(client.send(create('tool', { definition: { cedar: { statement: tool } } })));
    await clock.pass(5_000);
    expect(controlPlane.policies.current().map(({ statusReasons }) => statusReasons[0])).toEqual([
      expect.stringContaining('Overly Restrictive'),
      'unrecognized action `AgentCore::Action::"notes___nope"`',
    ]);
  });
});
