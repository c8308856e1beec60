import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProgramFolder } from './program-folder';

const PAGE = readFileSync('docs/emulator.md', 'utf8');

describe('the page of the emulator', () => {
  it('shows TypeScript that compiles', { timeout: 120_000 }, () => {
    const [, program = ''] = /^```ts\n([\s\S]*?)^```/m.exec(PAGE) ?? [];
    const folder = new ProgramFolder([['page.ts', `${program}\nvoid allowedForAdjusters;\n`]]);
    const output = folder.compilerOutput();
    folder.remove();
    expect(output).toBe('');
  });
});
