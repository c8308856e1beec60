import type { DeclaredInvariant } from '../../contract/invariant';
import type { DeclaredTrustedField } from '../../contract/trusted-context';
import { type Diagnostic, diagnostic, type Location } from '../../diagnostics/diagnostic';
import { preparePolicySet } from '../decision/policy-set';
import { type CheckedInvariant, checkInvariants } from '../proof/invariants/check-invariants';
import { describeCall, describePolicies, unfilledFields } from '../proof/invariants/describe-call';
import { quotedNames } from './lint/quoted-names';
import type { ValidationInput } from './view/validation-input';

/** Findings about the invariants of a policy set that is valid: broken ones, undecided ones, and those about no call. */
export function invariantFindings(
  invariants: readonly DeclaredInvariant[],
  input: ValidationInput,
  gatewayArn: string,
): Diagnostic[] {
  if (invariants.length === 0) return [];
  const { claims, principalType, switches } = input;
  const set = preparePolicySet({
    policies: input.policies,
    targets: input.targets,
    mode: input.mode,
    gatewayArn,
    ...(switches === undefined ? {} : { switches }),
  });
  const checked = checkInvariants({
    invariants,
    set,
    claims,
    ...(principalType === undefined ? {} : { principalType }),
  });
  return checked.flatMap((one) => findingsOf(one, input.texts, input.trustedContext));
}

/** Findings about one invariant; none for a proved one. */
export function findingsOf(
  { invariant, verdict }: CheckedInvariant,
  texts: ReadonlyMap<string, string>,
  trustedContext: readonly DeclaredTrustedField[],
): Diagnostic[] {
  const { sentence } = invariant;
  const location = placeOf(invariant, texts);
  switch (verdict.kind) {
    case 'proved':
      return [];
    case 'vacuous':
      return [diagnostic('INVARIANT_VACUOUS', { sentence }, { location })];
    case 'undecided':
      return [
        diagnostic(
          'INVARIANT_UNDECIDED',
          { sentence, tools: quotedNames(verdict.tools), reason: verdict.reason },
          { location },
        ),
      ];
    case 'broken': {
      const { counterexample } = verdict;
      const problem = `${describeCall(counterexample)}, decided by ${describePolicies(counterexample)}`;
      const unfilled = unfilledFields(counterexample.witness.call, trustedContext);
      return [diagnostic('INVARIANT_BROKEN', { sentence, problem, unfilled }, { location })];
    }
  }
}

/** The first word of the statement. */
function placeOf({ origin, effect }: DeclaredInvariant, texts: ReadonlyMap<string, string>): Location {
  const { file, line, column } = origin;
  const source = texts.get(file);
  const place = { file, line, column, endLine: line, endColumn: column + effect.length };
  return source === undefined ? place : { ...place, source };
}
