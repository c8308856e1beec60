import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LockScope } from '../../lib/contract/lock';
import { probeLock } from '../../lib/deployed/lock/probe';
import { CommandLine } from '../cli/command-line';
import { deployedGateway, ENGINE_ID, GATEWAY_ARN, GATEWAY_ID } from '../contract/drift/drift-fixture';
import { Deployment } from './deployment';

const terminal = new CommandLine();
let deployment: Deployment;

beforeEach(async () => {
  deployment = new Deployment();
  await deployment.start();
});

afterEach(() => deployment.stop());
afterAll(() => terminal.remove());

const command = (...args: string[]) => terminal.run([...args, '--app', deployment.directory]);
const WHY = ['--reason', 'it runs wild', '--for', '2h'];

interface Listed {
  readonly locks: readonly { inForce: boolean; scope: LockScope; reason: string; start: number; end: number }[];
}

async function listed(): Promise<Listed['locks']> {
  const { out } = await command('lock', '--list', '--format', 'json');
  return (JSON.parse(out) as Listed).locks;
}

describe('governed-gateway lock', () => {
  it('locks until it is in force, lists it, and unlocks', async () => {
    const { code, out, err } = await command('lock', '--tool', 'Notes___write', ...WHY);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^tool `Notes___write` locked until .*Z by policy lock_[0-9a-f]{24}-\w{10}\ndid not ask the gateway: put a token into/,
    );
    const [lock] = await listed();
    expect(lock).toMatchObject({
      inForce: true,
      scope: { kind: 'tool', name: 'Notes___write' },
      reason: 'it runs wild',
    });
    expect(Number(lock?.end) - Number(lock?.start)).toBe(7_200_000);
    expect((await command('lock', '--list')).out).toContain('denies  tool `Notes___write` until');
    const created = deployment.controlPlane.policies.current(ENGINE_ID).find(({ name }) => name.startsWith('lock_'));
    expect(created).toMatchObject({ enforcementMode: 'ACTIVE', status: 'ACTIVE' });
    expect(created?.statement).toContain(GATEWAY_ARN);
    expect((await command('unlock', '--tool', 'Notes___write')).out).toContain('is no longer locked');
    expect(await listed()).toEqual([]);
  });

  it('goes to its end after Ctrl-C, and says that what was ordered stays', async () => {
    const running = terminal.start(['lock', '--all', ...WHY, '--app', deployment.directory]);
    await expect
      .poll(() => deployment.controlPlane.policies.current(ENGINE_ID).some(({ name }) => name.startsWith('lock_')))
      .toBe(true);
    running.interrupt();
    expect(await running.code).toBe(0);
    expect(running.written.err).toContain('the lock is ordered, and stays');
    expect(await listed()).toMatchObject([{ inForce: true, scope: { kind: 'all' } }]);
  });

  it.each<[string, string[], string]>([
    ['nothing to lock', WHY, 'nothing says what to lock'],
    ['two things', ['--all', '--target', 'Notes', ...WHY], 'a lock stops one thing'],
    ['an unknown tool', ['--tool', 'Notes___wirte', ...WHY], 'did you mean `Notes___write`?'],
    ['an unknown target', ['--target', 'Nots', ...WHY], 'did you mean `Notes`?'],
    ['no reason', ['--all', '--for', '1h'], '`--reason`: it is missing'],
    [
      'a reason that is too long',
      ['--all', '--for', '1h', '--reason', 'x'.repeat(501)],
      'a reason has 1 to 500 characters',
    ],
    ['no end', ['--all', '--reason', 'x'], '`--for`: it is missing'],
    ['no time', ['--all', '--reason', 'x', '--for', '2 hours'], '`2 hours` is no time'],
  ])('refuses %s, and changes nothing', async (_, args, message) => {
    const { code, err } = await command('lock', ...args);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(await listed()).toEqual([]);
  });

  it('says that a lock stops nothing on a gateway that only logs, and switches it by a full update', async () => {
    deployment.tamper((gateway) => {
      gateway['policyEngineConfiguration'] = { ...(gateway['policyEngineConfiguration'] as object), mode: 'LOG_ONLY' };
    });
    const before = await command('lock', '--all', ...WHY);
    expect(before.code).toBe(2);
    expect(before.err).toContain('only logs: the lock is there, and stops nothing');
    const { code, out } = await command('lock', '--all', ...WHY, '--enforce');
    expect(code).toBe(0);
    expect(out).toContain('the gateway enforces its policies now');
    const { interceptorConfigurations, authorizerConfiguration, description, policyEngineConfiguration } =
      deployedGateway();
    expect(deployment.controlPlane.gateways.get(GATEWAY_ID)).toMatchObject({
      interceptorConfigurations,
      authorizerConfiguration,
      description,
      policyEngineConfiguration,
    });
  });

  it('is patient with a service that throttles and breaks, and says which right is missing', async () => {
    deployment.cloudFormation.throttles = 2;
    deployment.controlPlane.faultOf = (index) => (['throttle', 'error', 'reset'] as const)[index];
    expect(await command('lock', '--all', ...WHY)).toMatchObject({ code: 0, err: '' });
    expect(await listed()).toHaveLength(1);
    for (const operation of ['ListPolicies', 'DeletePolicy'] as const) {
      deployment.controlPlane.faultOf = (_, asked) => (asked === operation ? 'denied' : undefined);
      const { code, out, err } = await command('unlock', '--all');
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain(`\`${operation}\` was not answered: AccessDeniedException`);
    }
    deployment.controlPlane.faultOf = () => undefined;
    expect(await listed()).toHaveLength(1);
    expect((await command('unlock', '--all')).code).toBe(0);
  });

  it('takes away what the service refused, and says why', async () => {
    deployment.controlPlane.faultOf = (_, operation) => (operation === 'CreatePolicy' ? 'failure' : undefined);
    const { code, err } = await command('lock', '--all', ...WHY);
    expect(code).toBe(1);
    expect(err).toContain('the service refused the lock: internal failure of the validation');
    deployment.controlPlane.faultOf = () => undefined;
    expect(await listed()).toEqual([]);
  });

  it('makes one lock of a request whose answer was lost', async () => {
    let lost = 0;
    deployment.controlPlane.faultOf = (_, operation) => {
      lost += Number(operation === 'CreatePolicy');
      return operation === 'CreatePolicy' && lost === 1 ? 'lost-answer' : undefined;
    };
    expect((await command('lock', '--caller', 'ann"; permit', ...WHY)).code).toBe(0);
    expect(await listed()).toMatchObject([{ scope: { kind: 'caller', name: 'ann"; permit' } }]);
  });

  it('unlocks only what is locked, also a tool that the app no longer has', async () => {
    const { code, err } = await command('unlock', '--all');
    expect(code).toBe(1);
    expect(err).toContain('there is no lock of every call');
  });
});

describe('the probe of a lock', () => {
  const refusals = fc.constantFrom('lock' as const, 'unknown' as const, undefined);
  const TOOLS = ['Notes___read', 'Notes___write', 'Other___read'];
  const scopes = fc.constantFrom<LockScope>(
    { kind: 'all' },
    { kind: 'tool', name: 'Notes___write' },
    { kind: 'target', name: 'Notes' },
    { kind: 'target', name: 'Gone' },
  );

  it('calls no tool that is still listed, believes only a refusal, and says whose', async () => {
    await fc.assert(
      fc.asyncProperty(scopes, fc.subarray(TOOLS), refusals, async (scope, open, by) => {
        const called: string[] = [];
        const refusal = (tool: string): Promise<typeof by> => {
          called.push(tool);
          return Promise.resolve(by);
        };
        const listTools = (): Promise<string[]> => Promise.resolve(open);
        const probe = await probeLock({ listTools, refusal }, scope, TOOLS, () => Promise.resolve(), 2);
        expect(called.filter((tool) => open.includes(tool))).toEqual([]);
        if (probe.kind === 'stopped') expect({ called: called.length, by: probe.by }).toEqual({ called: 1, by });
        if (called.length === 1) expect(probe.kind).toBe(by === undefined ? 'passes' : 'stopped');
        if (probe.kind === 'nothing') expect(scope).toEqual({ kind: 'target', name: 'Gone' });
      }),
      { numRuns: 200 },
    );
  });
});
