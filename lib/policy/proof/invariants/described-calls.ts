import type { DeclaredInvariant } from '../../../contract/invariant';
import { type PolicySet, preparePolicySet } from '../../decision/policy-set';
import type { CatalogTarget } from '../../schema/catalog-target';

/** The calls that an invariant describes, as a set that permits just these. Without a policy when Cedar cannot parse it. */
export function describedCalls(
  invariant: DeclaredInvariant,
  { set, targets }: { readonly set: PolicySet; readonly targets: readonly CatalogTarget[] },
): PolicySet {
  const permit: DeclaredInvariant = { ...invariant, effect: 'permit', statementParts: permitting(invariant) };
  return preparePolicySet({
    policies: [permit],
    targets,
    mode: 'ENFORCE',
    gatewayArn: set.gatewayArn,
    switches: set.switches,
  });
}

/** The statement with `permit` in place of its effect, which is its first word. */
function permitting({ effect, statementParts }: DeclaredInvariant): string[] {
  const [first = '', ...rest] = statementParts;
  return [`permit${first.slice(effect.length)}`, ...rest];
}
