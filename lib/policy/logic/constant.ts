import { OAUTH_USER } from '../../contract/claims';
import { DECIMAL_PLACES } from '../arguments/cedar-decimal';
import { ask, CedarFailure, type Expr, type PolicyJson } from '../cedar/cedar';
import { allOf, anyOf, type Formula } from './formula';

/**
 * The value of a literal: a long, the units of a decimal, the milliseconds of a time, a text, or an entity as JSON text. Undefined for any
 * other expression, and for a long that JSON does not carry exactly.
 */
export function literalValue(expression: Expr): boolean | bigint | string | undefined {
  if ('Value' in expression) return plainValue(expression.Value);
  const [name, args] = Object.entries(expression)[0] ?? [];
  if (!Array.isArray(args) || args.length !== 1) return undefined;
  const text = literalValue(args[0] as Expr);
  if (typeof text !== 'string') return undefined;
  if (name === 'decimal') return decimalUnits(text);
  return name === 'datetime' ? milliseconds(text) : undefined;
}

function plainValue(value: unknown): boolean | bigint | string | undefined {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  const isEntity = typeof value === 'object' && value !== null && '__entity' in value;
  return isEntity ? JSON.stringify(value.__entity) : undefined;
}

function decimalUnits(text: string): bigint | undefined {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)\.(\d{1,4})$/.exec(text) ?? [];
  return whole === '' ? undefined : BigInt(`${sign}${whole}${fraction.padEnd(DECIMAL_PLACES, '0')}`);
}

/** Cedar writes offsets without a colon. */
function milliseconds(text: string): bigint | undefined {
  const time = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) || !/^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? undefined : BigInt(time);
}

/** What an expression without variables comes to. Undefined for any other, and for one that errs. */
export function constantTruth(expression: Expr): Formula | undefined {
  const value = literalValue(expression);
  if (typeof value === 'boolean') return value ? allOf() : anyOf();
  if (JSON.stringify(expression).includes('"Var":')) return undefined;
  const policy = (body: Expr): PolicyJson => ({ ...ANYBODY, conditions: [{ kind: 'when', body }] });
  const staticPolicies = { true: policy(expression), false: policy({ '!': { arg: expression } }) };
  try {
    const answer = ask((cedar) =>
      cedar.isAuthorized({
        principal: NOBODY,
        action: NOBODY,
        resource: NOBODY,
        context: {},
        entities: [],
        policies: { staticPolicies },
      }),
    );
    const [holds] = answer.type === 'success' ? answer.response.diagnostics.reason : [];
    return holds === undefined ? undefined : holds === 'true' ? allOf() : anyOf();
  } catch (error) {
    if (!(error instanceof CedarFailure)) throw error;
    return undefined;
  }
}

const NOBODY = { type: OAUTH_USER, id: '' };
const ANYBODY = { effect: 'permit', principal: { op: 'All' }, action: { op: 'All' }, resource: { op: 'All' } } as const;
