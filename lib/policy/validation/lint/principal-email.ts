import { OAUTH_USER } from '../../../contract/claims';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { comparedIds, namedEntities } from '../view/principal-ids';
import type { Lint } from './lint';

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** A principal's id taken for an e-mail address: the policy is accepted and matches nobody. */
export const principalEmail: Lint = {
  policy(policy) {
    const found = [...comparedIds(policy), ...namedEntities(policy, OAUTH_USER)].filter(({ id }) => EMAIL.test(id));
    return found.map(({ id, location }) => diagnostic('POLICY_PRINCIPAL_EMAIL', { id }, { location }));
  },
};
