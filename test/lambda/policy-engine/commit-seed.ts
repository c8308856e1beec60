import { execFileSync } from 'node:child_process';

/** Where there is no commit to draw from. */
const FALLBACK = 42;

/** Hash of the commit that is checked out. Undefined without git or outside of a repository. */
export function currentCommit(directory = '.'): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: directory, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

/** What random tests draw from: each commit tries other cases, and each run of one commit the same. At most 31 bits. */
export function seedOf(commit: string | undefined): number {
  const seed = Number.parseInt(commit?.slice(0, 8) ?? '', 16);
  return Number.isNaN(seed) ? FALLBACK : seed & 0x7fff_ffff;
}
