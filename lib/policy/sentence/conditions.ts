import type { Expr } from '../cedar/cedar';
import { contextPath, entityLiteral, isVariable, type Operand, operatorOf } from '../cedar/expression';
import { ACTION_TYPE } from '../schema/platform-entities';
import { actionItself, callersOfType } from './entity-names';
import { likePhrase } from './patterns';
import { CONTAINS, fact, IS, opposite, type Phrase, together, type Verb } from './phrase';
import { isGuard, saysPresence } from './presence';
import { quotedName, quotedPath } from './quoted';
import { claimName, tag, term, textLiteral, type Words } from './terms';

const IS_IN: Verb = { yes: 'is in', no: 'is not in' };
const IS_GIVEN: Verb = { yes: 'is given', no: 'is not given' };
const CARRIES: Verb = { yes: 'carries', no: 'does not carry' };
const IS_THERE: Verb = { yes: 'is there', no: 'is missing' };
const CONTAINS_ALL: Verb = { yes: 'contains all of', no: 'does not contain all of' };
const CONTAINS_ANY: Verb = { yes: 'contains any of', no: 'contains none of' };
const ALWAYS: Verb = { yes: 'always holds (true)', no: 'never holds (not true)' };
const NEVER: Verb = { yes: 'never holds (false)', no: 'always holds (not false)' };
const IS_EMPTY: Verb = { yes: 'is empty', no: 'is not empty' };

/** Comparisons of numbers, and of times and durations. */
const ORDER: { readonly [operator: string]: readonly [number: Verb, time: Verb] } = {
  '<': [verb('less than'), verb('before')],
  '<=': [verb('at most'), verb('at or before')],
  '>': [verb('more than'), verb('after')],
  '>=': [verb('at least'), verb('at or after')],
};

const DECIMAL_ORDER: { readonly [method: string]: string } = {
  lessThan: '<',
  lessThanOrEqual: '<=',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
};

/** Questions about an IP address. */
const ADDRESSES: { readonly [method: string]: Verb } = {
  isIpv4: verb('an IPv4 address'),
  isIpv6: verb('an IPv6 address'),
  isLoopback: verb('a loopback address'),
  isMulticast: verb('a multicast address'),
  isInRange: verb('in the range'),
};

/** What a condition says. @param words without `condition`, which comes from here */
export function conditionPhrase(expression: Expr, words: Words): Phrase {
  const [operator, operand] = operatorOf(expression);
  const inner = (part: Expr): string => term(part, words);
  const phrase = (part: Expr): Phrase => conditionPhrase(part, words);
  const { left, right, arg } = operand;
  switch (operator) {
    case '&&':
      return conjunction(parts(expression, '&&'), phrase);
    case '||':
      return together('any', parts(expression, '||').map(phrase));
    case '!':
      return opposite(phrase(arg));
    case 'if-then-else':
      return { kind: 'choice', test: phrase(operand.if), yes: phrase(operand.then), no: phrase(operand.else) };
    case '==':
      return equality(left, right, inner);
    case '!=':
      return opposite(equality(left, right, inner));
    case 'has':
      return present(expression, inner);
    case 'hasTag':
      return tagPresent(operand, inner);
    case 'like':
      return likePhrase(inner(left), isClaim(left), operand.pattern);
    case 'in':
      return membership(left, right, inner);
    case 'is':
      return ofType(operand, inner);
    case 'contains':
      return contained(left, right, inner);
    case 'containsAll':
      return fact(inner(left), CONTAINS_ALL, inner(right));
    case 'containsAny':
      return fact(inner(left), CONTAINS_ANY, inner(right));
    case 'isEmpty':
      return fact(inner(arg), IS_EMPTY);
    default:
      return comparison(expression, inner);
  }
}

/** Conditions that hold together, without the guards of which the others say enough. */
export function conjunction(all: readonly Expr[], phrase: (part: Expr) => Phrase): Phrase {
  const phrases = all.flatMap((one, index) => {
    const isSaid = isGuard(one) && all.some((other, at) => at > index && saysPresence(other, one));
    if (isSaid) return [];
    const own = phrase(one);
    const hasGuard = all.some((other, at) => at < index && isGuard(other) && saysPresence(one, other));
    return [hasGuard && own.kind === 'fact' ? { ...own, saysPresence: true } : own];
  });
  return together('all', phrases);
}

function verb(said: string): Verb {
  return { yes: `is ${said}`, no: `is not ${said}` };
}

function parts(expression: Expr, sign: '&&' | '||'): readonly Expr[] {
  const [operator, { left, right }] = operatorOf(expression);
  return operator === sign ? [...parts(left, sign), ...parts(right, sign)] : [expression];
}

function isClaim(expression: Expr): boolean {
  const [operator, { left }] = operatorOf(expression);
  return operator === 'getTag' && isVariable(left, 'principal');
}

function equality(left: Expr, right: Expr, inner: (part: Expr) => string): Phrase {
  const [subject, object] = isWritten(left) && !isWritten(right) ? [right, left] : [left, right];
  const entity = entityLiteral(object);
  const isTool = isVariable(subject, 'action') && entity?.type === ACTION_TYPE;
  return fact(inner(subject), IS, isTool ? actionItself(entity.id) : inner(object));
}

/** Whether a value stands in the policy, so that the sentence starts with what it is compared with. */
function isWritten(expression: Expr): boolean {
  const [operator, operand] = operatorOf(expression);
  if (operator === 'Value') return true;
  return Array.isArray(operand) && operand.length > 0 && (operand as readonly Expr[]).every(isWritten);
}

function tagPresent(operand: Operand, inner: (part: Expr) => string): Phrase {
  if (!isVariable(operand.left, 'principal')) return fact(tag(operand, inner), IS_THERE);
  return fact('their token', CARRIES, `the claim ${claimName(operand.right, inner)}`);
}

function present(expression: Expr, inner: (part: Expr) => string): Phrase {
  const path = contextPath(expression);
  if (path?.[0] === 'input' && path.length > 1) return fact(`the argument ${quotedPath(path.slice(1))}`, IS_GIVEN);
  const [, { left, attr }] = operatorOf(expression);
  const owner = isVariable(left, 'principal') ? 'their attribute' : `in ${inner(left)}, the attribute`;
  return fact(`${owner} ${quotedPath([attr].flat())}`, IS_THERE);
}

function membership(left: Expr, right: Expr, inner: (part: Expr) => string): Phrase {
  const [operator, operand] = operatorOf(right);
  const entities = operator === 'Set' ? (operand as unknown as readonly Expr[]) : [right];
  // In a set of nothing is nothing.
  if (entities.length === 0) return fact(inner(left), IS_IN, inner(right));
  const isAction = isVariable(left, 'action');
  return { ...fact(inner(left), isAction ? IS : IS_IN, ...entities.map(inner)) };
}

function ofType(operand: Operand, inner: (part: Expr) => string): Phrase {
  const { left, entity_type: type } = operand;
  const named = isVariable(left, 'principal') ? `one of the ${callersOfType(type)}` : `of type ${quotedName(type)}`;
  const own = fact(inner(left), IS, named);
  return operand.in === undefined ? own : together('all', [own, membership(left, operand.in, inner)]);
}

/** `["a", "b"].contains(x)` is said of x; of another set, it is said of the set. */
function contained(left: Expr, right: Expr, inner: (part: Expr) => string): Phrase {
  const [operator, operand] = operatorOf(left);
  const elements = operator === 'Set' ? (operand as unknown as readonly Expr[]) : [];
  const isChoice = elements.length > 0 && textLiteral(right) === undefined;
  return isChoice ? fact(inner(right), IS, ...elements.map(inner)) : fact(inner(left), CONTAINS, inner(right));
}

function comparison(expression: Expr, inner: (part: Expr) => string): Phrase {
  const [operator, operand] = operatorOf(expression);
  const values = operand as unknown as readonly Expr[];
  const order = ORDER[DECIMAL_ORDER[operator] ?? operator];
  const [left, right] = Array.isArray(values) ? values : [operand.left, operand.right];
  if (order && left && right) return fact(inner(left), order[isTime(left) || isTime(right) ? 1 : 0], inner(right));
  const address = ADDRESSES[operator];
  if (address && left) return fact(inner(left), address, ...(right === undefined ? [] : [inner(right)]));
  if ('Value' in expression) return fact('it', expression.Value === true ? ALWAYS : NEVER);
  // A value that is true or false by itself.
  return fact(inner(expression), IS, 'true');
}

function isTime(expression: Expr): boolean {
  const [operator, operand] = operatorOf(expression);
  if (operator === 'offset') return isTime((operand as unknown as readonly Expr[])[0] as Expr);
  return ['datetime', 'toDate', 'toTime'].includes(operator) || contextPath(expression)?.join('.') === 'system.now';
}
