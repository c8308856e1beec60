import { GovernanceError } from '../../diagnostics/governance-error';

/** The error about a list that was given to a function that takes its values one by one: tsx runs an app without a type check. */
export function oneByOne(name: string): GovernanceError {
  return GovernanceError.of('GATEWAY_LIST_GIVEN', { name });
}
