import { PolicySet, type PreparedPolicy } from '../../decision/policy-set';
import { parseStatement } from '../../source/parsed-policy';

const EVERYTHING = 'permit(principal, action, resource);';

/**
 * A set of which some policies decide alone, as they stand in it. Where all of them forbid, everything else is allowed: else no test could tell
 * what they forbid from what nothing permits.
 */
export function policiesAlone(set: PolicySet, ids: readonly string[]): PolicySet {
  const chosen = new Map([...set.policies].filter(([id]) => ids.includes(id)));
  const forbids = [...chosen.values()].every(({ policy }) => policy.effect === 'forbid');
  const otherwise = permitOfEverything();
  const policies = forbids ? new Map([...chosen, [otherwise.policy.id, otherwise]]) : chosen;
  return new PolicySet(policies, set.schema, set.mode, set.gatewayArn, set.switches);
}

function permitOfEverything(): PreparedPolicy {
  const parsed = parseStatement(EVERYTHING);
  if (!parsed.ok) throw new Error('the permit of everything does not parse');
  return {
    policy: {
      id: 'everything else',
      name: 'everything_else',
      effect: 'permit',
      statementParts: [EVERYTHING],
      validationMode: 'IGNORE_ALL_FINDINGS',
      enforcementMode: 'ACTIVE',
      origin: { file: 'everything else', line: 1, column: 1 },
    },
    text: EVERYTHING,
    json: parsed.json,
  };
}
