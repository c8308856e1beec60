// The check of a contributor's minute: formats and lints what changed since origin/main (or the commit that is given), type-checks, and runs
// the tests of the house, the contract, the diagnostics and of the changed files. `.ci/run` decides; this tells early.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ALWAYS = ['test/house', 'test/contract', 'test/diagnostics'];

function changedFiles(since) {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  const files = [...git('diff', '--name-only', since), ...git('ls-files', '--others', '--exclude-standard')];
  return [...new Set(files)].filter((file) => existsSync(join(root, file)));
}

/** Tests mirror lib/ and lambda/: `lib/policy/text/lexer.ts` is tested by `test/policy/text/lexer.test.ts`. */
function testOf(file) {
  if (file.endsWith('.test.ts')) return [file];
  const test = join('test', file.replace(/^lib\//, '').replace(/\.ts$/, '.test.ts'));
  return basename(test) !== basename(file) && existsSync(join(root, test)) ? [test] : [];
}

function run(program, ...args) {
  const { status } = spawnSync('npx', ['--no-install', program, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

const changed = changedFiles(process.argv[2] ?? 'origin/main');
const sources = changed.filter((file) => /\.(ts|mts|mjs)$/.test(file));
if (changed.length > 0) run('biome', 'check', '--no-errors-on-unmatched', ...changed);
if (sources.length > 0) run('oxlint', '--type-aware', '--deny-warnings', ...sources);
run('tsc', '-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/lib.tsbuildinfo');
run(
  'tsc',
  '-p',
  'lambda/tsconfig.json',
  '--incremental',
  '--tsBuildInfoFile',
  'node_modules/.cache/lambda.tsbuildinfo',
);
run('vitest', 'run', '--reporter=dot', ...ALWAYS, ...sources.flatMap(testOf));
