import { diagnostic } from '../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** Tools for which no active permit could ever hold. */
export const unreachableTools: Lint = {
  set({ policies, never, schema }) {
    const active = policies.filter(({ policy, isGuard }) => policy.enforcementMode === 'ACTIVE' && !isGuard);
    if (active.length === 0) return [];
    const permits = active.filter((policy) => policy.policy.effect === 'permit' && !never.has(policy));
    const reached = new Set(permits.flatMap(({ tools }) => tools.map(({ action }) => action)));
    return [...schema.tools.keys()]
      .filter((tool) => !reached.has(tool))
      .map((tool) => diagnostic('POLICY_TOOL_UNREACHABLE', { tool }));
  },
};
