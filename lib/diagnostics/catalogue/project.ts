import { error, stop } from './entry';

/** Findings of starting a project. */
export const PROJECT = {
  PROJECT_NAME_INVALID: error(
    (p: { name: string; suggestion: string | undefined }) => `a project cannot be named \`${p.name}\``,
    (p) =>
      p.suggestion === undefined
        ? 'use small letters, digits and `-`, a letter first, at most 64'
        : `did you mean \`${p.suggestion}\`?`,
  ),
  PROJECT_FILES_IN_THE_WAY: stop(
    (p: { directory: string; paths: readonly string[] }) =>
      `nothing is written into \`${p.directory}\`, where these are in the way: ${p.paths.map((path) => `\`${path}\``).join(', ')}`,
    () => 'give `init` the name of a new folder, or move what is in the way',
  ),
  PROJECT_UNWRITABLE: stop(
    (p: { directory: string; problem: string }) =>
      `nothing is written into \`${p.directory}\`: writing failed with \`${p.problem}\``,
    () => 'check the permissions of the folder and the space on the disk',
  ),
  PROJECT_INSTALL_FAILED: stop(
    (p: { directory: string; command: string; problem: string }) =>
      `\`${p.command}\` failed in \`${p.directory}\`: \`${p.problem}\``,
    () =>
      'the files are written: read above what the package manager says, then run the command yourself in that folder',
  ),
};
