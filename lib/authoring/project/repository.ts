import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export type Ci = 'github' | 'gitlab';

/** Where a project's repository begins, seen from the project. */
export interface Repository {
  /** From the project to the repository, such as `../../`; empty where they are the same. */
  readonly toRoot: string;
  /** From the repository to the project, such as `packages/infra`; `.` where they are the same. */
  readonly toProject: string;
  /** The pipelines of the host that the repository is pushed to; GitHub's where nothing says so. */
  readonly ci: Ci;
}

/** The git repository that a folder lies in, or will. A folder outside of all is taken to become one. */
export function repositoryOf(directory: string): Repository {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) {
      const toProject = relative(folder, directory).split(sep).join('/');
      const toRoot = toProject === '' ? '' : '../'.repeat(toProject.split('/').length);
      return { toRoot, toProject: toProject === '' ? '.' : toProject, ci: ciOf(folder) };
    }
    if (folder === dirname(folder)) return { toRoot: '', toProject: '.', ci: 'github' };
  }
}

function ciOf(root: string): Ci {
  try {
    return /^\s*url\s*=.*gitlab/m.test(readFileSync(join(root, '.git', 'config'), 'utf8')) ? 'gitlab' : 'github';
  } catch {
    // A work tree's .git is a file. Its remotes stand elsewhere.
    return 'github';
  }
}
