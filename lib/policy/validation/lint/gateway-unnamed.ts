import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** Named actions need a named gateway. Source: developer guide, page policy-scope. */
export const gatewayUnnamed: Lint = {
  policy(policy) {
    const { action, resource } = policy.json;
    if (action.op === 'All' || resource.op === 'All' || resource.op === '==') return [];
    return [diagnostic('POLICY_GATEWAY_UNNAMED', {}, { location: policy.scopeOf('resource') })];
  },
};
