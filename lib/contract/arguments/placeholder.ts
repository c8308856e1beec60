import type { JsonObject, JsonValue } from '../json';
import type { CedarAttributes, CedarRecord, CedarType } from './cedar-type';

const TEXTS = {
  'decimal-string': '0.0',
  datetime: '1970-01-01T00:00:00Z',
  duration: 'PT0S',
  ipaddr: '127.0.0.1',
} as const;

/** Some value of a type, for an argument of which only the presence is known. Null where the type has no value. */
export function placeholderOf(type: CedarType): JsonValue {
  switch (type.kind) {
    case 'string':
    case 'unknown':
      return '';
    case 'long':
    case 'decimal':
      return 0;
    case 'bool':
      return false;
    case 'decimal-string':
    case 'datetime':
    case 'duration':
    case 'ipaddr':
      return TEXTS[type.kind];
    case 'set':
      return [];
    case 'choice':
      return type.choices.map(placeholderOf).find((value) => value !== null) ?? null;
    case 'tuple':
      return type.items.map(placeholderOf);
    case 'enum':
      return type.values[0] ?? null;
    case 'record':
    case 'tagged':
      return required(type.attributes);
    case 'null':
      return null;
  }
}

function required(attributes: CedarAttributes): JsonObject {
  return Object.fromEntries(
    [...attributes].flatMap(([name, { type, required: isRequired }]): [string, JsonValue][] =>
      isRequired ? [[name, placeholderOf(type)]] : [],
    ),
  );
}

/** A type of arguments of which any may be missing. What lies in other values than records stays as it is. */
export function withOptionalAttributes(record: CedarRecord): CedarRecord {
  const attributes = [...record.attributes].map(([name, { type }]) => {
    const own = type.kind === 'record' ? withOptionalAttributes(type) : type;
    return [name, { type: own, required: false }] as const;
  });
  return { kind: 'record', attributes: new Map(attributes) };
}
