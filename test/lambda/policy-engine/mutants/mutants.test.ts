import { expect, it } from 'vitest';
import { read } from '../../../house/source-files';
import { MUTANTS } from './mutants';

it('each mutant changes one place that is there', () => {
  const lost = MUTANTS.filter(({ file, from }) => read(file).split(from).length !== 2);
  expect(lost.map(({ file, from }) => `${file}: ${from}`)).toEqual([]);
  expect(new Set(MUTANTS.map(({ file, from, to }) => `${file} ${from} ${to}`)).size).toBe(MUTANTS.length);
});
