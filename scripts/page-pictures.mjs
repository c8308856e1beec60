// Takes the pictures of docs/emulator.md from the tests of the emulator's page: `node scripts/page-pictures.mjs`.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PICTURES = { 'calls-denied-window': 'page-calls', 'policies-broken-window': 'page-policies' };

const folder = mkdtempSync(join(tmpdir(), 'page-pictures-'));
const tests = ['calls', 'policies'].map((view) => `test/emulator/page/${view}.test.ts`);
execFileSync('npx', ['vitest', 'run', ...tests], { env: { ...process.env, SCREENSHOTS: folder }, stdio: 'inherit' });
for (const [from, to] of Object.entries(PICTURES))
  copyFileSync(join(folder, `${from}.png`), join('docs/images', `${to}.png`));
rmSync(folder, { recursive: true });
