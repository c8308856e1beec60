import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** Sources disagree whether the service takes `action` without a constraint together with a named gateway. */
export const bareAction: Lint = {
  policy(policy) {
    const { action, resource } = policy.json;
    if (action.op !== 'All' || resource.op !== '==') return [];
    return [diagnostic('POLICY_ACTION_BARE_WITH_GATEWAY', {}, { location: policy.scopeOf('resource') })];
  },
};
