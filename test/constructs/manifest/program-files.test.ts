import { createHash } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashedProgram } from '../../../lib/constructs/manifest/program-files';

const before = process.cwd();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'program-')));
const file = join(folder, 'app.cjs');
const require = createRequire(file);
const loadedText = 'module.exports = 1;\n';

beforeAll(() => {
  process.chdir(folder);
  writeFileSync(file, loadedText);
  require(file);
});

afterAll(() => {
  process.chdir(before);
  delete require.cache[file];
  rmSync(folder, { recursive: true });
});

it('reads the program once for all gateways of an app, as it was loaded', () => {
  const app = new App();
  const sha256 = createHash('sha256').update(loadedText).digest('hex');
  expect(hashedProgram(new Stack(app, 'One'))).toEqual([{ file: 'app.cjs', sha256 }]);
  writeFileSync(file, 'module.exports = 2;\n');
  expect(hashedProgram(new Stack(app, 'Two'))).toEqual([{ file: 'app.cjs', sha256 }]);
  expect(hashedProgram(new Stack(new App(), 'One'))).not.toEqual([{ file: 'app.cjs', sha256 }]);
});
