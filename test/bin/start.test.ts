import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../house/source-files';

const env = { ...process.env, NODE_OPTIONS: '' };
// Cedar's WebAssembly runs for seconds only.
const program = ['--liftoff-only', '--import', 'tsx', 'bin/start.ts'];

/** Runs a command of the printed instructions, as a shell would. It may end with an exit code of its own. */
function inShell(command: string): Promise<string> {
  return new Promise((resolve) => {
    execFile('sh', ['-c', command], { cwd: ROOT, env }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}

describe('npm start', () => {
  it('enforces, shows what people may do, and prints commands that work', async () => {
    const child = spawn(process.execPath, [...program, '--port', '0'], { cwd: ROOT, env });
    try {
      const printed = await new Promise<string>((resolve, reject) => {
        let text = '';
        child.stderr.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        child.stdout.setEncoding('utf8').on('data', (part: string) => {
          text += part;
          if (text.includes('Ctrl-C ends.')) resolve(text);
        });
        child.on('close', () => reject(new Error(text)));
      });
      // Allowed, denied with reason, hidden tool, masked column, spoofed geography: the tour fails when one comes out otherwise.
      expect(printed).not.toContain('UNEXPECTED');
      for (const text of [
        'query_claims, get_claim_details, text_to_sql',
        '10 claims, 0 of other people',
        'denied: No policy applies to the request',
        'claimant_email: ***',
        'denied: Policy evaluation denied due to',
        'allowed, 36 rows',
        'The policies decide (ENFORCE).',
      ])
        expect(printed).toContain(text);
      expect(printed).toMatch(/"url": "http:\/\/127\.0\.0\.1:\d+\/mcp".*"Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+"/);

      const commands = [...printed.matchAll(/^ {2}(npx .+)$/gm)].map((match) => match[1] as string);
      const [called = '', why = '', token = ''] = await commands.reduce<Promise<string[]>>(
        async (before, command) => [...(await before), await inShell(command)],
        Promise.resolve([]),
      );
      expect(commands).toHaveLength(3);
      expect(called).toContain('No policy applies to the request');
      expect(why).toContain('No policy applies to the request');
      expect(token).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/m);
    } finally {
      child.removeAllListeners('close');
      child.kill();
    }
  });

  it.each([
    ['--port=many', '--port takes a number from 0 to 65535'],
    ['--prot=1', '--prot'],
  ])('refuses %s', async (option, message) => {
    const run = promisify(execFile)(process.execPath, [...program, '--once', option], { cwd: ROOT, env });
    await expect(run).rejects.toMatchObject({ stderr: expect.stringContaining(message), stdout: '' });
  });
});
