import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PAGE = readFileSync('docs/emulator.md', 'utf8');
const blocks = (language: string): string[] =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

describe('the page of the emulator', () => {
  it('shows TypeScript that compiles', () => {
    const [program = ''] = blocks('ts');
    const folder = mkdtempSync('test/docs/emulator-page-');
    const source = program.replace("'governed-gateway/emulator'", "'../../../lib/emulator'");
    writeFileSync(join(folder, 'page.ts'), `${source}\nvoid allowedForAdjusters;\n`);
    const settings = { extends: '../../../tsconfig.json', include: ['page.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    try {
      expect(spawnSync('npx', ['tsc', '-p', folder], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
});
