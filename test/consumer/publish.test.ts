import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT, read } from '../house/source-files';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly peerDependencies: { readonly [name: string]: string };
  readonly dependencies: { readonly [name: string]: string };
}

const PACKAGES = ['.', 'create-governed-gateway'];
const packageOf = (folder: string): Package => JSON.parse(read(join(folder, 'package.json')));

/** Licences that ask for no more than their notice. */
const PERMISSIVE = ['Apache-2.0', 'MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause'];

/** What `npm publish --dry-run` says, with no registry to ask. */
async function dryRun(folder: string): Promise<string> {
  const offline = ['--registry=http://127.0.0.1:9/', '--fetch-retries=0'];
  const args = ['publish', '--dry-run', '--ignore-scripts', '--access=public', ...offline];
  const { stdout, stderr } = await promisify(execFile)('npm', args, { cwd: join(ROOT, folder) });
  return stdout + stderr;
}

describe.each(PACKAGES)('publishing %s', (folder) => {
  it('needs no correction and no warning, but that nobody is logged in', async () => {
    const said = (await dryRun(folder)).split('\n');
    const { name, version } = packageOf(folder);
    expect(said).toContain(`+ ${name}@${version}`);
    expect(said.filter((line) => /^npm (warn|error)/i.test(line) && !/logged in/.test(line))).toEqual([]);
  });

  it('ships the words of its licence', () => {
    expect(packageOf(folder).license).toBe('Apache-2.0');
    expect(read(join(folder, 'LICENSE'))).toBe(read('LICENSE'));
  });
});

describe('licences of what is shipped', () => {
  const shipped = read('dist/THIRD-PARTY.txt');

  it('are named for every package whose code a bundle holds', () => {
    const maps = readdirSync(join(ROOT, 'dist/lambda'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.js.map'),
    );
    const sources = maps.flatMap(
      (path) => JSON.parse(readFileSync(join(ROOT, 'dist/lambda', path), 'utf8')).sources as string[],
    );
    // The interceptors have no source maps. What they hold of others is the first one; the command line names its files in comments.
    const names = new Set(['re2js']);
    sources.push(
      ...[...read('dist/bin/governed-gateway.js').matchAll(/^\/\/ (node_modules\/.+)$/gm)].map(
        ([, path]) => path as string,
      ),
    );
    for (const source of sources) {
      const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? [];
      if (name !== undefined) names.add(name);
    }
    expect(names).toContain('@aws-sdk/client-bedrock-agentcore-control');
    expect(names).toContain('commander');
    const missing = [...names].filter((name) => !shipped.includes(`\n${name} `));
    expect(missing).toEqual([]);
  });

  it('are permissive, and each has its words', () => {
    const sections = shipped.split(`${'-'.repeat(80)}\n`).slice(1);
    for (const section of sections) {
      const packages = [...section.matchAll(/^\S+ [\d.]+ \((.+)\)$/gm)].map(([, licence]) => licence as string);
      expect(packages.filter((licence) => !PERMISSIVE.includes(licence))).toEqual([]);
      expect(packages).not.toEqual([]);
      expect(section).toMatch(/permission|licen[cs]e/i);
    }
  });

  it('are permissive for all that an install brings', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: { [path: string]: { license?: string; dev?: true; devOptional?: true } };
    };
    const foreign = Object.entries(packages)
      .filter(([, { dev, devOptional }]) => dev === undefined && devOptional === undefined)
      .filter(([, { license = 'none' }]) => !PERMISSIVE.includes(license));
    expect(foreign.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });
});

describe('a release', () => {
  const [main, create] = PACKAGES.map(packageOf) as [Package, Package];

  it('has one version, which the changelog names', () => {
    expect([create.version, create.dependencies[main.name]]).toEqual([main.version, main.version]);
    expect(read('CHANGELOG.md')).toContain(`\n## ${main.version}`);
  });

  it('supports what docs/versions.md says', () => {
    const page = read('docs/versions.md');
    expect(page).toContain(`| Node.js | ${main.engines.node.replace(/^>=|\.0$/g, '')} or newer`);
    expect(page).toContain(`| aws-cdk-lib | \`${main.peerDependencies['aws-cdk-lib']}\``);
  });

  it('is tested, is the version of its tag, and carries provenance', () => {
    const { permissions, jobs } = parse(read('.github/workflows/release.yml'));
    expect(permissions).toEqual({ contents: 'read' });
    expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    const commands: string[] = jobs.publish.steps.flatMap(({ run }: { run?: string }) => run ?? []);
    const published = commands.flatMap((command, index) => (/npm publish/.test(command) ? [index] : []));
    expect(published.map((index) => commands[index])).toEqual(
      PACKAGES.map(() => 'npm publish --provenance --access public'),
    );
    for (const before of [/GITHUB_REF_NAME/, /^\.ci\/run$/, /repository\.url/]) {
      expect(commands.findIndex((command) => before.test(command))).toBeLessThan(published[0] as number);
      expect(commands.some((command) => before.test(command))).toBe(true);
    }
  });
});

describe('issue templates', () => {
  const forms = readdirSync(join(ROOT, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml');

  it.each(forms)('%s is a form that GitHub takes', (file) => {
    const { name, description, body } = parse(read(`.github/ISSUE_TEMPLATE/${file}`));
    expect([typeof name, typeof description]).toEqual(['string', 'string']);
    const asked = body.filter(({ type }: { type: string }) => type !== 'markdown');
    for (const { type, id, attributes } of asked) {
      expect(['textarea', 'input', 'dropdown']).toContain(type);
      expect(id).toMatch(/^[\w-]+$/);
      expect(attributes.label).toBeTruthy();
      if (type === 'dropdown')
        expect(attributes.options.every((option: unknown) => typeof option === 'string')).toBe(true);
    }
    expect(new Set(asked.map(({ id }: { id: string }) => id)).size).toBe(asked.length);
  });
});
