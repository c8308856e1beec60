import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/run';
import { CALLBACK, CLIENT, claimsApp, FixtureApp, MACHINE } from '../emulator/fixture';

let app: FixtureApp;
let cwd: string;

beforeEach(() => {
  app = new FixtureApp();
  cwd = mkdtempSync(join(tmpdir(), 'governed-gateway-cli-'));
  app.manifest(claimsApp(app));
});

afterEach(() => {
  app.remove();
  rmSync(cwd, { recursive: true, force: true });
});

interface Running {
  readonly written: { out: string; err: string };
  readonly code: Promise<number>;
  readonly interrupt: () => void;
}

/** Runs `governed-gateway` in this process, until it ends or is interrupted. */
function start(...args: string[]): Running {
  return startAs({ interactive: false }, ...args);
}

/** As {@link start}, for a person who watches or for a script. */
function startAs({ interactive }: { readonly interactive: boolean }, ...args: string[]): Running {
  const written = { out: '', err: '' };
  let interrupt = (): void => undefined;
  const code = run(args, {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    readInput: () => Promise.resolve(''),
    cwd,
    interactive,
    onInterrupt: (listener) => {
      interrupt = listener;
    },
  });
  return { written, code, interrupt: () => interrupt() };
}

describe('governed-gateway emulate', () => {
  it('serves until it is interrupted, and token prints tokens that it takes', async () => {
    const emulator = start('emulate', app.directory, '--port', '0', '--explain', '--log-file', 'calls.jsonl');
    await expect.poll(() => emulator.written.out).toContain('personas      rita, walt');
    const url = /MCP endpoint {2}(http:\S+)\/mcp/.exec(emulator.written.out)?.[1] ?? '';
    expect(emulator.written.out).toContain(
      `client        people: id ${CLIENT}, no secret, callback ${CALLBACK}\n  client        machine: id ${MACHINE}, secret Local-password-1`,
    );
    const token = start('token', '--as', 'rita', '--url', url);
    expect(await token.code).toBe(0);
    const response = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token.written.out.trim()}` },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"Claims___query","arguments":{"id":"secret-id"}}}',
    });
    expect(response.status).toBe(200);
    expect(emulator.written.out).toMatch(
      /rita +Claims___query +ALLOW \[readers-query\] +[\d.]+ ms \(auth [\d.]+, request [\d.]+, policy [\d.]+, target [\d.]+, response [\d.]+\)/,
    );
    expect(emulator.written.out).toContain('permit readers-query (policies/readers-query.cedar:1): matches');
    emulator.interrupt();
    expect(await emulator.code).toBe(0);
    const log = readFileSync(join(cwd, 'calls.jsonl'), 'utf8');
    expect(JSON.parse(log)).toMatchObject({
      who: 'rita',
      tool: 'Claims___query',
      outcome: 'ALLOW',
      determining: ['readers-query'],
    });
    expect(log).not.toContain('secret-id');
    expect(log).not.toContain(token.written.out.trim());
  });

  it('decides in the mode that it is told, whatever the app is deployed in', async () => {
    for (const [mode, isDenied] of [
      ['ENFORCE', true],
      ['LOG_ONLY', false],
    ] as const) {
      const emulator = start('emulate', app.directory, '--port', '0', '--no-watch', '--mode', mode);
      await expect.poll(() => emulator.written.out).toContain(`Test/Gateway, ${mode}`);
      const url = /MCP endpoint {2}(http:\S+)\/mcp/.exec(emulator.written.out)?.[1] ?? '';
      const token = start('token', '--claims', '{"sub":"walt","cognito:groups":["nobodies"]}', '--url', url);
      expect(await token.code).toBe(0);
      const response = await fetch(`${url}/mcp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token.written.out.trim()}` },
        body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"Claims___query","arguments":{"id":"1"}}}',
      });
      const body = (await response.json()) as { error?: unknown };
      expect(body.error !== undefined).toBe(isDenied);
      emulator.interrupt();
      await emulator.code;
    }
  });

  it("gives tokens with claims of one's own, and says who is meant by a wrong name", async () => {
    const emulator = start('emulate', app.directory, '--port', '0', '--no-watch');
    await expect.poll(() => emulator.written.out).toContain('MCP endpoint');
    const url = /MCP endpoint {2}(http:\S+)\/mcp/.exec(emulator.written.out)?.[1] ?? '';
    const own = start('token', '--claims', '{"sub":"x","department":"finance"}', '--url', url);
    expect(await own.code).toBe(0);
    const wrong = start('token', '--as', 'ritta', '--url', url);
    expect(await wrong.code).toBe(1);
    expect(wrong.written.err).toContain('did you mean `rita`');
    emulator.interrupt();
    await emulator.code;
  });

  it.each([
    ['an unknown switch', ['--switch', 'denialShap=result'], 'did you mean `denialShape`'],
    ['a wrong value of a switch', ['--switch', 'denialShape=other'], '`error` or `result`'],
    ['a wrong number', ['--switch', 'toolListPageSize=0'], 'a positive number'],
    ['an endpoint without target', ['--endpoint', 'http://x'], 'target=http://'],
    ['a wrong port', ['--port', '99999'], 'from 0 to 65535'],
    ['an unknown gateway', ['--gateway', 'Tset/Gateway'], 'did you mean `Test/Gateway`'],
  ])('refuses %s', async (_, args, message) => {
    const refused = start('emulate', app.directory, '--port', '0', ...args);
    expect([1, 3]).toContain(await refused.code);
    expect(refused.written.err).toContain(message);
  });

  it('says what to do without an app', async () => {
    const refused = start('emulate', cwd);
    expect(await refused.code).toBe(1);
    expect(refused.written.err).toContain('npx cdk synth');
  });
});

describe('governed-gateway token', () => {
  it('says that no emulator runs', async () => {
    const refused = start('token', '--as', 'rita', '--url', 'http://127.0.0.1:9');
    expect(await refused.code).toBe(1);
    expect(refused.written.err).toContain('no emulator answers');
  });
});

describe('governed-gateway verify', () => {
  const TESTS = `personas:\n  rita: { username: rita, groups: [readers] }\ntests:\n  - { as: rita, call: Claims___query, arguments: { id: '1' }, expect: EXPECTED }\n`;

  it.each([
    ['ALLOW', 0],
    ['DENY', 2],
  ])('runs the tests offline and on the emulator: %s', async (expected, code) => {
    app.write('claims.test.yaml', TESTS.replace('EXPECTED', expected));
    const verify = start('verify', join(app.directory, 'claims.test.yaml'), '--emulator', '--app', app.directory);
    expect(await verify.code).toBe(code);
    expect(verify.written.out).toMatch(/case +expected +offline +emulator/);
    expect(verify.written.out).toContain(`emulator: ${code === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed'}`);
  });

  it('renders JUnit and JSON', async () => {
    app.write('claims.test.yaml', TESTS.replace('EXPECTED', 'ALLOW'));
    const args = [join(app.directory, 'claims.test.yaml'), '--emulator', '--app', app.directory];
    const junit = start('verify', ...args, '--format', 'junit');
    await junit.code;
    expect(junit.written.out).toContain('<testsuites name="emulator" tests="1" failures="0"');
    const json = start('verify', ...args, '--format', 'json');
    await json.code;
    expect(JSON.parse(json.written.out)).toMatchObject({
      gateway: 'Test/Gateway',
      live: { passed: 1 },
      parity: { backends: ['offline', 'emulator'] },
    });
  });

  it('shows how far it is to a person who watches, and to nobody else', async () => {
    const more = "  - { as: rita, call: Claims___query, arguments: { id: '2' }, expect: ALLOW }\n".repeat(2);
    app.write('claims.test.yaml', TESTS.replace('EXPECTED', 'ALLOW') + more);
    const args = ['verify', join(app.directory, 'claims.test.yaml'), '--emulator', '--app', app.directory];
    const watched = startAs({ interactive: true }, ...args);
    expect(await watched.code).toBe(0);
    expect(watched.written.err).toContain('\r1 of 3\r2 of 3\r3 of 3\n');
    const piped = start(...args);
    expect(await piped.code).toBe(0);
    expect(piped.written.err).not.toContain('of 3');
  });

  it('needs to be told what to verify', async () => {
    const refused = start('verify', '--app', app.directory);
    expect(await refused.code).not.toBe(0);
    expect(refused.written.err).toContain('--emulator');
  });
});
