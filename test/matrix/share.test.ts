import { describe, expect, it } from 'vitest';
import { nameOf, SHARE } from './row';
import { tryRow } from './try-row';

describe('a project of the kind', () => {
  it.each(SHARE.map((row) => [nameOf(row), row] as const))('%s', async (_, row) => {
    await expect(tryRow(row)).resolves.toBeUndefined();
  });
});
