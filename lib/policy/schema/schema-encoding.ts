import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { pointedTo } from '../../contract/json-pointer';
import { LIMITS } from '../../contract/limits';

/** A tool schema that cannot be made into Cedar types; the message says why. */
export class SchemaProblem extends Error {
  override readonly name = 'SchemaProblem';
}

/** Stands for strings of `format: decimal`, which the generator would not tell from numbers. */
export const DECIMAL_STRING = 'decimal string';

/** Schemas that one tool may consist of after all references are followed. Cedar overflows its stack at some 9,000 attributes. */
const MAX_NODES = 5_000;

const TYPES: ReadonlySet<JsonValue> = new Set(['string', 'integer', 'number', 'boolean', 'object', 'array', 'null']);

/**
 * Tool schemas in a form that the official generator takes: property names become `p0`, `p1`, ..., because it takes Cedar
 * identifiers only, references are followed, and forms of JSON Schema that it refuses to read become the ones that it reads.
 */
export class SchemaEncoding {
  private readonly codes = new Map<string, string>();
  private readonly names: string[] = [];

  /** @param enums whether a string enum stays an enum, or becomes a plain string */
  constructor(private readonly enums: 'string' | 'entity') {}

  /** The property that a code stands for; undefined for a name that the generator made up. */
  nameOf(code: string): string | undefined {
    return /^p[0-9]+$/.test(code) ? this.names[Number(code.slice(1))] : undefined;
  }

  /** The schema of a tool's arguments. Throws a {@link SchemaProblem}. */
  encode(schema: JsonValue | undefined): JsonObject {
    if (!isJsonObject(schema)) throw new SchemaProblem('it is not an object');
    if (isJsonObject(schema['json']) && schema['properties'] === undefined)
      throw new SchemaProblem('it stands under `json`, as in a tool of the Bedrock Converse API: give what is inside');
    if ((schema['type'] ?? 'object') !== 'object') throw new SchemaProblem('its `type` is not `object`');
    return new ToolEncoder(schema, this.enums, (name) => this.code(name)).object(schema, 0);
  }

  private code(name: string): string {
    const known = this.codes.get(name);
    if (known !== undefined) return known;
    const code = `p${this.names.length}`;
    this.codes.set(name, code);
    this.names.push(name);
    return code;
  }
}

class ToolEncoder {
  private nodes = 0;
  private readonly following = new Set<string>();

  constructor(
    private readonly root: JsonObject,
    private readonly enums: 'string' | 'entity',
    private readonly code: (name: string) => string,
  ) {}

  object(schema: JsonObject, depth: number): JsonObject {
    const properties = schema['properties'] ?? {};
    if (!isJsonObject(properties)) throw new SchemaProblem('`properties` is not an object');
    const required = schema['required'] ?? [];
    if (!Array.isArray(required)) throw new SchemaProblem('`required` is not a list');
    const members = Object.entries(properties).map(([name, value]) => [this.code(name), this.schema(value, depth + 1)]);
    const encoded: JsonObject = {
      type: 'object',
      properties: Object.fromEntries(members),
      required: required.flatMap((name) => (typeof name === 'string' ? [this.code(name)] : [])),
    };
    const additional = schema['additionalProperties'];
    if (isJsonObject(additional)) encoded['additionalProperties'] = this.schema(additional, depth + 1);
    return encoded;
  }

  private schema(schema: JsonValue, depth: number): JsonObject {
    this.nodes += 1;
    if (this.nodes > MAX_NODES) throw new SchemaProblem(`it consists of more than ${MAX_NODES} schemas`);
    if (depth > LIMITS.inputNestingMax)
      throw new SchemaProblem(`it nests deeper than ${LIMITS.inputNestingMax} levels`);
    if (typeof schema === 'boolean') return {};
    if (!isJsonObject(schema)) throw new SchemaProblem(`\`${JSON.stringify(schema)}\` is not a schema`);
    const reference = schema['$ref'];
    if (reference !== undefined) return this.follow(reference, depth);
    const type = schema['type'] ?? impliedType(schema);
    if (Array.isArray(type)) return { anyOf: type.map((one) => this.schema({ ...schema, type: one }, depth + 1)) };
    if (type === 'object') return this.object(schema, depth);
    if (type === 'array') return this.array(schema, depth);
    if (type === 'string') return this.string(schema);
    if (type !== undefined && !TYPES.has(type)) throw new SchemaProblem(`\`${JSON.stringify(type)}\` is not a type`);
    if (type !== undefined) return { type };
    const choices = schema['anyOf'] ?? schema['oneOf'];
    return Array.isArray(choices) ? { anyOf: choices.map((choice) => this.schema(choice, depth + 1)) } : {};
  }

  private array(schema: JsonObject, depth: number): JsonObject {
    const { items, prefixItems } = schema;
    if (Array.isArray(prefixItems) && items === false) {
      return { type: 'array', prefixItems: prefixItems.map((item) => this.schema(item, depth + 1)), items: false };
    }
    return isJsonObject(items) ? { type: 'array', items: this.schema(items, depth + 1) } : { type: 'array' };
  }

  private string(schema: JsonObject): JsonObject {
    const { format } = schema;
    const values = schema['enum'] ?? (schema['const'] === undefined ? undefined : [schema['const']]);
    if (this.enums === 'entity' && Array.isArray(values)) {
      const texts = values.filter((value) => typeof value === 'string');
      if (texts.length > 0) return { type: 'string', enum: [...new Set(texts)] };
    }
    if (format === 'decimal') return { type: 'string', enum: [DECIMAL_STRING] };
    return typeof format === 'string' ? { type: 'string', format } : { type: 'string' };
  }

  private follow(reference: JsonValue, depth: number): JsonObject {
    if (typeof reference !== 'string' || !reference.startsWith('#')) {
      throw new SchemaProblem(`\`$ref\` ${JSON.stringify(reference)} leads out of it`);
    }
    if (this.following.has(reference)) throw new SchemaProblem(`\`$ref\` \`${reference}\` is recursive`);
    this.following.add(reference);
    const found = pointedTo(this.root, reference);
    if (found === undefined) throw new SchemaProblem(`\`$ref\` \`${reference}\` leads nowhere`);
    const encoded = this.schema(found, depth + 1);
    this.following.delete(reference);
    return encoded;
  }
}

/** Enums and constants of strings may go without a type. */
function impliedType(schema: JsonObject): 'string' | undefined {
  const values = schema['enum'] ?? (schema['const'] === undefined ? undefined : [schema['const']]);
  const isText = Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === 'string');
  return isText ? 'string' : undefined;
}
