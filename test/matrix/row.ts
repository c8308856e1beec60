/** One kind of project that uses the library. */
export interface Row {
  readonly manager: 'npm' | 'pnpm' | 'yarn';
  readonly modules: 'commonjs' | 'esm';
  /** 5.9 runs apps with ts-node, as `cdk init` sets them up; ts-node does not know 7, so tsx does. */
  readonly typescript: '5.9' | '7';
  readonly resolution: 'node10' | 'nodenext' | 'bundler';
  readonly tests: 'jest' | 'vitest';
  /** A project of its own, or a workspace of a repository whose root has no name. */
  readonly shape: 'single' | 'monorepo';
  /** Name of the project's folder. */
  readonly folder: string;
}

const PLAIN: Row = {
  manager: 'npm',
  modules: 'commonjs',
  typescript: '7',
  resolution: 'nodenext',
  tests: 'vitest',
  shape: 'single',
  folder: 'project',
};

export function nameOf(row: Row): string {
  const { manager, modules, typescript, resolution, tests, shape, folder } = row;
  return `${manager}, ${modules}, TypeScript ${typescript} (${resolution}), ${tests}, ${shape}, folder \`${folder}\``;
}

/**
 * The row that CI runs: what `cdk init` makes, as a workspace in a folder whose name has a space. ECMAScript modules and TypeScript 7 CI has in
 * the projects of `init` (test/consumer/init.test.ts), there without an install.
 */
export const SHARE: readonly Row[] = [
  { ...PLAIN, typescript: '5.9', resolution: 'node10', tests: 'jest', shape: 'monorepo', folder: 'my project' },
];

/** Every value of every column, and the pairs that have broken other packages. */
export const OTHERS: readonly Row[] = [
  PLAIN,
  { ...PLAIN, typescript: '5.9', resolution: 'node10', tests: 'jest' },
  { ...PLAIN, modules: 'esm', shape: 'monorepo', folder: 'my project' },
  { ...PLAIN, modules: 'esm', resolution: 'bundler' },
  {
    ...PLAIN,
    typescript: '5.9',
    resolution: 'node10',
    tests: 'jest',
    shape: 'monorepo',
    folder: 'ein Projekt, größer',
  },
  { ...PLAIN, manager: 'pnpm', typescript: '5.9', resolution: 'node10', tests: 'jest' },
  { ...PLAIN, manager: 'pnpm', modules: 'esm' },
  { ...PLAIN, manager: 'pnpm', shape: 'monorepo', folder: 'my project' },
  // Yarn also asks for optional packages of Vitest that no platform but one needs, and stops where a registry has none of them.
  { ...PLAIN, manager: 'yarn', typescript: '5.9', resolution: 'node10', tests: 'jest' },
  {
    ...PLAIN,
    manager: 'yarn',
    typescript: '5.9',
    resolution: 'node10',
    tests: 'jest',
    shape: 'monorepo',
    folder: 'my project',
  },
];
