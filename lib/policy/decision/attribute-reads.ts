import { IAM_ENTITY, OAUTH_USER, UNAUTHENTICATED_USER } from '../../contract/claims';
import type { Expr, PolicyJson } from '../cedar/cedar';
import { contextPath, entityLiteral, isVariable, operandsOf, operatorOf } from '../cedar/expression';

/** Everything that policies read of a request, by names that they write out. */
export interface AttributeReads {
  /** Claims whose values are read; `all` when a policy computes the name. */
  readonly claims: ReadonlySet<string> | 'all';
  /** Claims that are only asked for. */
  readonly testedClaims: ReadonlySet<string>;
  /** Names from the context on, such as `['input', 'place', 'zip']`; an empty list is the whole context. */
  readonly paths: readonly (readonly string[])[];
  /** As `paths`, of what is only asked for. */
  readonly testedPaths: readonly (readonly string[])[];
  /** Whether the caller's id matters, in a scope or in a condition. */
  readonly callerId: boolean;
}

/** Reads off policies what they read. */
export function attributeReads(policies: readonly PolicyJson[]): AttributeReads {
  const observation = new Observation();
  for (const { principal, conditions } of policies) {
    if ('entity' in principal || 'slot' in principal) observation.callerId = true;
    for (const { body } of conditions) observation.see(body);
  }
  return observation;
}

const CALLERS: readonly string[] = [OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER];

class Observation implements AttributeReads {
  claims: Set<string> | 'all' = new Set();
  readonly testedClaims = new Set<string>();
  readonly paths: (readonly string[])[] = [];
  readonly testedPaths: (readonly string[])[] = [];
  callerId = false;

  see(expression: Expr): void {
    const path = contextPath(expression);
    if (path !== undefined) (operatorOf(expression)[0] === 'has' ? this.testedPaths : this.paths).push(path);
    else if (isVariable(expression, 'principal') || isCaller(expression)) this.callerId = true;
    else this.seeOperator(expression);
  }

  private seeOperator(expression: Expr): void {
    const [operator, operand] = operatorOf(expression);
    if (operator === 'hasTag' || operator === 'getTag') {
      this.seeTag(operator, operand.left, operand.right);
      return;
    }
    if (operator === 'is' && operand.in === undefined && isVariable(operand.left, 'principal')) return;
    for (const part of operandsOf(expression)) this.see(part);
  }

  private seeTag(operator: 'hasTag' | 'getTag', owner: Expr, name: Expr): void {
    const isPrincipal = isVariable(owner, 'principal');
    if (isPrincipal && 'Value' in name && typeof name.Value === 'string') {
      if (operator === 'hasTag') this.testedClaims.add(name.Value);
      else if (this.claims !== 'all') this.claims.add(name.Value);
      return;
    }
    // Tags of an argument are part of it. Whatever else has tags may be the caller.
    if (contextPath(owner) === undefined) this.claims = 'all';
    if (!isPrincipal) this.see(owner);
    this.see(name);
  }
}

function isCaller(expression: Expr): boolean {
  const entity = entityLiteral(expression);
  return entity !== undefined && CALLERS.includes(entity.type);
}
