import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** The service refuses `resource` without a constraint, which stock Cedar takes. Source: contract of the platform, text of the refusal. */
export const wildcardResource: Lint = {
  policy(policy) {
    if (policy.json.resource.op !== 'All') return [];
    const named = policy.json.action.op !== 'All';
    return [diagnostic('POLICY_RESOURCE_WILDCARD', { named }, { location: policy.scopeOf('resource') })];
  },
};
