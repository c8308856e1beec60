import { expect, it } from 'vitest';
import { read, sourceFiles } from './source-files';

it('begins with test files that there are', () => {
  const long = [...read('vitest.config.mts').matchAll(/^ {2}'(test\/[^']+)',$/gm)].map(([, file = '']) => file);
  const tests = sourceFiles('test/').filter((file) => file.endsWith('.test.ts'));
  expect(long.length).toBeGreaterThan(5);
  expect(long.filter((one) => !tests.some((file) => file.startsWith(one)))).toEqual([]);
});
