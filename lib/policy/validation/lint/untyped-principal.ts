import { OAUTH_USER } from '../../../contract/claims';
import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/**
 * Without a type, a policy is judged for every type of principal, of which some have no id and no claims: a forbid on a claim is
 * then judged overly restrictive by the service.
 */
export const untypedPrincipal: Lint = {
  policy(policy) {
    if (policy.json.principal.op !== 'All') return [];
    const location = policy.scopeOf('principal');
    return [diagnostic('POLICY_PRINCIPAL_UNTYPED', { type: OAUTH_USER }, { location })];
  },
};
