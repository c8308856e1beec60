import { type Diagnostic, diagnostic } from './diagnostic';
import { GovernanceError } from './governance-error';

/** A package that is loaded on demand. */
export interface WantedPackage {
  readonly name: string;
  /** What needs it, as a sentence begins; undefined for a dependency of this library, whose absence means a broken install. */
  readonly use?: string;
}

/**
 * Imports a package whose absence is to be said as such.
 *
 * @throws GovernanceError `PACKAGE_MISSING` with the command that installs it, `PACKAGE_BROKEN`
 */
export async function importPackage<T>(wanted: WantedPackage, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw explained(wanted, error);
  }
}

/** As {@link importPackage}, for packages that are loaded by `require`. */
export function requirePackage<T>(wanted: WantedPackage, load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw explained(wanted, error);
  }
}

function explained({ name, use }: WantedPackage, error: unknown): GovernanceError {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
  const isMissing = (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') && message.includes(`'${name}`);
  if (isMissing && use !== undefined) return new GovernanceError([missingPackage({ name, use })]);
  const problem = (message.split('\n', 1)[0] ?? '').replaceAll('`', "'");
  return GovernanceError.of('PACKAGE_BROKEN', { name, problem });
}

/** The finding about a package that something needs, with the command that installs it. */
export function missingPackage({ name, use }: Required<WantedPackage>): Diagnostic {
  return diagnostic('PACKAGE_MISSING', { name, what: use, install: installCommand(name) });
}

/** The command of the package manager that runs this process; npm where none does. */
function installCommand(name: string): string {
  const [manager] = (process.env['npm_config_user_agent'] ?? '').split('/', 1);
  if (manager === 'pnpm') return `pnpm add --save-dev ${name}`;
  if (manager === 'yarn') return `yarn add --dev ${name}`;
  return `npm install --save-dev ${name}`;
}
