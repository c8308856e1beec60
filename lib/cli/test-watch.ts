import { relative, resolve } from 'node:path';
import { GovernanceError } from '../diagnostics/governance-error';
import { Watcher } from '../emulator/reload/watcher';
import { appDirectoryOf } from '../policy/assembly/app-directory';
import { readManifests } from '../policy/assembly/manifest-files';
import { DEFAULT_ASSEMBLY, type GatewayOptions } from './gateway-input';
import { printDiagnostics } from './print-diagnostics';
import type { Terminal } from './terminal';

/**
 * Runs tests, and again whenever a file is changed that they depend on, until it is interrupted. What goes wrong in a run is shown, and the next
 * change tries again. Throws when there is no assembly to begin with, and for options that cannot be.
 *
 * @param args test files and folders that the user named
 */
export async function watchTests(
  terminal: Terminal,
  options: GatewayOptions,
  args: readonly string[],
  run: () => Promise<unknown>,
): Promise<void> {
  let paths = watchedPaths(terminal, options, args);
  const again = async (changed: readonly string[]): Promise<void> => {
    terminal.err(`\nchanged: ${changed.map((file) => relative(terminal.cwd, file)).join(', ')}\n`);
    await shown(terminal, async () => {
      paths = watchedPaths(terminal, options, args);
      await run();
    });
  };
  let watcher: Watcher | undefined;
  try {
    await new Promise<void>((done, fail) => {
      let first = Promise.resolve();
      // From before the first run, so that what is changed meanwhile is seen.
      watcher = new Watcher(
        () => paths,
        (changed) => first.then(() => again(changed)).catch(fail),
      );
      first = shown(terminal, run).then(() => {
        terminal.err('watching policies, tests and the assembly; Ctrl-C ends it\n');
      });
      first.catch(fail);
      terminal.onInterrupt(done);
    });
  } finally {
    watcher?.stop();
  }
}

/** Files and folders that a run reads: as the options name them, or as the manifests of the app do. */
function watchedPaths(
  { cwd }: Terminal,
  { app = DEFAULT_ASSEMBLY, gateway, policies, tools, identity }: GatewayOptions,
  args: readonly string[],
): string[] {
  const named = [...args, ...[policies, tools, identity].filter((path) => path !== undefined)];
  const own = named.map((path) => resolve(cwd, path));
  if (policies !== undefined) return own;
  const manifests = readManifests(app, gateway, cwd).flatMap((found) => {
    const { policySources, tests, sources } = found.manifest;
    const directory = appDirectoryOf(found, cwd) ?? cwd;
    const files = [...policySources, ...tests, ...sources.map(({ file }) => file)];
    return [found.file, ...files.map((file) => resolve(directory, file))];
  });
  return [...own, ...manifests];
}

async function shown(terminal: Terminal, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    // No change of a file mends an option.
    if (!GovernanceError.is(error) || error.diagnostics.some(({ code }) => code.startsWith('COMMAND_OPTION')))
      throw error;
    printDiagnostics(terminal, 'text', error.diagnostics);
  }
}
