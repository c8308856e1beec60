import { read } from '../house/source-files';
import type { Row } from './row';

interface Versions {
  readonly devDependencies: { readonly [name: string]: string };
}

/** Packages of a project, as its package.json names them. */
export function packageOf(row: Row, tarball: string): object {
  const { devDependencies: own } = JSON.parse(read('package.json')) as Versions;
  const runs = row.typescript === '5.9' ? { 'ts-node': '^10.9.2' } : { tsx: own['tsx'] };
  const tests = row.tests === 'jest' ? { jest: '^30.0.0', 'ts-jest': '^29.4.0' } : { vitest: own['vitest'] };
  return {
    ...(row.shape === 'single' && { name: 'notes' }),
    version: '1.0.0',
    private: true,
    ...(row.modules === 'esm' && { type: 'module' }),
    dependencies: {
      'aws-cdk-lib': own['aws-cdk-lib'],
      constructs: own['constructs'],
      'governed-gateway': `file:${tarball}`,
      zod: own['zod'],
    },
    devDependencies: {
      '@types/node': own['@types/node'],
      'aws-cdk': own['aws-cdk'],
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
      'jest.config.js': `module.exports = { testEnvironment: 'node', roots: ['<rootDir>/test'], transform: { '^.+\\\\.ts$': ['ts-jest', { diagnostics: false }] } };`,
    }),
  };
}

/** Files of the root of a repository of workspaces, or of a project that is its own root. */
export function rootOf({ manager, shape }: Row): { readonly [path: string]: string } {
  const workspaces = ['packages/*'];
  return {
    ...(shape === 'monorepo' && { 'package.json': JSON.stringify({ private: true, workspaces }) }),
    ...(shape === 'monorepo' && manager === 'pnpm' && { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' }),
  };
}
