import { expect, it } from 'vitest';
import { LONG_FILES } from '../long-files';
import { sourceFiles } from './source-files';

it('begins with test files that there are', () => {
  const tests = sourceFiles('test/').filter((file) => file.endsWith('.test.ts'));
  expect(LONG_FILES.filter((long) => !tests.some((file) => file.startsWith(long)))).toEqual([]);
});
