import { expect, it } from 'vitest';
import { read, sourceFiles } from './source-files';

/** The limit of vitest.config.mts, in milliseconds. */
const GLOBAL = 300_000;

/** A limit of a test, a hook, a poll or a file. Those of child processes are something else. */
const LIMIT =
  /^\s*\}, (?<end>[\d_]{4,})\);$|\b(?:it|describe|poll)\b.*\{ timeout: (?<option>[\d_]+) \}|\btestTimeout: (?<all>[\d_]+)/gm;

it('has no test that a loaded machine could fail: none has a shorter limit than all', () => {
  const short = sourceFiles('test/').flatMap((file) =>
    !file.endsWith('.test.ts')
      ? []
      : [...read(file).matchAll(LIMIT)].flatMap(([, end, option, all]) => {
          const limit = Number((end ?? option ?? all ?? '').replaceAll('_', ''));
          return limit < GLOBAL ? [`${file}: ${limit}`] : [];
        }),
  );
  expect(short).toEqual([]);
});
