// The check of a contributor's minute: formats, lints and type-checks what changed since origin/main (or the commit that is given) with what
// imports it, and runs the tests of the house and of the changed files. `.ci/run` decides; this tells early.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const others = ['ls-files', '--others', '--exclude-standard'];
const isThere = (file) => existsSync(join(root, file));

/**
 * Tests mirror lib/ and lambda/: `lib/policy/text/lexer.ts` is tested by `test/policy/text/lexer.test.ts`, contract and diagnostics
 * by all of their tests, and what an index exports by the test of the entries.
 */
function testsOf(file) {
  if (file.endsWith('.test.ts')) return [file];
  const ground = /^lib\/(contract|diagnostics)\//.exec(file)?.[1];
  if (ground !== undefined) return [`test/${ground}`];
  if (/^(lib|lambda)\/.*index\.ts$/.test(file)) return ['test/scripts/exports.test.ts'];
  const test = join('test', file.replace(/^lib\//, '').replace(/\.ts$/, '.test.ts'));
  return basename(test) !== basename(file) && isThere(test) ? [test] : [];
}

/** Sources that import one of these, or a file that is gone: what a changed declaration breaks is there. */
function importersOf(files) {
  const modules = new Set(files.map((file) => file.replace(/(\/index)?\.m?ts$/, '')));
  return [...git('ls-files', '*.ts'), ...git(...others, '*.ts')].filter(isThere).filter((file) => {
    const imports = readFileSync(join(root, file), 'utf8').matchAll(/(?:\bfrom|\bimport\()\s*'(\.[^']*)'/g);
    return [...imports].some(([, id]) => modules.has(join(dirname(file), id).replace(/(\/index)?(\.m?js)?$/, '')));
  });
}

/** Runs a program of an installed package, and ends this one when it fails. */
function run(program, ...args) {
  const { status } = spawnSync(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

const touched = [...new Set([...git('diff', '--name-only', process.argv[2] ?? 'origin/main'), ...git(...others)])];
const changed = touched.filter(isThere);
const sources = changed.filter((file) => /\.(ts|mts|mjs)$/.test(file));
const importers = importersOf(touched.filter((file) => /\.m?ts$/.test(file)));
const checked = [...new Set([...sources, ...importers])];
if (changed.length > 0) run('biome', 'check', '--no-errors-on-unmatched', ...changed);
if (checked.length > 0) run('oxlint', '--type-aware', '--type-check', '--deny-warnings', ...checked);
run('vitest', 'run', '--reporter=dot', '--maxWorkers=1', 'test/house', ...sources.flatMap(testsOf));
