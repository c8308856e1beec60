import { POLICY_CONDITION } from './policy-condition';
import { POLICY_SCHEMA } from './policy-schema';
import { POLICY_SCOPE } from './policy-scope';
import { POLICY_SET } from './policy-set';
import { POLICY_SOURCE } from './policy-source';
import { POLICY_STATEMENT } from './policy-statement';

/** Findings about policies and about the Cedar schema that they are checked against. */
export const POLICY = {
  ...POLICY_SCHEMA,
  ...POLICY_SOURCE,
  ...POLICY_SCOPE,
  ...POLICY_CONDITION,
  ...POLICY_SET,
  ...POLICY_STATEMENT,
};
