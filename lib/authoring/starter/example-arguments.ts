import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';

/** Arguments that a tool most likely takes: what it requires, each as small as its schema says. */
export function exampleArguments(schema: JsonObject): JsonObject {
  const value = exampleOf(schema, 0);
  return isJsonObject(value) ? value : {};
}

const DEPTH_MAX = 8;

function exampleOf(schema: JsonValue | undefined, depth: number): JsonValue {
  if (!isJsonObject(schema) || depth > DEPTH_MAX) return 'example';
  const { const: only, enum: choices, anyOf, oneOf } = schema;
  if (only !== undefined) return only;
  if (Array.isArray(choices) && choices[0] !== undefined) return choices[0];
  const alternatives = Array.isArray(anyOf) ? anyOf : oneOf;
  if (Array.isArray(alternatives) && alternatives.length > 0) return exampleOf(alternatives[0], depth + 1);
  return ofType(schema, depth);
}

function ofType(schema: JsonObject, depth: number): JsonValue {
  const { type, properties, minimum, minItems, items, minLength } = schema;
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object': {
      const members = isJsonObject(properties) ? properties : {};
      const required = Array.isArray(schema['required']) ? schema['required'] : [];
      const names = required.filter((name) => typeof name === 'string');
      return Object.fromEntries(names.map((name) => [name, exampleOf(members[name], depth + 1)]));
    }
    case 'array':
      return typeof minItems === 'number' && minItems > 0 ? [exampleOf(items, depth + 1)] : [];
    case 'integer':
    case 'number':
      return typeof minimum === 'number' ? Math.ceil(minimum) : 1;
    case 'boolean':
      return true;
    default:
      return typeof minLength === 'number' && minLength < 100 ? 'example'.padEnd(minLength, 'x') : 'example';
  }
}
