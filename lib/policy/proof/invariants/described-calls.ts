import type { DeclaredInvariant } from '../../../contract/invariant';
import { type PolicySet, preparePoliciesOver } from '../../decision/policy-set';

/** The calls that an invariant describes, as a set that permits just these. Without a policy when Cedar cannot parse it. */
export function describedCalls(invariant: DeclaredInvariant, set: PolicySet): PolicySet {
  return preparePoliciesOver(set, [{ ...invariant, effect: 'permit', statementParts: permitting(invariant) }]);
}

/** The statement with `permit` in place of its effect, which is its first word. */
function permitting({ effect, statementParts }: DeclaredInvariant): string[] {
  const [first = '', ...rest] = statementParts;
  return [`permit${first.slice(effect.length)}`, ...rest];
}
