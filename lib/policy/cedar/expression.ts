import type { EntityUidJson, Expr, PolicyJson, TypeAndId } from './cedar';

/** What the operators of Cedar's JSON form take; each takes some of it. */
export interface Operand {
  readonly left: Expr;
  readonly right: Expr;
  readonly arg: Expr;
  readonly if: Expr;
  readonly then: Expr;
  readonly else: Expr;
  readonly entity_type: string;
  readonly in?: Expr;
  readonly attr: string | readonly string[];
  readonly pattern: readonly ('Wildcard' | { readonly Literal: string })[];
}

/** The operator of an expression, and what it takes. */
export function operatorOf(expression: Expr): readonly [operator: string, operand: Operand] {
  const [operator = '', operand] = Object.entries(expression)[0] ?? [];
  return [operator, operand as unknown as Operand];
}

const OPERANDS = ['left', 'right', 'arg', 'if', 'then', 'else', 'in'] as const;

/** The expressions that an expression consists of, from left to right. */
export function operandsOf(expression: Expr): readonly Expr[] {
  const [operator, operand] = operatorOf(expression);
  if (operator === 'Value' || operator === 'Var' || operator === 'Slot') return [];
  if (operator === 'Record') return Object.values(operand) as Expr[];
  // A set, or the arguments of a function.
  if (Array.isArray(operand)) return operand as Expr[];
  return OPERANDS.flatMap((name) => {
    const part = operand[name];
    return part === undefined ? [] : [part];
  });
}

/** An expression and every expression in it. */
export function* expressionsIn(expression: Expr): Generator<Expr, void> {
  yield expression;
  for (const part of operandsOf(expression)) yield* expressionsIn(part);
}

/** Every expression in the conditions of a policy. */
export function* expressionsOf({ conditions }: PolicyJson): Generator<Expr, void> {
  for (const { body } of conditions) yield* expressionsIn(body);
}

/** Whether an expression is one of Cedar's variables. */
export function isVariable(expression: Expr, name: 'principal' | 'action' | 'resource' | 'context'): boolean {
  return 'Var' in expression && expression.Var === name;
}

/**
 * Names from the context on, such as `['input', 'region']` of `context.input.region` and of `context.input has region`. Undefined for
 * any other expression.
 */
export function contextPath(expression: Expr): readonly string[] | undefined {
  const [operator, operand] = operatorOf(expression);
  if (operator !== 'has') return accessPath(expression);
  const owner = accessPath(operand.left);
  return owner && [...owner, ...[operand.attr].flat()];
}

function accessPath(expression: Expr): readonly string[] | undefined {
  if (isVariable(expression, 'context')) return [];
  const [operator, operand] = operatorOf(expression);
  const owner = operator === '.' ? accessPath(operand.left) : undefined;
  return owner && [...owner, ...[operand.attr].flat()];
}

/** The entity that an expression writes out. */
export function entityLiteral(expression: Expr): TypeAndId | undefined {
  const value: unknown = 'Value' in expression ? expression.Value : undefined;
  if (typeof value !== 'object' || value === null || !('__entity' in value)) return undefined;
  return value.__entity as TypeAndId;
}

export function plainUid(uid: EntityUidJson): TypeAndId {
  return '__entity' in uid ? uid.__entity : uid;
}
