import { POLICY_NAME_PATTERN, RESERVED_POLICY_NAME_PATTERN } from '../../../contract/limits';
import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** Names that the service refuses (source: API model), and those that would be taken for something else there. */
export const names: Lint = {
  policy(policy) {
    const { name } = policy.policy;
    if (!POLICY_NAME_PATTERN.test(name))
      return [diagnostic('POLICY_NAME_INVALID', { name }, { location: policy.head })];
    return RESERVED_POLICY_NAME_PATTERN.test(name)
      ? [diagnostic('POLICY_NAME_RESERVED', { name }, { location: policy.head })]
      : [];
  },
  set({ policies }) {
    const seen = new Set<string>();
    return policies.flatMap((policy) => {
      const { name } = policy.policy;
      const isTaken = seen.has(name);
      seen.add(name);
      return isTaken ? [diagnostic('POLICY_NAME_DUPLICATE', { name }, { location: policy.head })] : [];
    });
  },
};
