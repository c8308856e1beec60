import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { JointDecision } from '../truth/every-call';
import { quotedNames } from './quoted-names';

/** One finding per decision of several policies, at the last of them that does not ignore the service's findings. */
export function jointFindings(
  code: 'POLICY_SET_ALLOWS_EVERYTHING' | 'POLICY_SET_DENIES_EVERYTHING',
  decisions: readonly JointDecision[],
): Diagnostic[] {
  return decisions.flatMap(({ policies, principalTypes, tools }) => {
    const last = policies.findLast((policy) => !policy.ignoresFindings && !policy.isGuard);
    if (last === undefined) return [];
    const params = {
      policies: quotedNames(policies.map(({ policy }) => policy.id)),
      principals: quotedNames(principalTypes),
      tools: quotedNames(tools.map(({ action }) => action)),
    };
    const others = policies.filter((policy) => policy !== last && !policy.isGuard);
    const related = others.map(({ policy, head }) => ({ message: `together with \`${policy.id}\``, location: head }));
    return [diagnostic(code, params, { location: last.head, related })];
  });
}
