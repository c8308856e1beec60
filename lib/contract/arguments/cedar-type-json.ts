import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { CedarAttributes, CedarRecord, CedarType } from './cedar-type';

/** A type of arguments as JSON. Attributes are lists `[name, type, required]`, because `__proto__` is a name that a tool may use. */
export function cedarTypeJson(type: CedarType): JsonObject {
  switch (type.kind) {
    case 'set':
      return { kind: type.kind, element: cedarTypeJson(type.element) };
    case 'record':
      return { kind: type.kind, attributes: attributesJson(type.attributes) };
    case 'choice':
      return { kind: type.kind, choices: type.choices.map(cedarTypeJson) };
    case 'tuple':
      return { kind: type.kind, items: type.items.map(cedarTypeJson) };
    case 'enum':
      return { kind: type.kind, entity: type.entity, values: [...type.values] };
    case 'tagged': {
      const { kind, entity } = type;
      return { kind, entity, attributes: attributesJson(type.attributes), tags: cedarTypeJson(type.tags) };
    }
    default:
      return { kind: type.kind };
  }
}

function attributesJson(attributes: CedarAttributes): JsonValue[] {
  return [...attributes].map(([name, { type, required }]) => [name, cedarTypeJson(type), required]);
}

/** The arguments of a tool from the JSON that {@link cedarTypeJson} made. Throws a TypeError for anything else. */
export function cedarRecordOf(json: JsonValue | undefined): CedarRecord {
  const type = typeOf(json);
  if (type.kind !== 'record') throw new TypeError('not the type of arguments');
  return type;
}

function typeOf(json: JsonValue | undefined): CedarType {
  if (!isJsonObject(json) || typeof json['kind'] !== 'string') throw new TypeError('not a type');
  const { kind } = json;
  if (kind === 'record' || kind === 'tagged') {
    const attributes = attributesOf(json['attributes']);
    if (kind === 'record') return { kind, attributes };
    return { kind, entity: textOf(json['entity']), attributes, tags: typeOf(json['tags']) };
  }
  if (kind === 'set') return { kind, element: typeOf(json['element']) };
  if (kind === 'choice') return { kind, choices: listOf(json['choices']).map(typeOf) };
  if (kind === 'tuple') return { kind, items: listOf(json['items']).map(typeOf) };
  if (kind === 'enum') return { kind, entity: textOf(json['entity']), values: listOf(json['values']).map(textOf) };
  return { kind } as CedarType;
}

function attributesOf(json: JsonValue | undefined): CedarAttributes {
  return new Map(
    listOf(json).map((entry) => {
      const [name, type, required] = listOf(entry);
      return [textOf(name), { type: typeOf(type), required: required === true }];
    }),
  );
}

function listOf(json: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(json)) throw new TypeError('not a list');
  return json;
}

function textOf(json: JsonValue | undefined): string {
  if (typeof json !== 'string') throw new TypeError('not a name');
  return json;
}
