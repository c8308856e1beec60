import { POLICY_CONDITION } from './policy-condition';
import { POLICY_SCOPE } from './policy-scope';
import { POLICY_SET } from './policy-set';
import { POLICY_SOURCE } from './policy-source';

/** Findings about policies. */
export const POLICY = {
  ...POLICY_SOURCE,
  ...POLICY_SCOPE,
  ...POLICY_CONDITION,
  ...POLICY_SET,
};
