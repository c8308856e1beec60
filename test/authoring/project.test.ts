import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installCommand, installPackages } from '../../lib/authoring/project/install-packages';
import { NOTES } from '../../lib/authoring/project/notes-content';
import { PACKAGE_MANAGERS, packageManagerOf } from '../../lib/authoring/project/package-manager';
import { type ProjectRequest, planProject } from '../../lib/authoring/project/plan-project';
import { writeFiles } from '../../lib/authoring/project/write-files';
import { ROOT, read } from '../house/source-files';
import { expectCode } from './expect-code';

const VERSIONS = JSON.parse(read('package.json'));
let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'governed-gateway-project-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const plan = (request: Omit<ProjectRequest, 'cwd'> = {}) =>
  planProject({ cwd, ...request }, NOTES, VERSIONS, join(ROOT, 'templates'));

function put(path: string, text = ''): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

const everything = (): string[] => readdirSync(cwd, { recursive: true }).map(String).sort();

describe('a planned project', () => {
  it.each([
    ['package-lock.json', '', 'npm'],
    ['pnpm-lock.yaml', '', 'pnpm'],
    ['pnpm-workspace.yaml', '', 'pnpm'],
    ['yarn.lock', '# yarn lockfile v1\n', 'yarn-classic'],
    ['yarn.lock', '__metadata:\n  version: 8\n', 'yarn'],
    ['package.json', '{"packageManager":"pnpm@10.1.0"}', 'pnpm'],
    ['package.json', '{"packageManager":"yarn@1.22.22"}', 'yarn-classic'],
    ['package.json', '{"packageManager":"yarn@4.5.0"}', 'yarn'],
  ] as const)('uses the package manager that %s %s says, from folders above too', (file, text, manager) => {
    put(file, text);
    expect(packageManagerOf(join(cwd, 'packages/new'), 'npm/10.0.0')).toBe(manager);
    expect(plan({ name: 'tools' }).manager).toBe(PACKAGE_MANAGERS[manager]);
  });

  it('uses the package manager that runs it where nothing says otherwise', () => {
    for (const [agent, manager] of [
      ['pnpm/10.2.0 npm/? node/v20', 'pnpm'],
      ['yarn/1.22.22 npm/? node/v20', 'yarn-classic'],
      ['yarn/4.5.0 npm/? node/v20', 'yarn'],
      ['something/1.0', 'npm'],
      ['', 'npm'],
    ] as const) {
      expect(packageManagerOf(cwd, agent)).toBe(manager);
    }
  });

  it.each(Object.entries(PACKAGE_MANAGERS))('speaks the language of %s in its texts and pipelines', (name, manager) => {
    const options = { name: 'tools', manager: name as keyof typeof PACKAGE_MANAGERS };
    const github = plan({ ...options, ci: 'github' });
    const gitlab = plan({ ...options, ci: 'gitlab' });
    expect(github.files.get('.github/workflows/tools.yml')).toContain(`- run: ${manager.ci}\n`);
    expect(gitlab.files.get('.gitlab-ci.yml')).toContain(`- ${manager.ci}\n`);
    expect(JSON.parse(github.files.get('cdk.json') ?? '').app).toBe(`${manager.exec} tsx bin/app.ts`);
    for (const [path, text] of [...github.files, ...gitlab.files]) {
      expect(text.includes('{{') && !text.includes('${{'), path).toBe(false);
      if (name !== 'npm') expect(text, path).not.toMatch(/\bnpx\b|npm ci/);
    }
    if (manager.setup !== undefined) {
      expect(github.files.get('.github/workflows/tools.yml')).toContain(`      - run: ${manager.setup}\n      - run:`);
      expect(gitlab.files.get('.gitlab-ci.yml')).toContain(`    - ${manager.setup}\n    - `);
    }
  });

  it('has the versions that the library is tested with', () => {
    const { devDependencies } = JSON.parse(plan({ name: 'tools' }).files.get('package.json') ?? '');
    expect(devDependencies).toMatchObject({
      'governed-gateway': `^${VERSIONS.version}`,
      'aws-cdk-lib': VERSIONS.peerDependencies['aws-cdk-lib'],
      'aws-cdk': `^${VERSIONS.devDependencies['aws-cdk']}`,
      tsx: VERSIONS.devDependencies.tsx,
    });
  });

  it('installs the library from an archive, by its path from the project', () => {
    const { files } = plan({ name: 'tools', library: './governed-gateway-0.1.0.tgz' });
    expect(JSON.parse(files.get('package.json') ?? '').devDependencies['governed-gateway']).toBe(
      'file:../governed-gateway-0.1.0.tgz',
    );
  });

  it('leaves the package.json of a project as it is, and adds what it lacks by its package manager', () => {
    put('package.json', '{"type":"module","devDependencies":{"typescript":"^6.0.0"},"dependencies":{"zod":"^4.6.0"}}');
    put('pnpm-lock.yaml');
    const found = plan();
    expect(Object.keys(found.missing)).toEqual(
      expect.arrayContaining(['governed-gateway', 'aws-cdk-lib', 'constructs', 'aws-cdk', 'tsx', '@types/node']),
    );
    expect(Object.keys(found.missing)).not.toEqual(expect.arrayContaining(['typescript', 'zod']));
    expect(installCommand(found).slice(0, 3)).toEqual(['pnpm', 'add', '--save-dev']);
    expect(writeFiles(found.directory, found.files)).toEqual(['package.json']);
    expect(readFileSync(join(cwd, 'package.json'), 'utf8')).toContain('"typescript":"^6.0.0"');
  });

  it('has modules as package.json says, and new ones otherwise', () => {
    expect(JSON.parse(plan({ name: 'tools' }).files.get('package.json') ?? '').type).toBe('module');
    put('package.json', '{}');
    expect(JSON.parse(plan().files.get('package.json') ?? '').type).toBe('commonjs');
    expect(JSON.parse(plan({ module: 'esm' }).files.get('package.json') ?? '').type).toBe('module');
  });

  it('has the pipeline of the repository, where its host looks for it', () => {
    put('.git/config', '[remote "origin"]\n  url = git@gitlab.example.com:team/app.git\n');
    expect(plan({ name: 'tools' }).files.get('../.gitlab-ci.yml')).toContain('- cd tools\n');
    put('.git/config', '[remote "origin"]\n  url = git@github.com:team/app.git\n');
    const workflow = plan({ name: 'tools' }).files.get('../.github/workflows/tools.yml');
    expect(workflow).toContain('working-directory: tools ');
    expect([...plan({ name: 'tools', ci: 'none' }).files.keys()].filter((path) => /git(hub|lab)/.test(path))).toEqual(
      [],
    );
  });

  it('has a name that npm, folders and CloudFormation take, or says which one would do', async () => {
    const refused = await expectCode(() => plan({ name: 'My Tools' }), 'PROJECT_NAME_INVALID');
    expect(refused.help).toBe('did you mean `my-tools`?');
    for (const name of ['../up', '', '-x', 'a', '1st', 'x'.repeat(65), 'a/b']) {
      await expectCode(() => plan({ name }), 'PROJECT_NAME_INVALID');
    }
    mkdirSync(join(cwd, 'Über Tools 2'));
    const inFolder = planProject({ cwd: join(cwd, 'Über Tools 2') }, NOTES, VERSIONS, join(ROOT, 'templates'));
    expect(JSON.parse(inFolder.files.get('package.json') ?? '').name).toBe('ber-tools-2');
    expect(inFolder.files.get('bin/app.ts')).toContain("'BerTools2'");
  });
});

describe('writing a project', () => {
  it('overwrites nothing, lists all that is in the way, and then writes nothing', async () => {
    put('tools/policies/read.cedar', 'mine');
    put('tools/lib', 'a file where a folder goes');
    symlinkSync(cwd, join(cwd, 'tools/bin'));
    const before = everything();
    const { directory, files } = plan({ name: 'tools' });
    const { message } = await expectCode(() => writeFiles(directory, files), 'PROJECT_FILES_IN_THE_WAY');
    for (const path of ['`policies/read.cedar`', '`lib`', '`bin`']) expect(message).toContain(path);
    expect(everything()).toEqual(before);
    expect(readFileSync(join(cwd, 'tools/policies/read.cedar'), 'utf8')).toBe('mine');
  });

  it('leaves nothing half written, wherever it fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc
            .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
            .map((parts) => `${parts.join('/')}.x`),
          { maxLength: 6 },
        ),
        fc.nat(5),
        async (paths, place) => {
          const before = everything();
          const files = new Map(paths.map((path) => [path, path]));
          // A file where another one needs a folder stands for whatever fails in the middle.
          const broken = [...files].toSpliced(place, 0, ['z', ''], ['z/y', '']);
          await expectCode(() => writeFiles(cwd, new Map(broken)), 'PROJECT_UNWRITABLE');
          expect(everything()).toEqual(before);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('installing', () => {
  it('tells what the package manager says, and how it failed', async () => {
    const found = plan({ name: 'tools' });
    writeFiles(found.directory, found.files);
    const program = join(cwd, 'manager.js');
    writeFileSync(
      program,
      '#!/usr/bin/env node\nconsole.log("asked:", process.argv.slice(2).join(" ")); process.exit(3);\n',
      {
        mode: 0o755,
      },
    );
    const said: string[] = [];
    const manager = { ...found.manager, program };
    await expectCode(() => installPackages({ ...found, manager }, (text) => said.push(text)), 'PROJECT_INSTALL_FAILED');
    expect(said.join('')).toBe('asked: install --no-audit --no-fund\n');
    expect(existsSync(join(found.directory, 'cdk.json'))).toBe(true);
  });
});
