import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** Tools for which no active permit could ever hold. */
export const unreachableTools: Lint = {
  set({ policies, truth, schema }) {
    const active = policies.filter(({ policy, isGuard }) => policy.enforcementMode === 'ACTIVE' && !isGuard);
    if (active.length === 0) return [];
    const wanted = truth.unpermitted.filter(({ action }) => !schema.denied.has(action));
    return wanted.map(({ action }) => diagnostic('POLICY_TOOL_UNREACHABLE', { tool: action }));
  },
};
