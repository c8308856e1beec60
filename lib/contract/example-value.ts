import { isJsonObject, type JsonObject, type JsonValue } from './json';
import { dissolve } from './schema-shape';

/** Texts of the formats that documents name most. */
const BY_FORMAT: { readonly [format: string]: string } = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  duration: 'PT1H',
  email: 'somebody@example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** Objects in each other, beyond which an example says nothing more. */
const DEPTH_MAX = 6;

/**
 * A value that a schema allows: its own example where it gives one, else the first of its values, else something of its type.
 * Undefined where nothing is said.
 *
 * @param root document that references lead into
 */
export function exampleValue(root: JsonObject, source: JsonValue | undefined, depth = 0): JsonValue | undefined {
  if (depth > DEPTH_MAX) return undefined;
  const simple = dissolve(root, source, []);
  if ('what' in simple) return isJsonObject(source) ? given(source) : undefined;
  const { schema } = simple;
  return given(schema) ?? ofType(root, schema, depth);
}

function given(schema: JsonObject): JsonValue | undefined {
  const { example, examples, default: usual, const: only, enum: values } = schema;
  const first = (list: JsonValue | undefined): JsonValue | undefined => (Array.isArray(list) ? list[0] : undefined);
  return example ?? first(examples) ?? usual ?? only ?? first(values);
}

function ofType(root: JsonObject, schema: JsonObject, depth: number): JsonValue | undefined {
  const { type, format, properties, items, minimum } = schema;
  switch (type) {
    case 'string':
      return (typeof format === 'string' && Object.hasOwn(BY_FORMAT, format) ? BY_FORMAT[format] : undefined) ?? 'text';
    case 'integer':
    case 'number':
      return typeof minimum === 'number' ? minimum : 1;
    case 'boolean':
      return true;
    case 'array': {
      const item = exampleValue(root, items, depth + 1);
      return item === undefined ? [] : [item];
    }
    default: {
      if (!isJsonObject(properties)) return type === 'object' ? {} : undefined;
      const members = Object.entries(properties).flatMap(([name, member]): [string, JsonValue][] => {
        const value = exampleValue(root, member, depth + 1);
        return value === undefined ? [] : [[name, value]];
      });
      return Object.fromEntries(members);
    }
  }
}
