import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsumerProject, consumerDependencies } from './consumer-project';

const CONSTRUCTS = `
import { GovernedGateway } from 'governed-gateway';
export const construct = GovernedGateway;
`;

/** The entries that need no aws-cdk-lib, whose own types take an older TypeScript a minute to check. */
const OTHERS = `
import { startEmulator } from 'governed-gateway/emulator';
import { requestInterceptor } from 'governed-gateway/interceptor';
import { authorize } from 'governed-gateway/policy';
import { defineTool } from 'governed-gateway/tool';
export const others = [startEmulator, requestInterceptor, authorize, defineTool];
`;

const BUNDLER = ['--module', 'esnext', '--moduleResolution', 'bundler'];

/** What a project may say about modules, by what TypeScript calls it. Only the first knows nothing of `exports`. */
const RESOLUTIONS: readonly (readonly [name: string, options: readonly string[], files: readonly string[]])[] = [
  ['node10', ['--module', 'commonjs', '--moduleResolution', 'node10', '--esModuleInterop'], ['others.ts']],
  ['node16', ['--module', 'node16'], ['others.ts', 'others.mts']],
  ['nodenext', ['--module', 'nodenext'], ['others.ts', 'others.mts']],
  ['bundler', BUNDLER, ['others.ts', 'others.mts']],
];

/** What TypeScript 7 knows of them. Of the constructs there is one declaration for both. */
const YOUNGER = [
  ['nodenext', ['--module', 'nodenext'], ['others.ts', 'others.mts', 'constructs.ts', 'constructs.mts']],
  ['bundler', BUNDLER, ['others.ts', 'others.mts']],
] as const;

const OPTIONS = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--types', 'node', '--target', 'es2022'];

/** Path of the library of the last TypeScript that is written in JavaScript, which npm brings. */
function typescript5(): string {
  const args = ['--yes', '--package=typescript@~5.9.3', '--call', 'command -v tsc'];
  const tsc = execFileSync('npx', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  return join(dirname(realpathSync(tsc)), '../lib/typescript.js');
}

describe('the types of the entries, with everything of ours checked and no optional package installed', () => {
  let project: ConsumerProject;
  beforeAll(() => {
    project = new ConsumerProject();
    for (const type of ['ts', 'mts']) {
      project.write(`others.${type}`, OTHERS);
      project.write(`constructs.${type}`, CONSTRUCTS);
    }
  });
  afterAll(() => project.remove());

  it('are right in TypeScript 5.9 with every resolution of modules', () => {
    const programs = RESOLUTIONS.map(([, options, files]) => [...OPTIONS, ...options, ...files]);
    const script = join(__dirname, 'own-diagnostics.cjs');
    const printed = project.node(script, typescript5(), JSON.stringify(programs)).trim().split('\n');
    const found = printed.map((line) => JSON.parse(line) as { readonly files: number; readonly text: string });
    expect(found.map(({ text }) => text)).toEqual(RESOLUTIONS.map(() => ''));
    for (const { files } of found) expect(files).toBeGreaterThan(100);
  });

  it.each(YOUNGER)('are right in TypeScript 7 with resolution %s', (_, options, files) => {
    const tsc = 'node_modules/typescript/bin/tsc';
    let printed: string;
    try {
      printed = project.node(tsc, ...OPTIONS, ...options, ...files);
    } catch (error) {
      printed = (error as { stdout: string }).stdout;
    }
    expect(printed).toBe('');
  });

  it('import nothing that an app does not have', () => {
    const known = new Set(consumerDependencies());
    const entries = ['lib/index.d.ts', 'lib/policy/index.d.ts', 'lib/emulator/index.d.ts']
      .concat(
        ['interceptor-kit', 'tool-kit'].flatMap((kit) => [`lambda/${kit}/index.d.ts`, `esm/lambda/${kit}/index.d.mts`]),
      )
      .map((file) => join(project.directory, 'node_modules/governed-gateway/dist', file));
    const foreign = importsFrom(entries).filter(({ id }) => !id.startsWith('node:') && !known.has(packageOf(id)));
    expect(foreign.map(({ file, id }) => `${relative(project.directory, file)}: ${id}`)).toEqual([]);
  });
});

interface TypeImport {
  readonly file: string;
  readonly id: string;
}

/** Packages that type declarations import, from these files and all that they reach. */
function importsFrom(entries: readonly string[]): TypeImport[] {
  const open = [...entries];
  const seen = new Set(open);
  const packages: TypeImport[] = [];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const [, id = ''] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom |\bimport\()['"]([^'"]+)['"]/g)) {
      const next = id.endsWith('.mjs') ? id.replace(/\.mjs$/, '.d.mts') : `${id}.d.ts`;
      if (!id.startsWith('.')) packages.push({ file, id });
      else if (!seen.has(join(dirname(file), next))) {
        seen.add(join(dirname(file), next));
        open.push(join(dirname(file), next));
      }
    }
  }
  return packages;
}

function packageOf(id: string): string {
  return id.split('/', id.startsWith('@') ? 2 : 1).join('/');
}
