import { stop } from './entry';

/** Findings about packages that the app installs. */
export const PACKAGE = {
  NODE_TOO_OLD: stop(
    (p: { version: string; min: string }) =>
      `this is Node.js ${p.version}, and governed-gateway needs ${p.min} or later`,
    () => 'install a current version of Node.js, for example with `nvm install --lts`',
  ),
  PACKAGE_MISSING: stop(
    (p: { name: string; what: string; install: string }) =>
      `${p.what} needs the package \`${p.name}\`, which is not installed`,
    (p) => `run \`${p.install}\``,
  ),
  PACKAGE_BROKEN: stop(
    (p: { name: string; problem: string }) => `the package \`${p.name}\` cannot be loaded: ${p.problem}`,
    () =>
      'install the packages again on this machine, with optional ones, such as by `npm ci`; what another system installed does not run here',
  ),
};
