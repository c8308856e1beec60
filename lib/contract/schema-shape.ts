import { isJsonObject, type JsonObject, type JsonValue } from './json';
import { pointedTo } from './json-pointer';

/** Why a schema has no counterpart, and what to write instead. */
export interface Inexpressible {
  readonly what: string;
  readonly instead: string;
}

/** A schema of one type: no reference, no union, no null. */
export interface SimpleSchema {
  /** Its `type` is one of the six that the gateway knows. */
  readonly schema: JsonObject;
  readonly nullable: boolean;
  /** Combinators that were dissolved with a loss of meaning. */
  readonly lost: readonly string[];
  /** References that were followed to get here, those of the levels above included. */
  readonly trail: readonly string[];
}

const UNION: Inexpressible = {
  what: 'a union',
  instead: 'one type; for alternatives define one tool each, or one object with optional members',
};
const ANY: Inexpressible = {
  what: 'a value of any type',
  instead: 'a type, for example a string that holds JSON text',
};
const NULL: Inexpressible = { what: 'null', instead: 'an optional argument, and leave it out' };
const NEVER: Inexpressible = { what: 'a type without values', instead: 'nothing: remove it' };
const TUPLE: Inexpressible = { what: 'a tuple', instead: 'an object with a named member for each place' };
const RECORD: Inexpressible = { what: 'a record with open keys', instead: 'a list of objects with `key` and `value`' };
/** Readers that can cut a type where it comes again compare with this. */
export const RECURSIVE: Inexpressible = {
  what: 'a type that contains itself',
  instead: 'a fixed depth, or a flat list with ids',
};

/**
 * Reduces a schema to one type: follows local references, dissolves combinators, type lists and null.
 *
 * @param trail references followed on the way here; one that comes again is a type that contains itself
 */
export function simplify(
  root: JsonObject,
  source: JsonValue | undefined,
  trail: readonly string[],
): SimpleSchema | Inexpressible {
  const combined = dissolve(root, source, trail);
  if ('what' in combined) return combined;
  const type = typeOf(combined.schema);
  if (typeof type !== 'string') return type;
  return shapeProblem(type, combined.schema) ?? { ...combined, schema: { ...combined.schema, type } };
}

/** As {@link simplify}, for readers that also take open objects, tuples and values of any type: the type may be missing. */
export function dissolve(
  root: JsonObject,
  source: JsonValue | undefined,
  trail: readonly string[],
): SimpleSchema | Inexpressible {
  if (source === false) return NEVER;
  if (!isJsonObject(source)) return ANY;
  return '$ref' in source ? followReference(root, source, trail) : combine(root, source, trail);
}

function followReference(root: JsonObject, source: JsonObject, trail: readonly string[]): SimpleSchema | Inexpressible {
  const { $ref: reference, ...beside } = source;
  if (typeof reference !== 'string') return ANY;
  if (reference === '#' || trail.includes(reference)) return RECURSIVE;
  const target = pointedTo(root, reference);
  if (!isJsonObject(target)) {
    return {
      what: `a reference to \`${reference}\`, which leads nowhere`,
      instead: 'a definition in the same document',
    };
  }
  return dissolve(root, { ...target, ...beside }, [...trail, reference]);
}

/** Combinators that stand side by side must all hold. */
function combine(root: JsonObject, schema: JsonObject, trail: readonly string[]): SimpleSchema | Inexpressible {
  const { anyOf, oneOf, allOf, ...rest } = schema;
  const parts = Array.isArray(allOf) ? allOf : [];
  const choices = [anyOf, oneOf].filter((list) => Array.isArray(list));
  const [only] = choices;
  if (only && choices.length === 1 && parts.length === 0) return chooseOne(root, rest, only, trail);
  const all = [...parts, ...choices.map((list): JsonObject => ({ anyOf: list }))];
  return all.length > 0 ? mergeAll(root, rest, all, trail) : withoutNull(schema, trail);
}

/**
 * Alternatives of one and the same simple type become that type; an alternative `null` makes it nullable. Alternatives that only
 * say which members are required are dropped: all members stay, as optional ones.
 */
function chooseOne(
  root: JsonObject,
  rest: JsonObject,
  choices: readonly JsonValue[],
  trail: readonly string[],
): SimpleSchema | Inexpressible {
  const branches: SimpleSchema[] = [];
  let nullable = rest['nullable'] === true;
  for (const choice of choices) {
    if (isJsonObject(choice) && (choice['type'] === 'null' || choice['const'] === null)) {
      nullable = true;
      continue;
    }
    const branch = dissolve(root, choice, trail);
    if ('what' in branch) return branch;
    branches.push(branch);
  }
  const [first, ...others] = branches;
  if (!first) return nullable ? NULL : NEVER;
  nullable ||= branches.some((branch) => branch.nullable);
  if (others.length === 0) return { ...first, schema: { ...first.schema, ...rest }, nullable };
  if (branches.every(({ schema }) => isConstraint(schema))) return { schema: rest, nullable, lost: ['anyOf'], trail };
  const types = new Set(branches.map(({ schema }) => knownType(schema) ?? rest['type']));
  const type = types.size === 1 ? [...types][0] : isNumeric(types) ? 'number' : undefined;
  if (typeof type !== 'string' || type === 'object' || type === 'array') return UNION;
  return { schema: { ...rest, type }, nullable, lost: ['anyOf'], trail };
}

/** Whether a schema only says which members are required. */
function isConstraint(schema: JsonObject): boolean {
  return Object.keys(schema).every((keyword) => CONSTRAINTS.has(keyword));
}

const CONSTRAINTS = new Set(['required', 'not', 'title', 'description', 'minProperties', 'maxProperties']);

function knownType(schema: JsonObject): string | undefined {
  const type = typeOf(schema);
  return typeof type === 'string' ? type : undefined;
}

function isNumeric(types: ReadonlySet<unknown>): boolean {
  return [...types].every((type) => type === 'number' || type === 'integer');
}

/** Objects that must all hold become one object with the members of all. */
function mergeAll(
  root: JsonObject,
  rest: JsonObject,
  parts: readonly JsonValue[],
  trail: readonly string[],
): SimpleSchema | Inexpressible {
  const own = withoutNull(rest, trail);
  if ('what' in own) return own;
  let { schema, nullable } = own;
  const lost: string[] = [];
  const followed = new Set(trail);
  for (const part of parts) {
    const simple = dissolve(root, part, trail);
    if ('what' in simple) return simple;
    const type = commonType(knownType(schema), knownType(simple.schema));
    if (type === 'none') return { what: 'an intersection of different types', instead: 'one type' };
    schema = { ...merged(schema, simple.schema), ...(type !== undefined && { type }) };
    nullable ||= parts.length === 1 && simple.nullable;
    lost.push(...simple.lost);
    for (const reference of simple.trail) followed.add(reference);
  }
  return { schema, nullable, lost, trail: [...followed] };
}

/** The type of what is of both types, `none` when nothing is; undefined for types that are not written. */
function commonType(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined || left === right) return left ?? right;
  return isNumeric(new Set([left, right])) ? 'integer' : 'none';
}

/** A member that both schemas describe must fulfil both. */
function merged(left: JsonObject, right: JsonObject): JsonObject {
  const [members, others] = [left, right].map((schema) =>
    isJsonObject(schema['properties']) ? schema['properties'] : {},
  ) as [JsonObject, JsonObject];
  const required = [left, right].flatMap((schema) => (Array.isArray(schema['required']) ? schema['required'] : []));
  const properties = new Map(Object.entries(members));
  for (const [name, other] of Object.entries(others)) {
    const known = properties.get(name);
    const isSame = known === undefined || JSON.stringify(known) === JSON.stringify(other);
    properties.set(name, isSame ? other : { allOf: [known, other] });
  }
  return {
    ...right,
    ...left,
    ...(properties.size > 0 && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
}

function withoutNull(schema: JsonObject, trail: readonly string[]): SimpleSchema | Inexpressible {
  const { nullable: marked, type, ...rest } = schema;
  const nullAmongValues = Array.isArray(schema['enum']) && schema['enum'].includes(null);
  if (!Array.isArray(type)) return { schema, nullable: marked === true || nullAmongValues, lost: [], trail };
  const types = type.filter((name) => name !== 'null');
  const nullable = marked === true || nullAmongValues || types.length < type.length;
  const [only] = types;
  if (only === undefined) return NULL;
  if (types.length === 1) return { schema: { ...rest, type: only }, nullable, lost: [], trail };
  return isNumeric(new Set(types)) ? { schema: { ...rest, type: 'number' }, nullable, lost: [], trail } : UNION;
}

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array']);

/** The one type of a schema: written, or told by its other keywords. */
function typeOf(schema: JsonObject): string | Inexpressible {
  const type = schema['type'];
  if (type === 'null') return NULL;
  if (typeof type === 'string')
    return TYPES.has(type) ? type : { what: `the type \`${type}\``, instead: 'a JSON type' };
  if ('not' in schema) return NEVER;
  const values = Array.isArray(schema['enum']) ? schema['enum'] : 'const' in schema ? [schema['const']] : [];
  if (values.length > 0 && values.every((value) => value === null)) return NULL;
  const types = new Set(values.filter((value) => value !== null).map(typeOfValue));
  if (types.size === 1) return [...types].join();
  if (types.size > 1) return isNumeric(types) ? 'number' : UNION;
  if (isJsonObject(schema['properties'])) return 'object';
  return 'items' in schema || 'prefixItems' in schema ? 'array' : ANY;
}

function typeOfValue(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

function shapeProblem(type: string, schema: JsonObject): Inexpressible | undefined {
  if (type === 'array') return 'prefixItems' in schema || Array.isArray(schema['items']) ? TUPLE : undefined;
  const open = isJsonObject(schema['additionalProperties']) || 'patternProperties' in schema;
  const members = isJsonObject(schema['properties']) ? Object.keys(schema['properties']).length : 0;
  return type === 'object' && open && members === 0 ? RECORD : undefined;
}
