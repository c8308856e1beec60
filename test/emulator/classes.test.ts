import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployedPolicies } from '../../lib/contract/tool-classes/deployed-policies';
import type { Emulator } from '../../lib/emulator';
import { call, claimsApp, FixtureApp, post, tool } from './fixture';

const on = (name: string) =>
  `principal is AgentCore::OAuthUser, action in AgentCore::Action::"class:${name}", resource == ?resource`;
const TEAM =
  'when { principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"readers\\"*" };';
const READ = `@id("readers") permit(${on('read')}) ${TEAM}`;
const DESTROY = `@id("nobody-destroys") forbid(${on('destructive')}) ${TEAM}`;

/** More names than one statement holds. */
const COUNT = 400;
const read = (index: number) => `read_${'x'.repeat(40)}_${index}`;

const app = new FixtureApp();
let emulator: Emulator;

beforeAll(async () => {
  app.write('app/policies/classes.cedar', DESTROY);
  const reads = Array.from({ length: COUNT }, (_, index) => ({ ...tool(read(index)), classes: ['read'] }));
  const tools = [
    ...reads,
    { ...tool('wipe'), classes: ['write', 'destructive'] },
    { ...tool('note'), classes: ['write'] },
  ];
  const manifest = claimsApp(app, { policies: [], policySources: ['policies'] });
  const targets = manifest.targets.map((target) => ({ ...target, tools }));
  const options = { watch: true, appDirectory: join(app.directory, 'app'), print: () => undefined };
  emulator = await app.start({ ...manifest, targets }, options);
});

afterAll(async () => {
  await emulator.stop();
  app.remove();
});

/** Writes the policies and waits until the gateway decides by them. */
async function reloaded(text: string, isSo: () => Promise<boolean>): Promise<void> {
  app.write('app/policies/classes.cedar', text);
  await expect.poll(isSo).toBe(true);
}

/** Names of the tools that a caller is shown. */
async function listed(): Promise<string[]> {
  const headers = { authorization: `Bearer ${await emulator.token('rita')}` };
  const names: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { body } = await post(emulator, 'tools/list', cursor === '' ? {} : { cursor }, headers);
    names.push(...body.result.tools.map(({ name }) => name));
    cursor = body.result.nextCursor;
  }
  return names;
}

describe('policies on classes, in the emulator', () => {
  it('let the tools of a class be seen and called, and no other', async () => {
    await reloaded(`${READ}\n${DESTROY}`, async () => (await listed()).length === COUNT);
    const names = await listed();
    expect(names).toContain(`Claims___${read(COUNT - 1)}`);
    expect((await call(emulator, 'rita', `Claims___${read(7)}`)).error).toBeUndefined();
    expect((await call(emulator, 'rita', 'Claims___note')).error.message).toContain('No policy applies');
  });

  it('are named in a denial as the service names them, by the part that the tool is in', async () => {
    const denied = `${READ}\n@id("nobody-reads") forbid(${on('read')}) when { principal.hasTag("username") && principal.getTag("username") == "rita" };`;
    await reloaded(denied, async () =>
      JSON.stringify(await call(emulator, 'rita', `Claims___${read(0)}`)).includes('nobody_reads'),
    );
    const { policies, targets } = emulator.manifest();
    const parts = deployedPolicies(policies, targets).filter(({ partOf }) => partOf === 'nobody-reads');
    expect(parts.length).toBeGreaterThan(1);
    const named = new Set<string>();
    for (const index of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const name = `Claims___${read(index)}`;
      const { message } = (await call(emulator, 'rita', name)).error;
      const [part, ...others] = parts.filter(({ statementParts }) => statementParts.join('').includes(`"${name}"`));
      expect(others).toEqual([]);
      expect(message).toContain(part?.name);
      named.add(part?.name ?? '');
    }
    expect(named.size).toBeGreaterThan(1);
  });
});
