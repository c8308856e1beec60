import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GENERATED_PAGES } from '../../scripts/generated-pages';
import { ROOT } from '../house/source-files';

describe('generated pages', () => {
  it.each(GENERATED_PAGES)('$path is what `npx tsx scripts/generate-docs.ts` writes', ({ path, render }) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(render());
  });
});
