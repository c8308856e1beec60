import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GovernanceError } from '../../diagnostics/governance-error';

const run = promisify(execFile);

/** Room for the names of all files below a folder of policies. */
const OUTPUT_BYTES = 64 * 1024 * 1024;

/** Files of a revision, in a folder that stands for the directory that they were asked from. */
export interface GitTree {
  readonly directory: string;
  readonly remove: () => Promise<void>;
}

/**
 * Writes files as a revision has them into a temporary folder, with an index of its own: neither the working tree nor what is staged changes.
 * Undefined where the directory is in no repository, or the revision is not one. Throws `DIFF_BASE_UNREADABLE` when git fails at it.
 * @param paths folders and files, relative to the directory; those that the revision lacks are not there
 */
export async function gitTree(
  directory: string,
  revision: string,
  paths: readonly string[],
): Promise<GitTree | undefined> {
  const commit = await commitOf(directory, revision);
  if (commit === undefined) return undefined;
  const temporary = await mkdtemp(join(tmpdir(), 'governed-gateway-base-'));
  const remove = (): Promise<void> => rm(temporary, { recursive: true, force: true });
  try {
    const index = join(temporary, 'index');
    const tree = join(temporary, 'tree');
    const [top = '', prefix = ''] = (await git(directory, ['rev-parse', '--show-toplevel', '--show-prefix'])).split(
      '\n',
    );
    await git(directory, ['read-tree', commit], index);
    const asked = paths.map((path) => `:(literal)${path}`);
    const tracked = await git(directory, ['ls-files', '-z', '--full-name', '--', ...asked], index);
    const files = tracked.split('\0').filter((file) => file !== '');
    for (let at = 0; at < files.length; at += FILES_AT_ONCE)
      await git(top, ['checkout-index', `--prefix=${tree}/`, '--', ...files.slice(at, at + FILES_AT_ONCE)], index);
    return { directory: join(tree, prefix), remove };
  } catch (error) {
    await remove();
    const problem = (error as { stderr?: string }).stderr?.trim().split('\n')[0] ?? String(error);
    throw GovernanceError.of('DIFF_BASE_UNREADABLE', { base: revision, problem: problem.replaceAll('`', "'") });
  }
}

/** Undefined without git, outside of a repository, and for what is no revision. A revision never starts with a dash, an option always does. */
async function commitOf(directory: string, revision: string): Promise<string | undefined> {
  if (revision.startsWith('-')) return undefined;
  try {
    return (await git(directory, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])).trim();
  } catch {
    return undefined;
  }
}

async function git(directory: string, args: readonly string[], index?: string): Promise<string> {
  const env = index === undefined ? process.env : { ...process.env, GIT_INDEX_FILE: index };
  const { stdout } = await run('git', ['-C', directory, ...args], { env, maxBuffer: OUTPUT_BYTES });
  return stdout;
}

/** Well below the shortest command line that a system takes. */
const FILES_AT_ONCE = 100;
