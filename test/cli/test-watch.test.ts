import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandLine, INPUT, type RunningCommand, UNDERWRITING } from './command-line';

const RISK = UNDERWRITING['policies/risk.cedar'];
const TESTS = UNDERWRITING['policies/underwriting.test.yaml'];

let app: CommandLine;
let watch: RunningCommand | undefined;

beforeEach(() => {
  app = new CommandLine(UNDERWRITING);
});

afterEach(async () => {
  watch?.interrupt();
  await watch?.code;
  watch = undefined;
  app.remove();
});

describe('governed-gateway test --watch', () => {
  it('runs again after each change, shows what is broken and goes on', async () => {
    watch = app.start(['test', ...INPUT, '--watch']);
    const { written } = watch;
    await expect.poll(() => written.err).toContain('Ctrl-C ends it');
    expect(written.out).toContain('offline: 7 passed, 0 failed');
    app.write('policies/risk.cedar', RISK.replace('"finance"', '"sales"'));
    await expect.poll(() => written.out).toContain('offline: 4 passed, 3 failed');
    expect(written.err).toContain('changed: policies/risk.cedar\n');
    app.write('policies/risk.cedar', 'this is not cedar');
    await expect.poll(() => written.err).toContain('--> policies/risk.cedar:1');
    app.write('policies/risk.cedar', RISK);
    await expect.poll(() => written.out.split('offline: 7 passed')).toHaveLength(3);
    app.write('policies/more.test.yaml', TESTS);
    await expect.poll(() => written.out).toContain('offline: 14 passed, 0 failed');
    app.delete('policies/more.test.yaml');
    await expect.poll(() => written.out.split('offline: 7 passed')).toHaveLength(4);
    watch.interrupt();
    expect(await watch.code).toBe(0);
  });

  it('starts with files that are broken, and sees when they are mended', async () => {
    app.write('policies/underwriting.test.yaml', 'tests: {');
    watch = app.start(['test', ...INPUT, '--watch']);
    const { written } = watch;
    await expect.poll(() => written.err).toContain('Ctrl-C ends it');
    expect(written.err).toContain('error[');
    app.write('policies/underwriting.test.yaml', TESTS);
    await expect.poll(() => written.out).toContain('offline: 7 passed');
  });

  it.each([
    ['a format for machines', ['--format', 'json'], 'COMMAND_OPTIONS_EXCLUSIVE'],
    ['a file that it writes', ['--suggest-to', 'more.test.yaml'], 'COMMAND_OPTIONS_EXCLUSIVE'],
    ['a filter that is none', ['--filter', '('], 'COMMAND_OPTION_INVALID'],
    ['an app beside policies', ['--app', 'none'], 'COMMAND_OPTIONS_EXCLUSIVE'],
  ])('refuses %s', async (_what, args, code) => {
    const refused = await app.run(['test', ...INPUT, '--watch', ...args]);
    expect(refused.code).not.toBe(0);
    expect(refused.out + refused.err).toContain(code);
  });

  it('says what is missing without an app', async () => {
    const refused = await app.run(['test', '--watch']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('error[') });
  });
});
