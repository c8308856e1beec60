import { afterAll, describe, expect, it } from 'vitest';
import { programsOf } from './page';
import { ProgramFolder } from './program-folder';

const folder = new ProgramFolder(programsOf('observability.md'));
afterAll(() => folder.remove());

describe('the programs of docs/observability.md', () => {
  it('compile', { timeout: 120_000 }, () => {
    expect(folder.compilerOutput()).toBe('');
  });
});
