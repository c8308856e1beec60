import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** Forbids without any permit: everything is denied anyway, and the service may refuse the first forbid. */
export const noPermit: Lint = {
  set({ policies }) {
    const active = policies.filter(({ policy, isGuard }) => policy.enforcementMode === 'ACTIVE' && !isGuard);
    const [forbid] = active;
    if (forbid === undefined || active.some(({ policy }) => policy.effect === 'permit')) return [];
    return [diagnostic('POLICY_NO_PERMIT', {}, { location: forbid.head })];
  },
};
