import type { Claims } from '../../../../lib/contract/claims';
import type { JsonValue } from '../../../../lib/contract/json';
import type { TrustedField } from '../../../../lib/contract/trusted-context';
import type { StepContext } from '../../chain/step';
import type { ItemLookup } from './item-lookup';

/** The value of a trusted field for this caller, or undefined when there is none that fits the field's type. */
export async function fieldValue(
  field: TrustedField,
  context: StepContext,
  lookup: ItemLookup,
): Promise<JsonValue | undefined> {
  const found = await sourceValue(field, context, lookup);
  return found === undefined ? undefined : fitted(found, field.type);
}

async function sourceValue(
  { source }: TrustedField,
  { claims, now, signal }: StepContext,
  lookup: ItemLookup,
): Promise<JsonValue | undefined> {
  switch (source.kind) {
    case 'claim':
      return claimValue(claims, source.claim);
    case 'claim-choice': {
      const claim = claimValue(claims, source.claim);
      const held = Array.isArray(claim) ? claim : [claim];
      return source.choices.find((choice) => held.includes(choice.includes))?.value;
    }
    case 'lookup': {
      const key = claimValue(claims, source.keyClaim);
      if (typeof key !== 'string' && typeof key !== 'number') return undefined;
      const item = key === '' ? undefined : await lookup.find(source, key, now, signal);
      return item !== undefined && Object.hasOwn(item, source.valueAttribute) ? item[source.valueAttribute] : undefined;
    }
    case 'constant':
      return source.value;
    case 'time':
      return source.format === 'iso' ? now.toISOString() : Math.floor(now.getTime() / 1_000);
    default:
      return source satisfies never;
  }
}

function claimValue(claims: Claims | undefined, claim: string): JsonValue | undefined {
  const value = claims !== undefined && Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  return isRounded(value) ? undefined : value;
}

/** Whether JavaScript has rounded a number of the token, so that two callers could have the same one: there is no telling whose it is. */
function isRounded(value: JsonValue | undefined): boolean {
  return (
    typeof value === 'number' && (Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value))
  );
}

/** A value in the field's type. An empty text is no value. */
function fitted(value: JsonValue, type: TrustedField['type']): JsonValue | undefined {
  switch (type) {
    case 'string':
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      return typeof value === 'string' && value !== '' ? value : undefined;
    case 'integer': {
      const number = typeof value === 'string' && /^-?[0-9]{1,16}$/.test(value) ? Number(value) : value;
      return Number.isSafeInteger(number) ? number : undefined;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return value === 'true' ? true : value === 'false' ? false : undefined;
    default:
      return type satisfies never;
  }
}
