import { UNAUTHENTICATED_USER } from '../../../contract/claims';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { coversPrincipalType } from '../../decision/scope';
import type { Lint } from './lint';

/** Reported by one project: the service refuses this type as unsupported, which stock Cedar takes. */
export const unauthenticatedPrincipal: Lint = {
  policy(policy) {
    const { json } = policy;
    if (json.principal.op === 'All' || !coversPrincipalType(json, UNAUTHENTICATED_USER)) return [];
    return [diagnostic('POLICY_PRINCIPAL_UNAUTHENTICATED', {}, { location: policy.scopeOf('principal') })];
  },
};
