import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { objectOf } from '../source/members';

/** Members of a resource that bind one operation. */
export const LIFECYCLE = ['create', 'put', 'read', 'update', 'delete', 'list'];

const SIMPLE: { readonly [type: string]: JsonObject } = {
  blob: { type: 'string' },
  boolean: { type: 'boolean' },
  string: { type: 'string' },
  timestamp: { type: 'string' },
  byte: { type: 'integer' },
  short: { type: 'integer' },
  integer: { type: 'integer' },
  intEnum: { type: 'integer' },
  long: { type: 'integer' },
  bigInteger: { type: 'integer' },
  float: { type: 'number' },
  double: { type: 'number' },
  bigDecimal: { type: 'number' },
};

/** Shapes with open keys or any content: an object without known members. */
const OPEN: JsonObject = { type: 'object' };

/** Members beyond which a schema is cut, so that a small model cannot unfold into a huge schema. */
const SIZE_MAX = 20_000;

/** The shapes of a Smithy model as JSON Schema. */
export class SmithyShapes {
  private size = 0;

  constructor(private readonly shapes: JsonObject) {}

  get(id: string): JsonObject {
    const shape = Object.hasOwn(this.shapes, id) ? this.shapes[id] : undefined;
    return isJsonObject(shape) ? shape : {};
  }

  ofType(type: string): { readonly id: string; readonly shape: JsonObject }[] {
    return Object.keys(this.shapes)
      .map((id) => ({ id, shape: this.get(id) }))
      .filter(({ shape }) => shape['type'] === type);
  }

  /** The documentation trait as plain text. */
  documentation(holder: JsonObject): string | undefined {
    const text = traitsOf(holder)['smithy.api#documentation'];
    if (typeof text !== 'string') return undefined;
    const plain = text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    return plain.replace(/ (?=[.,;:!?])/g, '').trim() || undefined;
  }

  /** Schema of an operation's input; an operation without input takes no arguments. */
  inputSchema(id: string | undefined): JsonObject {
    this.size = 0;
    if (id === undefined || id === 'smithy.api#Unit') return { type: 'object', properties: {} };
    return this.structure(this.get(id), [id]);
  }

  private schema(id: string, trail: readonly string[]): JsonObject {
    const [namespace, name = ''] = id.split('#');
    const shape = this.get(id);
    const type = namespace === 'smithy.api' ? preludeType(name) : shape['type'];
    if (typeof type !== 'string') return OPEN;
    this.size += 1;
    if (type === 'enum') return { type: 'string', enum: this.enumValues(shape) };
    if (trail.includes(id) || this.size > SIZE_MAX) return OPEN;
    if (type === 'list' || type === 'set') {
      return { type: 'array', items: this.member(objectOf(shape['member']), [...trail, id]) };
    }
    if (type === 'structure' || type === 'union') return this.structure(shape, [...trail, id]);
    return SIMPLE[type] ?? OPEN;
  }

  private structure(shape: JsonObject, trail: readonly string[]): JsonObject {
    const members = this.membersOf(shape);
    const required = members.filter(([, member]) => 'smithy.api#required' in traitsOf(member)).map(([name]) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(members.map(([name, member]) => [name, this.member(member, trail)])),
      ...(required.length > 0 && { required }),
    };
  }

  /** Members of a structure, those of its mixins first. */
  membersOf(shape: JsonObject, depth = 0): [string, JsonObject][] {
    const mixins = Array.isArray(shape['mixins']) && depth < 16 ? shape['mixins'] : [];
    const mixed = mixins.flatMap((mixin) => this.membersOf(this.get(targetOf(mixin) ?? ''), depth + 1));
    const own = Object.entries(objectOf(shape['members'])).map(([name, member]): [string, JsonObject] => [
      name,
      objectOf(member),
    ]);
    return [...new Map([...mixed, ...own])];
  }

  private member(member: JsonObject, trail: readonly string[]): JsonObject {
    const target = targetOf(member);
    const schema = target === undefined ? OPEN : this.schema(target, trail);
    const description = this.documentation(member);
    return description === undefined ? schema : { ...schema, description };
  }

  private enumValues(shape: JsonObject): JsonValue[] {
    return this.membersOf(shape).map(([name, member]) => traitsOf(member)['smithy.api#enumValue'] ?? name);
  }
}

/** `Integer` and `PrimitiveInteger` of the prelude are both `integer`. */
function preludeType(name: string): string {
  const plain = name.replace(/^Primitive/, '');
  return plain.charAt(0).toLowerCase() + plain.slice(1);
}

/** Id of the shape that a reference in the AST names. */
export function targetOf(reference: JsonValue | undefined): string | undefined {
  const { target } = objectOf(reference);
  return typeof target === 'string' ? target : undefined;
}

/** Traits of a shape or member by their ids. */
export function traitsOf(holder: JsonObject): JsonObject {
  return objectOf(holder['traits']);
}
