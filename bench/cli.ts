// CPU time of short commands on the example applications, the start of Node.js included. Ends with 4 when one takes more than 1 s, or more
// than five times what an empty Node.js process takes. The best of five rounds counts: whatever else runs only slows.
// Run: npm run build && npx tsx bench/cli.ts
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../lib/cli/exit-code';

const ROUNDS = 5;
const LIMIT_SECONDS = 1;
const LIMIT_TIMES = 5;

const root = join(__dirname, '..');
const assembly = mkdtempSync(join(tmpdir(), 'governed-gateway-bench-'));
const command = join(root, 'dist/bin/governed-gateway.js');
const gateway = ['--app', assembly, '--gateway', 'dev/Lakehouse/Gateway'];

const COMMANDS: { readonly [name: string]: readonly string[] } = {
  validate: ['validate', ...gateway],
  authorize: ['authorize', ...gateway, '--tool', 'lakehouse___query_claims', '--claims', '{"sub":"ann"}'],
};

/** Seconds of CPU that a process takes at best. The answer of a command may be no. */
function best(args: readonly string[]): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', 'TIMEFORMAT="%U %S"; time "$@" > /dev/null', '-', process.execPath, ...args],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    if (status !== EXIT.ok && status !== EXIT.negative) throw new Error(`${args.join(' ')}: ${stderr}`);
    const [user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    return user + system;
  });
  return Math.min(...rounds);
}

const synth = spawnSync('npx', ['cdk', 'synth', 'dev/*', '--quiet', '--output', assembly], {
  cwd: root,
  stdio: 'ignore',
});
if (synth.status !== 0) throw new Error('the example applications do not synthesize');
const empty = best(['--eval', '0']);
console.log(`empty Node.js process: ${empty.toFixed(2)} s of CPU`);
for (const [name, args] of Object.entries(COMMANDS)) {
  const seconds = best([command, ...args]);
  const times = seconds / empty;
  if (seconds > LIMIT_SECONDS || times > LIMIT_TIMES) process.exitCode = EXIT.doesNotHold;
  console.log(
    `${name}: ${seconds.toFixed(2)} s of CPU (limit ${LIMIT_SECONDS}), ${times.toFixed(1)} times the empty process (limit ${LIMIT_TIMES})`,
  );
}
