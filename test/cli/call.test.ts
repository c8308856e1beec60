import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { claimsApp, FixtureApp } from '../emulator/fixture';
import { CommandLine } from './command-line';

const app = new FixtureApp();
const line = new CommandLine();
let emulator: Emulator;

beforeAll(async () => {
  const assembly = app.manifest(claimsApp(app));
  emulator = await startEmulator({ assembly, port: 0, logFile: join(line.cwd, 'calls.jsonl') });
  writeFileSync(join(line.cwd, 'rita.jwt'), `${await emulator.token('rita')}\n`);
});

afterAll(async () => {
  await emulator.stop();
  app.remove();
  line.remove();
});

const QUERY = ['--tool', 'Claims___query', '--input', '{"id":"secret-id"}'];
const call = (...args: string[]) => line.run(['call', '--url', emulator.url, ...args]);
const why = (...args: string[]) => line.run(['why', '--url', emulator.url, ...args]);

describe('governed-gateway call', () => {
  it('answers as the tool does, and tells the way of the call', async () => {
    const { code, out, err } = await call('--as', 'rita', ...QUERY);
    expect([code, out]).toEqual([0, expect.stringContaining('secret-id')]);
    expect(err).toMatch(/rita Claims___query, .*\n {2}token +passed .*[\s\S]*policies +ALLOW by readers-query/);
  });

  it('says why a call is denied, for a user and for claims', async () => {
    const denied = await call('--as', 'walt', ...QUERY);
    expect(denied.code).toBe(2);
    expect(denied.out).toMatch(/^error -\d+: /);
    expect(denied.err).toMatch(/readers-query.*like "\*\\"readers\\"\*".*does not hold/);
    const claims = JSON.stringify({ sub: 'eve', 'cognito:groups': ['readers'] });
    expect(await call('--claims', claims, ...QUERY)).toMatchObject({ code: 0 });
    const { out } = await call('--as', 'walt', ...QUERY, '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({ record: { refusedBy: 'policy', outcome: 'DENY' } });
  });

  it('calls an MCP endpoint with a token from a file, by the official client', async () => {
    const endpoint = ['--url', emulator.mcpUrl, '--token', 'rita.jwt'];
    expect(await line.run(['call', ...endpoint, ...QUERY])).toMatchObject({ code: 0 });
    const purge = ['--tool', 'Claims___purge', '--input', '{"id":"1"}'];
    const denied = await line.run(['call', ...endpoint, ...purge]);
    expect(denied).toMatchObject({ code: 2, out: expect.stringMatching(/^denied by policy: /) });
    writeFileSync(join(line.cwd, 'none.jwt'), 'a.b.c');
    const refused = await line.run(['call', '--url', emulator.mcpUrl, '--token', 'none.jwt', ...QUERY]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('CALL_NOT_CONNECTED') });
  });

  it.each([
    ['nobody who calls', QUERY, 'COMMAND_OPTION_MISSING'],
    ['two who call', ['--as', 'rita', '--token', 'rita.jwt', ...QUERY], 'COMMAND_OPTIONS_EXCLUSIVE'],
    ['somebody who is not there', ['--as', 'ritta', ...QUERY], 'EMULATOR_PERSONA_UNKNOWN'],
    ['no emulator', ['--as', 'rita', ...QUERY, '--url', 'http://127.0.0.1:9'], 'EMULATOR_NOT_RUNNING'],
  ])('with %s says so', async (_what, args, code) => {
    const { code: exit, err } = await call(...args);
    expect(exit).not.toBe(0);
    expect(err).toContain(code);
  });
});

describe('governed-gateway why', () => {
  it('tells the last refusal, and any call by its id, from the emulator and from its log file', async () => {
    const answer = JSON.parse((await call('--as', 'walt', ...QUERY, '--format', 'json')).out);
    const { requestId } = answer.record as { requestId: string };
    const last = await why();
    expect(last).toMatchObject({ code: 0, out: expect.stringContaining(requestId) });
    expect((await why(requestId)).out).toBe(last.out);
    const logged = await line.run(['why', requestId, '--log-file', 'calls.jsonl']);
    expect(logged.out).toContain('does not hold');
    expect(logged.out).not.toContain('secret-id');
    expect(JSON.parse((await why(requestId, '--format', 'json')).out)).toMatchObject({ requestId });
    expect(await why('none')).toMatchObject({ code: 1, err: expect.stringContaining('CALL_UNKNOWN') });
  });
});
