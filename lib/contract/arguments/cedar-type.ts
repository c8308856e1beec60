/** An attribute of a record. */
export interface CedarAttribute {
  readonly type: CedarType;
  readonly required: boolean;
}

/** Attributes by name. A map, because `__proto__` is a name that a tool may use. */
export type CedarAttributes = ReadonlyMap<string, CedarAttribute>;

/** A record, such as the arguments of a tool. */
export interface CedarRecord {
  readonly kind: 'record';
  readonly attributes: CedarAttributes;
}

/** The Cedar type of a tool argument, as AgentCore derives it from the tool's JSON Schema. */
export type CedarType =
  | { readonly kind: 'string' | 'long' | 'bool' }
  /** JSON `number`. */
  | { readonly kind: 'decimal' }
  /** Strings of a `format` that Cedar knows. */
  | { readonly kind: 'decimal-string' | 'datetime' | 'duration' | 'ipaddr' }
  | { readonly kind: 'set'; readonly element: CedarType }
  | CedarRecord
  /** `anyOf`, `oneOf` or a list under `type`: a record with one of `typeChoice0`, `typeChoice1`, ... */
  | { readonly kind: 'choice'; readonly choices: readonly CedarType[] }
  /** `prefixItems`: a record of `proj0`, `proj1`, ... */
  | { readonly kind: 'tuple'; readonly items: readonly CedarType[] }
  /** A string enum, when it is an entity. */
  | { readonly kind: 'enum'; readonly entity: string; readonly values: readonly string[] }
  /** An object with a schema under `additionalProperties`: an entity whose tags are the undeclared members. */
  | { readonly kind: 'tagged'; readonly entity: string; readonly attributes: CedarAttributes; readonly tags: CedarType }
  /** A schema that says nothing of use to Cedar. */
  | { readonly kind: 'unknown' | 'null' };

/** Entity type of arguments whose schema names no type. */
export const UNKNOWN_ENTITY = 'AgentCore::Unknown';

/** Entity type of JSON null. */
export const NULL_ENTITY = 'AgentCore::Null';

/** Keys with which Cedar's JSON form escapes to entities and extension values. No argument may be named so. */
export const CEDAR_ESCAPES: ReadonlySet<string> = new Set(['__entity', '__extn', '__expr']);

/** What a type has under a name. Undefined for a name that it does not have, and for a type without attributes. */
export function attributeOf(type: CedarType, name: string): CedarAttribute | undefined {
  switch (type.kind) {
    case 'record':
    case 'tagged':
      return type.attributes.get(name);
    case 'choice':
      return numbered('typeChoice', type.choices, name, false);
    case 'tuple':
      return numbered('proj', type.items, name, true);
    default:
      return undefined;
  }
}

function numbered(prefix: string, types: readonly CedarType[], name: string, required: boolean) {
  const type = types.find((_, index) => name === `${prefix}${index}`);
  return type && { type, required };
}

/** What a path of names leads to. Undefined when a part of it does not exist. */
export function attributeAt(type: CedarType, [name, ...rest]: readonly string[]): CedarAttribute | undefined {
  const found = name === undefined ? undefined : attributeOf(type, name);
  return found === undefined || rest.length === 0 ? found : attributeAt(found.type, rest);
}
