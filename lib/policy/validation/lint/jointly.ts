import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { JointDecision } from '../truth/static-truth';
import { listed } from './listed';

/** One finding per decision of several policies, at the last of them that does not ignore the service's findings. */
export function jointly(
  code: 'POLICY_SET_ALLOWS_EVERYTHING' | 'POLICY_SET_DENIES_EVERYTHING',
  decisions: readonly JointDecision[],
): Diagnostic[] {
  return decisions.flatMap(({ policies, principalType, tools }) => {
    const last = policies.findLast((policy) => !policy.ignoresFindings && !policy.isGuard);
    if (last === undefined) return [];
    const params = {
      policies: listed(policies.map(({ policy }) => policy.id)),
      principal: principalType,
      tools: listed(tools.map(({ action }) => action)),
    };
    const others = policies.filter((policy) => policy !== last && !policy.isGuard);
    const related = others.map(({ policy, head }) => ({ message: `together with \`${policy.id}\``, location: head }));
    return [diagnostic(code, params, { location: last.head, related })];
  });
}
