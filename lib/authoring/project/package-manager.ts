import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject } from '../../contract/json';

/** How a package manager is told what. Commands are texts for people and pipelines; `add` and `install` are arguments, too. */
export interface PackageManager {
  readonly program: string;
  /** Arguments that install what package.json names. */
  readonly install: readonly string[];
  /** Arguments in front of packages that only development needs. */
  readonly add: readonly string[];
  /** What a pipeline has to run before it has the program. */
  readonly setup?: string;
  /** Installs exactly what the lock file names. */
  readonly ci: string;
  /** In front of a program of an installed package. */
  readonly exec: string;
  /** In front of a script of package.json. */
  readonly run: string;
}

export type PackageManagerName = 'npm' | 'pnpm' | 'yarn' | 'yarn-classic';

/** Every package manager that a project can have. */
export const PACKAGE_MANAGERS: { readonly [name in PackageManagerName]: PackageManager } = {
  npm: {
    program: 'npm',
    install: ['install', '--no-audit', '--no-fund'],
    add: ['install', '--no-audit', '--no-fund', '--save-dev'],
    ci: 'npm ci',
    exec: 'npx',
    run: 'npm run',
  },
  pnpm: {
    program: 'pnpm',
    install: ['install'],
    add: ['add', '--save-dev'],
    setup: 'npm install --global pnpm',
    ci: 'pnpm install --frozen-lockfile',
    exec: 'pnpm exec',
    run: 'pnpm run',
  },
  yarn: {
    program: 'yarn',
    install: ['install'],
    add: ['add', '--dev'],
    setup: 'corepack enable',
    ci: 'yarn install --immutable',
    exec: 'yarn',
    run: 'yarn run',
  },
  'yarn-classic': {
    program: 'yarn',
    install: ['install'],
    add: ['add', '--dev'],
    ci: 'yarn install --frozen-lockfile',
    exec: 'yarn',
    run: 'yarn run',
  },
};

/**
 * The package manager of a folder: what the nearest package.json or lock file above it says, else the one that runs this process, else npm.
 * @param userAgent `npm_config_user_agent`, which package managers set for what they run
 */
export function packageManagerOf(directory: string, userAgent = ''): PackageManagerName {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = declaredIn(folder) ?? lockedIn(folder);
    if (found !== undefined) return found;
    if (folder === dirname(folder)) return named(userAgent.split(' ', 1)[0] ?? '', '/') ?? 'npm';
  }
}

function declaredIn(folder: string): PackageManagerName | undefined {
  const manifest = readManifest(folder);
  return typeof manifest['packageManager'] === 'string' ? named(manifest['packageManager'], '@') : undefined;
}

/** What a folder's package.json says; nothing where there is none that can be read. */
export function readManifest(folder: string): { readonly [field: string]: unknown } {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return isJsonObject(manifest) ? manifest : {};
  } catch {
    return {};
  }
}

/** `yarn@4.5.0` or `yarn/1.22.0`. */
function named(text: string, separator: string): PackageManagerName | undefined {
  const [program, version = ''] = text.split(separator);
  if (program === 'yarn') return /^[01]\./.test(version) ? 'yarn-classic' : 'yarn';
  return program === 'npm' || program === 'pnpm' ? program : undefined;
}

function lockedIn(folder: string): PackageManagerName | undefined {
  if (existsSync(join(folder, 'pnpm-lock.yaml')) || existsSync(join(folder, 'pnpm-workspace.yaml'))) return 'pnpm';
  if (existsSync(join(folder, 'package-lock.json'))) return 'npm';
  if (!existsSync(join(folder, 'yarn.lock'))) return undefined;
  const isClassic = readFileSync(join(folder, 'yarn.lock'), 'utf8').includes('# yarn lockfile v1');
  return isClassic ? 'yarn-classic' : 'yarn';
}
