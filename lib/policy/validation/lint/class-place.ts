import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** A class that stands where no list of tools can take its place. */
export const classPlace: Lint = {
  policy(policy) {
    return policy.classPlaces
      .filter(({ isScope, test }) => !isScope && test === undefined)
      .map(({ start, end, actions: [group = ''] }) =>
        diagnostic('POLICY_CLASS_PLACE', { group }, { location: policy.at(start, end) }),
      );
  },
};
