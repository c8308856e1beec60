import { OAUTH_USER, UNAUTHENTICATED_USER } from '../../contract/claims';
import type { Expr, PolicyJson, TypeAndId } from '../cedar/cedar';
import { entityLiteral, isVariable, type Operand, operatorOf, plainUid } from '../cedar/expression';
import { actionLine } from '../decision/scope';
import { ACTION_TYPE, GATEWAY_TYPE } from '../schema/platform-entities';
import { constantTruth, literalValue } from './constant';
import { allOf, anyOf, type Cell, type Formula, not, OTHER, type Sample, type Test } from './formula';
import { isPresent } from './presence';

/** The principal, the resource and the conditions of a policy that Cedar's strict validator accepts. */
export function formulaOf({ principal, resource, conditions }: PolicyJson): Formula {
  const parts: Formula[] = [];
  if (principal.op === 'is') parts.push(isOfType(PRINCIPAL, principal.entity_type));
  if ('entity' in principal) parts.push(isEntity(PRINCIPAL, plainUid(principal.entity)));
  if (resource.op === 'is') parts.push(isOfType(RESOURCE, resource.entity_type));
  if ('entity' in resource) parts.push(isEntity(RESOURCE, plainUid(resource.entity)));
  for (const { kind, body } of conditions) parts.push(kind === 'when' ? formula(body) : not(formula(body)));
  return allOf(...parts);
}

const PRINCIPAL: Expr = { Var: 'principal' };
const RESOURCE: Expr = { Var: 'resource' };

function formula(expression: Expr): Formula {
  const [operator, operand] = operatorOf(expression);
  switch (operator) {
    case '&&':
      return allOf(formula(operand.left), formula(operand.right));
    case '||':
      return anyOf(formula(operand.left), formula(operand.right));
    case '!':
      return not(formula(operand.arg));
    case 'if-then-else': {
      const test = formula(operand.if);
      return anyOf(allOf(test, formula(operand.then)), allOf(not(test), formula(operand.else)));
    }
    case '==':
      return equality(operand.left, operand.right);
    case '!=':
      return not(equality(operand.left, operand.right));
    case 'in':
      return membership(expression, operand);
    case 'is': {
      const ofType = isOfType(operand.left, operand.entity_type);
      return operand.in === undefined
        ? ofType
        : allOf(ofType, formula({ in: { left: operand.left, right: operand.in } }));
    }
    case 'has':
      return presence(operand.left, [operand.attr].flat());
    case 'hasTag':
      return { kind: 'typed', value: (cell) => hasNoTags(operand.left, cell), otherwise: truth(expression) };
    case 'like':
      return likeness(expression, operand);
    case 'contains':
      return containment(expression, operand);
    default:
      return comparison(expression) ?? truth(expression);
  }
}

/** A term that is true or false by itself, or an expression whose inside is not looked at. */
function truth(expression: Expr): Formula {
  return constantTruth(expression) ?? { kind: 'test', term: termOf(expression), samples: [true, false], holds: isTrue };
}

function isTrue(sample: Sample): boolean {
  return sample === true;
}

let apart = 0;

/** Equal terms have equal values. JSON rounds large numbers, so that terms with such numbers are never equal. */
function termOf(expression: Expr): string {
  const text = JSON.stringify(expression);
  if (!/\d{16}/.test(text)) return text;
  apart += 1;
  return `${text} ${apart}`;
}

function equality(left: Expr, right: Expr): Formula {
  const value = literalValue(right);
  if (value === undefined)
    return literalValue(left) === undefined ? truth({ '==': { left, right } }) : equality(right, left);
  if (literalValue(left) !== undefined) return truth({ '==': { left, right } });
  if (typeof value === 'boolean') return value ? formula(left) : not(formula(left));
  if (typeof value === 'bigint') return ordered(left, value, (sample) => sample === value);
  const entity = entityLiteral(right);
  if (entity !== undefined && 'Var' in left) return isEntity(left, entity);
  return equals(left, value);
}

function equals(left: Expr, value: string): Test {
  return { kind: 'test', term: termOf(left), samples: [value, OTHER], holds: (sample) => sample === value };
}

/** `variable == entity`, and `in` for what has no members. */
function isEntity(variable: Expr, { type, id }: TypeAndId): Formula {
  const otherwise = equals({ '.': { left: variable, attr: 'id' } }, id);
  const value = (cell: Cell): boolean | undefined => {
    if (isVariable(variable, 'action')) return type === ACTION_TYPE && id === cell.tool.action;
    if (isVariable(variable, 'resource')) return type === GATEWAY_TYPE && id === cell.gatewayArn;
    // The id of every caller with an id is the attribute `id` too.
    return type === cell.principalType ? undefined : false;
  };
  return { kind: 'typed', value, otherwise };
}

function membership(expression: Expr, { left, right }: Operand): Formula {
  if ('Set' in right) return anyOf(...right.Set.map((element) => formula({ in: { left, right: element as Expr } })));
  const entity = entityLiteral(right);
  if (entity === undefined || !('Var' in left)) return truth(expression);
  if (!isVariable(left, 'action')) return isEntity(left, entity);
  const value = ({ tool }: Cell): boolean => entity.type === ACTION_TYPE && actionLine(tool).includes(entity.id);
  return { kind: 'typed', value, otherwise: truth(expression) };
}

function isOfType(variable: Expr, type: string): Formula {
  const value = (cell: Cell): boolean | undefined => {
    if (isVariable(variable, 'principal')) return type === cell.principalType;
    if (isVariable(variable, 'resource')) return type === GATEWAY_TYPE;
    return isVariable(variable, 'action') ? type === ACTION_TYPE : undefined;
  };
  return { kind: 'typed', value, otherwise: truth({ is: { left: variable, entity_type: type } }) };
}

/** `has a.b` is `has a` and then `has b` of it. */
function presence(left: Expr, [attr = '', ...rest]: readonly string[]): Formula {
  const value = (cell: Cell): boolean | undefined =>
    isVariable(left, 'principal') && attr === 'id'
      ? cell.principalType !== UNAUTHENTICATED_USER
      : isPresent(left, attr, cell.tool);
  const first: Formula = { kind: 'typed', value, otherwise: truth({ has: { left, attr } }) };
  return rest.length === 0 ? first : allOf(first, presence({ '.': { left, attr } }, rest));
}

/** Of principals, only OAuth users have tags. */
function hasNoTags(left: Expr, cell: Cell): false | undefined {
  return isVariable(left, 'principal') && cell.principalType !== OAUTH_USER ? false : undefined;
}

/** A pattern is known to match a text that some policy names, and open for all others. */
function likeness(expression: Expr, { left, pattern }: Operand): Formula {
  const unnamed = truth(expression);
  if (unnamed.kind !== 'test') return unnamed;
  const source = pattern.map((part) => (part === 'Wildcard' ? '[^]*' : part.Literal.replace(/[^\w]/gu, escaped)));
  const matching = new RegExp(`^${source.join('')}$`, 'u');
  if (pattern.length > 0 && pattern.every((part) => part === 'Wildcard')) return allOf();
  const holds = (sample: Sample): boolean | Test => (typeof sample === 'string' ? matching.test(sample) : unnamed);
  return { kind: 'test', term: termOf(left), samples: [OTHER], holds };
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function containment(expression: Expr, { left, right }: Operand): Formula {
  if (!('Set' in left) || literalValue(right) !== undefined) return truth(expression);
  return anyOf(...left.Set.map((element) => equality(right, element as Expr)));
}

const ORDERS: { readonly [operator: string]: (a: bigint, b: bigint) => boolean } = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const METHODS: { readonly [method: string]: string } = {
  lessThan: '<',
  lessThanOrEqual: '<=',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
};

const MIRRORED: { readonly [operator: string]: string } = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** A comparison with a literal. */
function comparison(expression: Expr): Formula | undefined {
  const [operator, operand] = operatorOf(expression);
  const sign = METHODS[operator] ?? operator;
  const [left, right] = Array.isArray(operand) ? (operand as Expr[]) : [operand.left, operand.right];
  if (left === undefined || right === undefined || ORDERS[sign] === undefined) return undefined;
  const [a, b] = [literalValue(left), literalValue(right)];
  if (typeof b === 'bigint' && a === undefined) return ordering(left, sign, b);
  return typeof a === 'bigint' && b === undefined ? ordering(right, MIRRORED[sign] ?? '', a) : undefined;
}

function ordering(term: Expr, operator: string, limit: bigint): Formula {
  const compare = ORDERS[operator];
  return ordered(term, limit, (sample) => typeof sample === 'bigint' && compare?.(sample, limit) === true);
}

const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;

/** Nothing lies between a number and its neighbours: longs, units of decimals and milliseconds are whole. */
function ordered(term: Expr, limit: bigint, holds: (sample: Sample) => boolean): Test {
  const samples = [limit - 1n, limit, limit + 1n].filter((sample) => sample >= LEAST && sample <= GREATEST);
  return { kind: 'test', term: termOf(term), samples, holds };
}
