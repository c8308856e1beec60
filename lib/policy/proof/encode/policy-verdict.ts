import type { PolicyJson } from '../../cedar/cedar';
import { plainUid } from '../../cedar/expression';
import { coversTool } from '../../decision/scope';
import type { Formula } from '../formula/formula';
import type { CallSpace } from './call-space';
import { Expressions } from './expression';
import type { Result, SymbolicEntity } from './symbolic-value';

/** For which calls a policy matches, and for which evaluating it fails. */
export interface Verdict {
  readonly matches: Formula;
  readonly fails: Formula;
}

/** A policy for the calls of a tool. */
export function policyVerdict(policy: PolicyJson, calls: CallSpace): Verdict {
  const { formulas } = calls;
  if (!coversTool(policy, calls.kind.tool)) return { matches: formulas.false, fails: formulas.false };
  const expressions = new Expressions(calls);
  const scope = formulas.and(
    inScope(policy.principal, calls.principal, expressions, calls),
    inScope(policy.resource, calls.resource, expressions, calls),
  );
  if (scope === formulas.false) return { matches: formulas.false, fails: formulas.false };
  let result: Result = { value: expressions.boolean(scope), fails: formulas.false };
  for (const { kind, body } of policy.conditions) {
    const condition = expressions.condition(body);
    result = expressions.and(result, kind === 'when' ? condition : expressions.not(condition));
  }
  return { matches: formulas.and(expressions.truth(result.value), formulas.not(result.fails)), fails: result.fails };
}

function inScope(
  scope: PolicyJson['principal'] | PolicyJson['resource'],
  of: SymbolicEntity,
  expressions: Expressions,
  { formulas }: CallSpace,
): Formula {
  if (scope.op === 'All') return formulas.true;
  const isOfType = formulas.constant(scope.op !== 'is' || scope.entity_type === of.type);
  const entity =
    'entity' in scope
      ? scope.entity
      : 'in' in scope && scope.in !== undefined && 'entity' in scope.in
        ? scope.in.entity
        : undefined;
  if (entity === undefined) return isOfType;
  return formulas.and(isOfType, expressions.comparisons.equal(of, expressions.entityLiteral(plainUid(entity))));
}
