import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../lib/cli/commands';
import { ROOT, read } from '../house/source-files';

const ENTRY = join(ROOT, 'dist/bin/governed-gateway.js');
const text = read('dist/bin/governed-gateway.js');

function all(pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] as string);
}

describe('the entry of the command line', () => {
  const held = all(/^\/\/ (lib\/.+)\.ts$/gm);
  const onDemand = all(/import\("(\.[^"]+)"\)/g);

  it('holds the commands over policies, and finds each of the others where the compiler wrote it', () => {
    const isHeld = (name: string): boolean => held.includes(`lib/cli/commands/${name}`);
    const others = COMMANDS.filter(({ name }) => !isHeld(name)).map(({ name }) => `../lib/cli/commands/${name}.js`);
    expect(isHeld('validate') && isHeld('authorize')).toBe(true);
    expect(onDemand).toEqual(expect.arrayContaining(others));
    expect(onDemand.filter((path) => !existsSync(join(dirname(ENTRY), path)))).toEqual([]);
  });

  it('holds nothing that would look for files beside itself', () => {
    const sources = held.filter((path) => /\b__dirname\b|\b__filename\b|require\.resolve/.test(read(`${path}.ts`)));
    // The one looks for `package.json` in all folders above, the other resolves packages.
    expect(sources.sort()).toEqual(['lib/cli/package-manifest', 'lib/policy/cedar/cedar']);
  });

  it('asks for no package but the dependencies and peers of this one', () => {
    const { dependencies, peerDependencies } = JSON.parse(read('package.json'));
    const packages = all(/\b(?:require|import)\("([^".][^"]*)"\)/g).filter((id) => !/^node:/.test(id));
    expect(packages.filter((id) => !(id in dependencies) && !(id in peerDependencies))).toEqual([]);
  });

  it.each(['prove', 'why'])('runs in any directory: %s', (name) => {
    const options = { cwd: tmpdir(), encoding: 'utf8' } as const;
    expect(execFileSync(process.execPath, [ENTRY, name, '--help'], options)).toContain(`governed-gateway ${name}`);
  });
});
