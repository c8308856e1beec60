import { describeConstraints } from './constraint-words';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import { LIMITS } from './limits';
import type { CatalogTool } from './mcp';
import { simplify } from './schema-shape';

/** A tool as its handler declares it: with everything that JSON Schema can say, and its trusted fields apart. */
export interface DeclaredTool extends CatalogTool {
  /** What an MCP server says of the tool beside its schema. @default - nothing */
  readonly annotations?: JsonObject;
  /** JSON Schema of the fields that the REQUEST interceptor must inject. */
  readonly trustedSchema?: JsonObject;
}

/** A keyword that the gateway's schema cannot carry. */
export interface LostKeyword {
  /** Place in the schema, for example `address.zip` or `tags[]`; empty for the schema itself. */
  readonly path: string;
  readonly keyword: string;
}

/** Something that the gateway's schema cannot say at all. */
export interface SchemaProblem {
  readonly path: string;
  /** The form that is there, for example `a union`. */
  readonly what: string;
  /** What to write instead. */
  readonly instead: string;
}

/** A JSON Schema in the gateway's words. */
export interface PublishedSchema {
  readonly schema: JsonObject;
  readonly lost: readonly LostKeyword[];
  readonly problems: readonly SchemaProblem[];
}

export interface PublishOptions {
  /** Whether descriptions say what keywords said that the gateway's schema cannot carry. @default false */
  readonly describesLost?: boolean;
}

/**
 * Reduces a JSON Schema to what the inline schema of a Lambda target knows: type, properties, required, items, description.
 * An argument that may be null becomes one that may be absent, because the platform drops nulls before Cedar sees them.
 * Source: control API model, shape SchemaDefinition.
 */
export function publishSchema(schema: JsonObject, options: PublishOptions = {}): PublishedSchema {
  const reduction = new Reduction(schema, options.describesLost === true);
  const { node } = reduction.visit(schema, '', { depth: 0, trail: [] });
  return { schema: node, lost: reduction.lost, problems: reduction.problems };
}

/** How deep in the schema, and by which references. */
interface Place {
  readonly depth: number;
  readonly trail: readonly string[];
}

/** References can unfold a small document into a huge schema; the service takes 1 MB. */
const SIZE_MAX = 10_000;

interface Reduced {
  readonly node: JsonObject;
  readonly nullable: boolean;
}

/** Keywords that are carried over or handled, and annotations whose loss changes nothing for anybody. */
const UNDERSTOOD = new Set([
  ...['type', 'properties', 'required', 'items', 'description'],
  ...['$schema', '$id', 'id', '$ref', '$defs', 'definitions', '$comment', '$anchor', 'title', 'examples', 'example'],
  ...['anyOf', 'oneOf', 'allOf', 'nullable', 'deprecated', 'readOnly', 'writeOnly', 'xml', 'externalDocs'],
]);

const SIMPLE_TYPES = new Set<JsonValue | undefined>(['string', 'number', 'integer', 'boolean']);

class Reduction {
  readonly lost: LostKeyword[] = [];
  readonly problems: SchemaProblem[] = [];
  private size = 0;

  constructor(
    private readonly root: JsonObject,
    private readonly describesLost: boolean,
  ) {}

  visit(source: JsonValue | undefined, path: string, place: Place): Reduced {
    const simple = simplify(this.root, source, place.trail);
    if ('what' in simple) return this.problem(path, simple.what, simple.instead);
    if (place.depth > LIMITS.inputNestingMax) {
      return this.problem(path, 'an object too deeply nested', `at most ${LIMITS.inputNestingMax} levels`);
    }
    this.size += 1;
    if (this.size === SIZE_MAX) this.problem(path, `more than ${SIZE_MAX} members`, 'a smaller schema');
    if (this.size >= SIZE_MAX) return { node: { type: 'string' }, nullable: false };
    for (const keyword of simple.lost) this.lost.push({ path, keyword });
    const lost = lostKeywords(simple.schema);
    this.lost.push(...lost.map((keyword) => ({ path, keyword })));
    const node = this.build(this.described(simple.schema, lost), path, { depth: place.depth + 1, trail: simple.trail });
    return { node, nullable: simple.nullable };
  }

  private build(schema: JsonObject, path: string, place: Place): JsonObject {
    const { type, description } = schema;
    const common = { type: type ?? 'string', ...(typeof description === 'string' && description && { description }) };
    if (SIMPLE_TYPES.has(type)) return common;
    if (type === 'array') return { ...common, items: this.visit(schema['items'], `${path}[]`, place).node };
    return { ...common, ...this.members(schema, path, place) };
  }

  private members(schema: JsonObject, path: string, place: Place): JsonObject {
    const declared = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
    const properties: JsonObject = {};
    for (const [name, member] of Object.entries(declared)) {
      const { node, nullable } = this.visit(member, path === '' ? name : `${path}.${name}`, place);
      // Defined, not assigned: a property may be called __proto__.
      Object.defineProperty(properties, name, { value: node, enumerable: true, configurable: true, writable: true });
      if (nullable) required.delete(name);
    }
    const kept = Object.keys(properties).filter((name) => required.has(name));
    return { properties, ...(kept.length > 0 && { required: kept }) };
  }

  private described(schema: JsonObject, lost: readonly string[]): JsonObject {
    const { description } = schema;
    const text = typeof description === 'string' ? description : '';
    return this.describesLost ? { ...schema, description: describeConstraints(text, schema, lost) } : schema;
  }

  private problem(path: string, what: string, instead: string): Reduced {
    this.problems.push({ path, what, instead });
    return { node: { type: 'string' }, nullable: false };
  }
}

function lostKeywords(schema: JsonObject): string[] {
  return Object.keys(schema).filter((keyword) => !UNDERSTOOD.has(keyword) && !isSafeIntegerBound(schema, keyword));
}

/** zod bounds every integer to what a JavaScript number can hold exactly, which is no statement of the author's. */
function isSafeIntegerBound(schema: JsonObject, keyword: string): boolean {
  if (schema['type'] !== 'integer') return false;
  return (
    (keyword === 'minimum' && schema['minimum'] === Number.MIN_SAFE_INTEGER) ||
    (keyword === 'maximum' && schema['maximum'] === Number.MAX_SAFE_INTEGER)
  );
}
