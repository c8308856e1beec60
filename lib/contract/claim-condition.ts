import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** A condition on a claim without which a gateway refuses a token. */
export interface ClaimCondition {
  readonly claim: string;
  /** `EQUALS`, `CONTAINS` or `CONTAINS_ANY`. */
  readonly operator: JsonValue;
  /** Values of which the claim must be or hold one. */
  readonly values: readonly string[];
}

/** Reads a condition as the API or CloudFormation writes it; the first letters of the keys differ. */
export function claimCondition(config: JsonObject): ClaimCondition {
  const claim = member(config, 'inboundTokenClaimName');
  const match = member(config, 'authorizingClaimMatchValue');
  const wanted = isJsonObject(match) ? member(match, 'claimMatchValue') : null;
  const single = isJsonObject(wanted) ? member(wanted, 'matchValueString') : null;
  const list = isJsonObject(wanted) ? member(wanted, 'matchValueStringList') : null;
  return {
    claim: typeof claim === 'string' ? claim : '',
    operator: isJsonObject(match) ? member(match, 'claimMatchOperator') : null,
    values: (Array.isArray(list) ? list : [single]).filter((value): value is string => typeof value === 'string'),
  };
}

/** Whether a claim fulfils a condition. Text and array are told apart. */
export function fulfils(value: JsonValue | undefined, { operator, values }: ClaimCondition): boolean {
  if (operator === 'EQUALS') return typeof value === 'string' && values.includes(value);
  return Array.isArray(value) && value.some((one) => typeof one === 'string' && values.includes(one));
}

function member(object: JsonObject, name: string): JsonValue {
  return object[name] ?? object[name.charAt(0).toUpperCase() + name.slice(1)] ?? null;
}
