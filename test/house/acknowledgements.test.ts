import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../../lib/diagnostics/catalogue';
import { ROOT, read } from './source-files';

const TEXTS = ['lib', 'bin', 'docs', 'scripts', 'README.md'];

/** Codes after the namespace `governed-gateway::` in code and documentation. */
function acknowledged(): string[] {
  const listed = execFileSync('git', ['grep', '-lF', 'governed-gateway::', '--', ...TEXTS], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const files = listed.split('\n').filter((path) => path !== '');
  return files.flatMap((file) => [...read(file).matchAll(/governed-gateway::(\w+)/g)].map(([, code = '']) => code));
}

it('only warnings of the catalogue are acknowledged', () => {
  const warnings = Object.entries(CATALOGUE).flatMap(([code, { severity }]) => (severity === 'warning' ? [code] : []));
  const codes = acknowledged();
  expect(codes.length).toBeGreaterThan(3);
  expect(codes.filter((code) => !warnings.includes(code))).toEqual([]);
});
