import { read } from '../house/source-files';
import type { Row } from './row';

interface Versions {
  readonly devDependencies: { readonly [name: string]: string };
}

/** Where packages come from. */
export interface Sources {
  readonly registry: string;
  /** Archive of the library. */
  readonly library: string;
  /** Archive of what aws-cdk-lib bundles in a version that registries may not have. Of all managers, Yarn alone asks them for it. */
  readonly bundled: string;
}

/** Packages of a project, as its package.json names them. */
export function packageOf(row: Row, sources: Sources): object {
  const { devDependencies: own } = JSON.parse(read('package.json')) as Versions;
  const runs = row.typescript === '5.9' ? { 'ts-node': '^10.9.2' } : { tsx: own['tsx'] };
  const tests = row.tests === 'jest' ? { jest: '^30.0.0', 'ts-jest': '^29.4.0' } : { vitest: own['vitest'] };
  return {
    ...(row.shape === 'single' && { name: 'notes' }),
    version: '1.0.0',
    private: true,
    ...(row.modules === 'esm' && { type: 'module' }),
    ...(row.shape === 'single' && resolutionsOf(row, sources)),
    dependencies: {
      'aws-cdk-lib': own['aws-cdk-lib'],
      constructs: own['constructs'],
      'governed-gateway': `file:${sources.library}`,
      zod: own['zod'],
    },
    devDependencies: {
      '@types/node': own['@types/node'],
      'aws-cdk': own['aws-cdk'],
      // What Lambda has and an emulated function with trusted fields asks for.
      '@aws-sdk/client-secrets-manager': own['@aws-sdk/client-secrets-manager'],
      typescript: row.typescript === '5.9' ? '~5.9.3' : own['typescript'],
      ...runs,
      ...tests,
    },
  };
}

/** Files that say how the app is compiled, run and tested. */
export function settingsOf(row: Row): { readonly [path: string]: string } {
  const module = { node10: 'commonjs', nodenext: 'nodenext', bundler: 'esnext' }[row.resolution];
  const compilerOptions = {
    target: 'es2022',
    module,
    moduleResolution: row.resolution,
    strict: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  };
  const app = row.typescript === '5.9' ? 'ts-node --prefer-ts-exts' : 'tsx';
  return {
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['bin', 'lib', 'tools', 'interceptors', 'test'] }),
    'cdk.json': JSON.stringify({ app: `npx ${app} bin/app.ts` }),
    ...(row.tests === 'jest' && {
      'jest.config.js': `module.exports = { testEnvironment: 'node', roots: ['<rootDir>/test'], transform: { '^.+\\\\.ts$': ['ts-jest', { diagnostics: false, transpilation: true }] } };`,
    }),
  };
}

/** Files of the root of a repository of workspaces, or of a project that is its own root. */
export function rootOf(row: Row, sources: Sources): { readonly [path: string]: string } {
  const { manager, shape } = row;
  const root = { private: true, workspaces: ['packages/*'], ...resolutionsOf(row, sources) };
  return {
    ...(shape === 'monorepo' && { 'package.json': JSON.stringify(root) }),
    ...(shape === 'monorepo' && manager === 'pnpm' && { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' }),
    ...(manager === 'yarn' && {
      '.yarnrc.yml': `nodeLinker: node-modules\nnpmRegistryServer: '${sources.registry}'\nenableImmutableInstalls: false\n`,
    }),
  };
}

function resolutionsOf({ manager }: Row, { bundled }: Sources): object {
  return manager === 'yarn' ? { resolutions: { '@aws/cloudformation-validate': `file:${bundled}` } } : {};
}
