import type { Claims } from './claims';
import { PROOF_PLACEHOLDER, proofOf } from './interceptor-proof';
import type { JsonObject, JsonValue } from './json';
import type { DeclaredTrustedField, LookupSource } from './trusted-context';

/** A value of a trusted field. */
export type TrustedValue = string | number | boolean;

/** What the value of a trusted field is made from. */
export interface TrustedValueSources {
  /** Claims of the verified token. Undefined on gateways without JWT authorization. */
  readonly claims: Claims | undefined;
  /** The time of the call. */
  readonly now: Date;
  /** The item that {@link lookupKey} leads to, for fields that are looked up. Undefined when there is none. */
  readonly item?: JsonObject | undefined;
  /** A value of the gateway's secret. @default - {@link PROOF_PLACEHOLDER} in the place of the proof, as in guards that are not deployed */
  readonly secret?: string;
}

/**
 * The value of a trusted field for a caller, or undefined when there is none that fits the field's type: then the call is denied.
 * Pure: the interceptor runs it in production, policy tests for their personas.
 */
export function trustedValue(field: DeclaredTrustedField, sources: TrustedValueSources): TrustedValue | undefined {
  const found = sourceValue(field, sources);
  return found === undefined || isRounded(found) ? undefined : fitted(found, field.type);
}

/** Partition key of the item that a field's value is in, or undefined when the caller has none. */
export function lookupKey(source: LookupSource, claims: Claims | undefined): string | number | undefined {
  const key = memberOf(claims, source.keyClaim);
  return (typeof key === 'string' && key !== '') || (typeof key === 'number' && !isRounded(key)) ? key : undefined;
}

function sourceValue(
  { source }: DeclaredTrustedField,
  { claims, now, item, secret }: TrustedValueSources,
): JsonValue | undefined {
  switch (source.kind) {
    case 'claim':
      return memberOf(claims, source.claim);
    case 'claim-choice': {
      const claim = memberOf(claims, source.claim);
      const held = Array.isArray(claim) ? claim : [claim];
      return source.choices.find((choice) => held.includes(choice.includes))?.value;
    }
    case 'lookup':
      return memberOf(item, source.valueAttribute);
    case 'constant':
      return source.value;
    case 'time':
      return source.format === 'iso' ? now.toISOString() : Math.floor(now.getTime() / 1_000);
    case 'proof':
      return secret === undefined ? PROOF_PLACEHOLDER : proofOf(secret, source.fingerprint);
    default:
      return source satisfies never;
  }
}

/** Own members only: no claim is called `constructor`. */
function memberOf(object: JsonObject | undefined, name: string): JsonValue | undefined {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether JavaScript has rounded a number, so that two callers could have the same one: there is no telling whose it is. */
function isRounded(value: JsonValue): boolean {
  return (
    typeof value === 'number' && (Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value))
  );
}

/** A value in the field's type. An empty text is no value. */
function fitted(value: JsonValue, type: DeclaredTrustedField['type']): TrustedValue | undefined {
  switch (type) {
    case 'string':
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      return typeof value === 'string' && value !== '' ? value : undefined;
    case 'integer': {
      const number = typeof value === 'string' && /^-?[0-9]{1,16}$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return value === 'true' ? true : value === 'false' ? false : undefined;
    default:
      return type satisfies never;
  }
}
