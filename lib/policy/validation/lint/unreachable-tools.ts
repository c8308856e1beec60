import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** Tools of which no call is ever allowed. */
export const unreachableTools: Lint = {
  set({ policies, truth, schema }) {
    const active = policies.filter(({ policy, isGuard }) => policy.enforcementMode === 'ACTIVE' && !isGuard);
    if (active.length === 0) return [];
    const wanted = truth.unreachable.filter(({ action }) => !schema.denied.has(action));
    return wanted.map(({ action }) => diagnostic('POLICY_TOOL_UNREACHABLE', { tool: action }));
  },
};
