import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleTypeScript } from '../../../lib/constructs/functions/bundle-typescript';
import { diagnosticsOf } from '../targets/diagnostics-of';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundle-test-'));
  project('app');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function project(name: string): string {
  const directory = join(root, name);
  mkdirSync(join(directory, 'src'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"name":"app"}');
  writeFileSync(join(directory, 'src/name.ts'), 'export const name: string = "claims";\n');
  writeFileSync(
    join(directory, 'src/tool.ts'),
    "import { S3Client } from '@aws-sdk/client-s3';\nimport { name } from './name';\nexport const handler = () => [name, S3Client];\n",
  );
  return directory;
}

const entryOf = (app: string): string => join(root, app, 'src/tool.ts');

function contents(directory: string): string[] {
  return readdirSync(directory)
    .sort()
    .map((name) => `${name}\n${readFileSync(join(directory, name), 'utf8')}`);
}

describe('bundleTypeScript', () => {
  it('makes one CommonJS file with its source map, and leaves the AWS SDK to the runtime', () => {
    const bundle = bundleTypeScript(entryOf('app'));
    expect(bundle.handler).toBe('index.handler');
    expect(bundle.entry).toBe(entryOf('app'));
    expect(readdirSync(bundle.directory).sort()).toEqual(['index.js', 'index.js.map']);
    const code = readFileSync(join(bundle.directory, 'index.js'), 'utf8');
    expect(code).toContain('require("@aws-sdk/client-s3")');
    expect(code).toContain('"claims"');
    expect(code).toContain('sourceMappingURL=index.js.map');
    const map = JSON.parse(readFileSync(join(bundle.directory, 'index.js.map'), 'utf8')) as Record<string, unknown>;
    expect(map['sources']).toEqual(['src/tool.ts', 'src/name.ts']);
    expect(map['sourcesContent']).toBeUndefined();
  });

  it('gives the same bytes and the same folder in any directory, packages linked or not', () => {
    const source = "import { part } from 'part';\nexport const handler = () => part;\n";
    const installed = project('app');
    cpSync(installed, join(root, 'deep/down/other'), { recursive: true });
    const elsewhere = join(root, 'deep/down/other');
    const part = join(root, 'store/part');
    for (const directory of [part, join(installed, 'node_modules/part')]) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'package.json'), '{"name":"part","main":"main.js"}');
      writeFileSync(join(directory, 'main.js'), 'exports.part = () => "part";\n');
    }
    mkdirSync(join(elsewhere, 'node_modules'));
    symlinkSync(part, join(elsewhere, 'node_modules/part'));
    for (const directory of [installed, elsewhere]) writeFileSync(join(directory, 'src/tool.ts'), source);

    const first = bundleTypeScript(join(installed, 'src/tool.ts'));
    const second = bundleTypeScript(join(elsewhere, 'src/tool.ts'));
    expect(second.directory).toBe(first.directory);
    expect(contents(first.directory).join()).toContain('"part/main.js"');
    expect(contents(first.directory).join()).not.toContain(root);
  });

  it.each([
    ['a project without package.json', undefined, ['tool.ts', '../../shared/part.ts']],
    ['a project whose package.json has no name', 'app', ['src/tool.ts', '../shared/part.ts']],
    ['a monorepo whose root has no name', '.', ['app/src/tool.ts', 'shared/part.ts']],
  ])('names no folder of the machine in %s', (_, nameless, expected) => {
    const made = ['first', 'deep/down/second'].map((checkout) => {
      const app = project(join(checkout, 'app'));
      rmSync(join(app, 'package.json'));
      if (nameless !== undefined) writeFileSync(join(root, checkout, nameless, 'package.json'), '{"private":true}');
      mkdirSync(join(root, checkout, 'shared'));
      writeFileSync(join(root, checkout, 'shared/part.ts'), 'export const part = "shared";\n');
      writeFileSync(
        join(app, 'src/tool.ts'),
        "import { part } from '../../shared/part';\nexport const handler = () => part;\n",
      );
      return bundleTypeScript(join(app, 'src/tool.ts')).directory;
    });
    expect(made[1]).toBe(made[0]);
    const [, map = ''] = contents(made[0] as string).map((text) => text.slice(text.indexOf('\n')));
    const { sources } = JSON.parse(map) as { sources: string[] };
    expect(sources).toEqual(expected);
  });

  it('follows a change of any source within one process', () => {
    const first = bundleTypeScript(entryOf('app'));
    expect(bundleTypeScript(entryOf('app'))).toEqual(first);
    writeFileSync(join(root, 'app/src/name.ts'), 'export const name: string = "policies";\n');
    const second = bundleTypeScript(entryOf('app'));
    expect(second.directory).not.toBe(first.directory);
    expect(contents(second.directory).join()).toContain('policies');
  });

  it('repairs a folder that was left incomplete', () => {
    const bundle = bundleTypeScript(entryOf('app'));
    const before = contents(bundle.directory);
    writeFileSync(join(bundle.directory, 'index.js'), 'tampered');
    cpSync(join(root, 'app'), join(root, 'copy'), { recursive: true });
    const again = bundleTypeScript(entryOf('copy'));
    expect(again.directory).toBe(bundle.directory);
    expect(contents(again.directory)).toEqual(before);
  });

  it('names a missing entry as the user wrote it, and the nearest file', () => {
    const entry = relative(process.cwd(), join(root, 'app/src/tools.ts'));
    const [finding, ...others] = diagnosticsOf(() => bundleTypeScript(entry));
    expect(others).toEqual([]);
    expect(finding?.code).toBe('BUNDLE_ENTRY_NOT_FOUND');
    expect(finding?.message).toContain(`\`${entry}\``);
    expect(finding?.help).toBe(`did you mean \`${relative(process.cwd(), entryOf('app'))}\`?`);
  });

  it('reports every syntax and import error with its place', () => {
    writeFileSync(
      entryOf('app'),
      "import { a } from './nam';\nimport { b } from 'not-installed';\nexport const é = [a, b];\n",
    );
    const findings = diagnosticsOf(() => bundleTypeScript(entryOf('app')));
    expect(findings.map((finding) => [finding.code, finding.location?.line, finding.location?.column])).toEqual([
      ['BUNDLE_FAILED', 1, 19],
      ['BUNDLE_FAILED', 2, 19],
    ]);
    expect(findings[0]?.message).toContain('could not resolve "./nam"');
    expect(findings[0]?.location?.file).toBe(relative(process.cwd(), entryOf('app')));
    expect(findings[0]?.location?.endColumn).toBe(26);
  });
});
