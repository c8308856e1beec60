import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** Tools for which no active permit could ever hold. */
export const unreachableTools: Lint = {
  set({ policies, truth }) {
    const active = policies.filter(({ policy, isGuard }) => policy.enforcementMode === 'ACTIVE' && !isGuard);
    if (active.length === 0) return [];
    return truth.unpermitted.map(({ action }) => diagnostic('POLICY_TOOL_UNREACHABLE', { tool: action }));
  },
};
