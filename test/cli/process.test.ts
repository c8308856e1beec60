import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../house/source-files';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

const app = new CommandLine(UNDERWRITING);
afterAll(() => app.remove());

/** Runs the built command as a process of its own. */
function command(args: readonly string[], input = ''): { code: number | null; out: string; err: string } {
  const entry = join(ROOT, 'dist/bin/governed-gateway.js');
  const result = spawnSync(process.execPath, [entry, ...args], { cwd: app.cwd, input, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

const RISK = ['--tool', 'Underwriting___invoke_risk_model', '--input', '{"id":"a"}'];

describe('the process', () => {
  it('ends with 0 and answers on stdout', () => {
    const { code, out, err } = command(['authorize', ...INPUT, ...RISK, '--claims', '-'], '{"department":"finance"}');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^ALLOW\n/);
  });

  it('ends with 2 when the answer is no', () => {
    expect(command(['authorize', ...INPUT, ...RISK, '--claims', '{}'])).toMatchObject({ code: 2, err: '' });
  });

  it('ends with 1 and says on stderr why it could not run', () => {
    expect(command(['autorize'])).toEqual({
      code: 1,
      out: '',
      err: 'error[COMMAND_UNKNOWN]: there is no command `autorize`\n  help: did you mean `authorize`?\n',
    });
  });

  it('ends with 3 when what it reads is wrong', () => {
    const { code, out } = command([
      'validate',
      '--policies',
      'policies',
      '--tools',
      'policies/risk.cedar',
      '--format',
      'json',
    ]);
    expect(code).toBe(3);
    expect(JSON.parse(out).diagnostics[0].code).toBe('COMMAND_JSON_INVALID');
  });
});
