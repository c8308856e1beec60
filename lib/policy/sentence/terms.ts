import type { Expr, TypeAndId } from '../cedar/cedar';
import { contextPath, entityLiteral, isVariable, operatorOf } from '../cedar/expression';
import { entityName } from './entity-names';
import { quotedName, quotedPath, quotedText } from './quoted';

/** What terms need from the sentence that they stand in. */
export interface Words {
  /** The digits of an integer as the policy has them. */
  readonly integer: (value: number) => string;
  /** A condition in one line. */
  readonly condition: (expression: Expr) => string;
}

/** Functions that make a value of a text: what the text says is said as it is written. */
const LITERALS: readonly string[] = ['decimal', 'datetime', 'duration', 'ip'];

const NOW = 'the time of the call';

/** Words for a function's values; the first value is the one whose method it is. */
const FUNCTIONS: { readonly [name: string]: (...values: readonly string[]) => string } = {
  toDate: (value) => `the day of ${value === NOW ? 'the call' : value}`,
  toTime: (value) => `the time of day of ${value === NOW ? 'the call' : value}`,
  toMilliseconds: (value) => `${value} in milliseconds`,
  toSeconds: (value) => `${value} in seconds`,
  toMinutes: (value) => `${value} in minutes`,
  toHours: (value) => `${value} in hours`,
  toDays: (value) => `${value} in days`,
  offset: (time, by) => `(${time} plus ${by})`,
  durationSince: (end, start) => `the time from ${start} to ${end}`,
};

const CONDITIONS: readonly string[] = [
  ...['!', '==', '!=', '<', '<=', '>', '>=', '&&', '||', 'in', 'is', 'has', 'like'],
  ...['contains', 'containsAll', 'containsAny', 'isEmpty', 'hasTag'],
  ...['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'],
  ...['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast', 'isInRange'],
];

/** What an expression stands for, as a noun: "their claim `department`", "5000000.0", "the time of the call". */
export function term(expression: Expr, words: Words): string {
  const [operator, operand] = operatorOf(expression);
  const inner = (part: Expr): string => term(part, words);
  if (CONDITIONS.includes(operator)) return `(whether ${words.condition(expression)})`;
  switch (operator) {
    case 'Value':
      return literal(entityLiteral(expression), operand, words);
    case 'Var':
      return variable(expression);
    case 'Set':
      return `[${(operand as unknown as readonly Expr[]).map(inner).join(', ')}]`;
    case 'Record': {
      const members = Object.entries(operand as unknown as { readonly [name: string]: Expr });
      return `{ ${members.map(([name, value]) => `${quotedName(name)}: ${inner(value)}`).join(', ')} }`;
    }
    case '.':
      return attribute(expression, inner);
    case 'getTag':
      return tag(operand, inner);
    case 'neg':
      return `-(${inner(operand.arg)})`;
    case '+':
    case '-':
    case '*':
      return `(${inner(operand.left)} ${operator} ${inner(operand.right)})`;
    case 'if-then-else':
      return `(${inner(operand.then)} if ${words.condition(operand.if)}, otherwise ${inner(operand.else)})`;
    default:
      return call(operator, operand as unknown as readonly Expr[], inner);
  }
}

/** A claim, or a tag of something else than the caller. */
export function tag(
  { left, right }: { readonly left: Expr; readonly right: Expr },
  inner: (part: Expr) => string,
): string {
  const named = claimName(right, inner);
  return isVariable(left, 'principal') ? `their claim ${named}` : `the tag ${named} of ${inner(left)}`;
}

/** The name of a claim, which a policy may also compute. */
export function claimName(expression: Expr, inner: (part: Expr) => string): string {
  const name = textLiteral(expression);
  return name === undefined ? `that ${inner(expression)} names` : quotedName(name);
}

/** An argument, the time of the call, or an attribute of something. */
function attribute(expression: Expr, inner: (part: Expr) => string): string {
  const path = contextPath(expression);
  if (path !== undefined) return contextName(path);
  const [, { left, attr }] = operatorOf(expression);
  const names = quotedPath([attr].flat());
  return isVariable(left, 'principal') ? `their attribute ${names}` : `the attribute ${names} of ${inner(left)}`;
}

/** The text that an expression writes out. */
export function textLiteral(expression: Expr): string | undefined {
  return 'Value' in expression && typeof expression.Value === 'string' ? expression.Value : undefined;
}

function contextName(path: readonly string[]): string {
  const [group, ...rest] = path;
  if (group === 'input') return rest.length === 0 ? 'the arguments' : `the argument ${quotedPath(rest)}`;
  if (group === 'system' && rest.length === 1 && rest[0] === 'now') return NOW;
  return `the context's ${quotedPath(path)}`;
}

function variable(expression: Expr): string {
  if (isVariable(expression, 'principal')) return 'the caller';
  if (isVariable(expression, 'action')) return 'the tool';
  return isVariable(expression, 'resource') ? 'the gateway' : 'the context';
}

function literal(entity: TypeAndId | undefined, value: unknown, words: Words): string {
  if (entity !== undefined) return entityName(entity);
  if (typeof value === 'string') return quotedText(value);
  return typeof value === 'number' ? words.integer(value) : quotedText(JSON.stringify(value)).slice(1, -1);
}

function call(name: string, values: readonly Expr[], inner: (part: Expr) => string): string {
  const [first] = values;
  const written = first && LITERALS.includes(name) ? textLiteral(first) : undefined;
  if (written !== undefined) return quotedText(written).slice(1, -1);
  const said = values.map(inner);
  return FUNCTIONS[name]?.(...said) ?? `the ${name} of ${said.join(', ')}`;
}
