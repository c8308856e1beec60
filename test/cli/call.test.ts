import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneGateway } from '../../lib/cli/gateway-input';
import { readPrincipal } from '../../lib/cli/principal-option';
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

const silent = {
  out: () => undefined,
  err: () => undefined,
  readInput: () => Promise.resolve(''),
  interactive: false,
  onInterrupt: () => undefined,
};
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
    ['somebody who is not there', ['--as', 'ritta', ...QUERY], 'COMMAND_PERSONA_UNKNOWN'],
    ['no emulator', ['--as', 'rita', ...QUERY, '--url', 'http://127.0.0.1:9'], 'EMULATOR_NOT_RUNNING'],
  ])('with %s says so', async (_what, args, code) => {
    const { code: exit, err } = await call(...args);
    expect(exit).not.toBe(0);
    expect(err).toContain(code);
  });
});

describe('governed-gateway authorize', () => {
  const authorize = (...args: string[]) => line.run(['authorize', '--app', app.directory, ...args]);

  it('decides for a user, a machine client and a token as the emulator does', async () => {
    const gateway = await oneGateway({ ...silent, cwd: line.cwd }, { app: app.directory });
    for (const name of ['rita', 'walt', 'machine']) {
      writeFileSync(join(line.cwd, `${name}.jwt`), await emulator.token(name));
      const { code } = await call('--as', name, ...QUERY);
      expect([name, (await authorize('--as', name, ...QUERY)).code]).toEqual([name, code]);
      const byToken = await authorize('--token', `${name}.jwt`, ...QUERY);
      expect(byToken).toMatchObject({
        code,
        err: expect.stringContaining('signature, issuer and audience are not checked\n'),
      });
      const [as, token] = await Promise.all(
        [{ as: name }, { token: `${name}.jwt` }].map((who) =>
          readPrincipal({ ...silent, cwd: line.cwd }, gateway, who, new Date()),
        ),
      );
      if (name !== 'machine') expect(as?.id).toBe(token?.id);
      expect(token?.tags).toMatchObject(name === 'machine' ? {} : (as?.tags ?? {}));
    }
  });

  it('says that a token has expired', async () => {
    const parts = [{ alg: 'none' }, { sub: 'eve', 'cognito:groups': ['readers'], exp: 1_700_000_000 }];
    writeFileSync(
      join(line.cwd, 'old.jwt'),
      `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.\n`,
    );
    expect(await authorize('--token', 'old.jwt', ...QUERY)).toMatchObject({
      code: 0,
      err: expect.stringContaining('it has expired'),
    });
    const then = await authorize('--token', 'old.jwt', '--now', '2023-01-01T00:00:00Z', ...QUERY);
    expect(then.err).not.toContain('expired');
  });

  it.each([
    ['nobody', [], 'COMMAND_OPTION_MISSING'],
    ['a user and claims', ['--as', 'rita', '--claims', '{}'], 'COMMAND_OPTIONS_EXCLUSIVE'],
    ['a token and a role', ['--token', 'rita.jwt', '--iam', 'x'], 'COMMAND_OPTIONS_EXCLUSIVE'],
    ['a misspelt user', ['--as', 'ritta'], 'did you mean `rita`?'],
    ['a file without token', ['--token', 'calls.jsonl'], 'COMMAND_TOKEN_INVALID'],
    ['a file that is not there', ['--token', 'none.there'], 'COMMAND_FILE_UNREADABLE'],
  ])('with %s says so', async (_what, args, text) => {
    const { code, out, err } = await authorize(...args, ...QUERY);
    expect([code === 0 || code === 2, out]).toEqual([false, '']);
    expect(err).toContain(text);
  });
});

describe('governed-gateway token', () => {
  it('takes a user or claims, not both', async () => {
    const { code, err } = await line.run(['token', '--url', emulator.url, '--as', 'rita', '--claims', '{}']);
    expect([code, err]).toEqual([1, expect.stringContaining('COMMAND_OPTIONS_EXCLUSIVE')]);
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
