import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';
import { quotedNames } from './quoted-names';

/** A policy that could be removed: whatever it decides, others decide alike. */
export const changesNothing: Lint = {
  policy(policy, { truth }) {
    const cover = truth.redundant.get(policy);
    if (cover === undefined || truth.always.has(policy)) return [];
    const policies = cover.length === 0 ? undefined : quotedNames(cover.map((other) => other.policy.id));
    const shown = cover.filter((other) => !other.isGuard);
    const related = shown.map((other) => ({ message: `covered by \`${other.policy.id}\``, location: other.head }));
    const { effect } = policy.policy;
    return [diagnostic('POLICY_CHANGES_NOTHING', { effect, policies }, { location: policy.head, related })];
  },
};
