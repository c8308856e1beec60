import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { dissolve, RECURSIVE } from '../../../contract/schema-shape';
import type { References } from './references';

/** Something that the gateway does not take, and where in the argument it is. */
export interface UnsupportedSchema {
  /** For example `filter.name` or `tags[]`. */
  readonly path: string;
  readonly what: string;
}

/** Schemas of one operation beyond which references are cut, so that a small document cannot unfold into a huge one. */
const SIZE_MAX = 20_000;

/** Keywords that are carried as they are. */
const CARRIED = new Set([
  ...['type', 'format', 'enum', 'const', 'required', 'title', 'description', 'default', 'deprecated'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'pattern', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'nullable', 'writeOnly'],
  ...['contentMediaType', 'contentEncoding'],
]);

const OPEN_OBJECT: JsonObject = { type: 'object' };

/**
 * Schemas of one operation's arguments, written so that each stands alone: references written out, combinators dissolved where
 * that loses no meaning, members that only answers have left out. What goes into the deployed document is what policies are checked
 * against, so both are made of this. Source: developer guide, page gateway-schema-openapi (`oneOf`, `anyOf` and `allOf` are unsupported).
 */
export class ArgumentSchemas {
  readonly unsupported: UnsupportedSchema[] = [];
  private size = 0;

  constructor(private readonly references: References) {}

  /** A type that contains itself is cut to an object without known members. */
  write(source: JsonValue | undefined, path: string, trail: readonly string[] = []): JsonObject {
    if (source === undefined || source === true) return {};
    this.size += 1;
    if (this.size > SIZE_MAX) return OPEN_OBJECT;
    const simple = dissolve(this.references.document, source, trail);
    if (simple === RECURSIVE) return OPEN_OBJECT;
    if ('what' in simple) {
      this.unsupported.push({ path, what: simple.what });
      return {};
    }
    const { schema, nullable } = simple;
    return { ...this.copy(schema, path, simple.trail), ...(nullable && { nullable: true }) };
  }

  private copy(schema: JsonObject, path: string, trail: readonly string[]): JsonObject {
    const members: [string, JsonValue][] = [];
    for (const [keyword, value] of Object.entries(schema)) {
      if (CARRIED.has(keyword)) members.push([keyword, value]);
      else if (keyword === 'properties' && isJsonObject(value)) {
        members.push([keyword, this.members(value, path, trail)]);
      } else if (keyword === 'items' && !Array.isArray(value)) {
        members.push([keyword, this.write(value, `${path}[]`, trail)]);
      } else if (keyword === 'prefixItems' && Array.isArray(value)) {
        members.push([keyword, value.map((item, index) => this.write(item, `${path}[${index}]`, trail))]);
      } else if (keyword === 'additionalProperties') {
        const isFlag = typeof value === 'boolean';
        members.push([keyword, isFlag ? value : this.write(value, `${path}.*`, trail)]);
      }
    }
    return withKnownRequired(Object.fromEntries(members), schema);
  }

  private members(properties: JsonObject, path: string, trail: readonly string[]): JsonObject {
    const written = Object.entries(properties)
      .filter(([, member]) => this.references.follow(member)['readOnly'] !== true)
      .map(([name, member]) => [name, this.write(member, path === '' ? name : `${path}.${name}`, trail)] as const);
    return Object.fromEntries(written);
  }
}

/** Members that were left out, because only answers have them, are not required either. */
function withKnownRequired(written: JsonObject, source: JsonObject): JsonObject {
  const { required, ...rest } = written;
  if (!Array.isArray(required) || !isJsonObject(source['properties'])) return written;
  const left = isJsonObject(written['properties']) ? written['properties'] : {};
  const kept = required.filter((name) => typeof name === 'string' && Object.hasOwn(left, name));
  return kept.length > 0 ? { ...rest, required: kept } : rest;
}
