import { GovernanceError } from '../../diagnostics/governance-error';
import type { CliCommand } from '../command';
import { scopeText } from '../drift-findings';
import { EXIT } from '../exit-code';
import { type LockOptions, lockOptions, lockScope, openLocks, sameScope, sayWhatStays } from '../lockable-gateway';

/** Removes the locks of what the options name from a deployed gateway. */
export const command: CliCommand<LockOptions> = {
  configure(parser) {
    lockOptions(parser);
  },

  async run({ options, terminal }) {
    const { locks, manifest } = await openLocks(terminal, options);
    const found = await locks.list();
    // A tool that the app no longer has may still be locked.
    const scope = lockScope(
      options,
      manifest,
      found.map(({ lock }) => lock.scope),
    );
    const removed = found.filter(({ lock }) => sameScope(lock.scope, scope));
    if (removed.length === 0) throw GovernanceError.of('LOCK_NONE', { what: scopeText(scope) });
    sayWhatStays(terminal, 'the lock is being removed, and goes');
    for (const { policyId } of removed) {
      await locks.remove(policyId);
      terminal.out(`removed policy ${policyId}: ${scopeText(scope)} is no longer locked\n`);
    }
    return EXIT.ok;
  },
};
