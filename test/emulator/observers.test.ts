import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import type { Emulator } from '../../lib/emulator';
import { call, claimsApp, FixtureApp, policy, READERS_MAY_QUERY } from './fixture';

let app: FixtureApp;
let emulator: Emulator;
let lines: string[];
let logFile: string;

async function start(): Promise<void> {
  app = new FixtureApp();
  lines = [];
  logFile = join(app.directory, 'calls.jsonl');
  emulator = await app.start(claimsApp(app), { explain: true, logFile, print: (line) => lines.push(line) });
}

afterEach(async () => {
  await emulator.stop();
  app.remove();
});

/** Bytes in use after everything that nobody holds is gone. */
function usedMemory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('what a client may make long', () => {
  const LONG = 'x'.repeat(1_000_000);

  it('is kept neither in memory nor in the log file', async () => {
    await start();
    await call(emulator, 'rita', 'Claims___query', { id: LONG });
    await call(emulator, 'rita', 'Claims___query', { id: '1', [LONG]: 1 });
    await call(emulator, 'rita', LONG);
    await call(emulator, 'rita', 'Claims___query', { id: 'short' });
    const calls = await (await fetch(`${emulator.url}/emulator/calls`)).text();
    expect(calls.length).toBeLessThan(100_000);
    expect(calls).toContain('short');
    expect(readFileSync(logFile, 'utf8').length).toBeLessThan(10_000);
    expect(lines.join('').length).toBeLessThan(100_000);
  });

  it('is let go of when its beginning is kept', async () => {
    await start();
    await call(emulator, 'rita', 'warm');
    const before = usedMemory();
    for (let count = 0; count < 30; count += 1) await call(emulator, 'rita', LONG);
    expect(usedMemory() - before).toBeLessThan(20_000_000);
  });
});

describe('the console', () => {
  const ERRS = `permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource) when { context.input.limit > 3 };`;

  it('says why policies erred, although nobody asked for explanations', async () => {
    app = new FixtureApp();
    lines = [];
    const print = (line: string): number => lines.push(line);
    const policies = [policy('readers-query', READERS_MAY_QUERY), policy('errs', ERRS)];
    emulator = await app.start(claimsApp(app, { policies }), { print });
    await call(emulator, 'rita', 'Claims___query', { id: 'c-1', limit: 4 });
    expect(lines.join('\n')).not.toContain('matches');
    await call(emulator, 'rita', 'Claims___query', { id: 'c-1' });
    expect(lines.join('\n')).toMatch(/ERROR[\s\S]*error in errs: .*`limit`/);
  });

  it('tells of packs that end soon, when it starts', async () => {
    app = new FixtureApp();
    lines = [];
    const print = (line: string): number => lines.push(line);
    const ends = {
      at: '2026-03-01T00:00:00Z',
      noticeDays: 30,
      effect: 'the group auditors may no longer call class:read',
    };
    const pack = { id: 'audit', kind: 'untilDate', description: '', policies: '', tests: '', ends };
    const manifest = { ...claimsApp(app), packs: [pack] };
    emulator = await app.start(manifest, { print, clock: () => new Date('2026-01-15T00:00:00Z') });
    expect(lines.join('\n')).not.toContain('ends in');
    await emulator.stop();
    emulator = await app.start(manifest, { print, clock: () => new Date('2026-02-20T00:00:00Z') });
    expect(lines.join('\n')).toContain(
      'pack `audit` ends in 9 days, at `2026-03-01T00:00:00Z`: from then on the group auditors may no longer call class:read',
    );
  });

  it.each(['\u001b[2J', '\u001b]0;title\u0007', '\u009b2J', '\u202e', '\r'])(
    'does not let %j of a client through',
    async (sequence) => {
      await start();
      await call(emulator, 'rita', 'Claims___query', { id: '1', [`a${sequence}b`]: 1 });
      await call(emulator, 'rita', `Claims${sequence}`);
      const text = lines.join('\n');
      expect(text).toContain('is not declared');
      expect(text).not.toContain(sequence);
    },
  );
});
