/**
 * Applies each mutant to `lambda/policy-engine`, in memory, and runs the tests against it: all must be caught. Takes a while.
 * Run: `npm run mutants`, or `npm run mutants -- 3 17` for some of them, by their places in the list.
 */
import { spawnSync } from 'node:child_process';
import { MUTANTS } from './mutants';

const places = process.argv.slice(2).map(Number);
const survivors: string[] = [];
for (const [place, { file, from, to }] of MUTANTS.entries()) {
  if (places.length > 0 && !places.includes(place)) continue;
  const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.mutants.config.mts', '--bail', '1'], {
    env: { ...process.env, MUTANT: String(place) },
    stdio: 'ignore',
  });
  const title = `${place} ${file}: ${from} -> ${to}`;
  process.stdout.write(`${status === 0 ? 'SURVIVED' : 'caught  '} ${title}\n`);
  if (status === 0) survivors.push(title);
}
process.exitCode = survivors.length > 0 ? 1 : 0;
