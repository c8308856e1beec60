import { isJsonObject, type JsonObject, type JsonValue } from './json';

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
const RECURSIVE: Inexpressible = {
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
  if (source === false) return NEVER;
  if (!isJsonObject(source)) return ANY;
  if ('$ref' in source) return followReference(root, source, trail);
  const combined = combine(root, source, trail);
  if ('what' in combined) return combined;
  const type = typeOf(combined.schema);
  if (typeof type !== 'string') return type;
  return shapeProblem(type, combined.schema) ?? { ...combined, schema: { ...combined.schema, type } };
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
  return simplify(root, { ...target, ...beside }, [...trail, reference]);
}

function pointedTo(root: JsonObject, reference: string): JsonValue | undefined {
  if (!reference.startsWith('#/')) return undefined;
  let place: JsonValue | undefined = root;
  for (const step of reference.slice(2).split('/')) {
    const key = decodeURIComponent(step).replace(/~1/g, '/').replace(/~0/g, '~');
    place = isJsonObject(place) && Object.hasOwn(place, key) ? place[key] : undefined;
  }
  return place;
}

function combine(root: JsonObject, schema: JsonObject, trail: readonly string[]): SimpleSchema | Inexpressible {
  const { anyOf, oneOf, allOf, ...rest } = schema;
  const choices = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined;
  if (choices) return chooseOne(root, rest, choices, trail);
  if (Array.isArray(allOf)) return mergeAll(root, rest, allOf, trail);
  return withoutNull(schema, trail);
}

/** Alternatives of one and the same simple type become that type; an alternative `null` makes it nullable. */
function chooseOne(
  root: JsonObject,
  rest: JsonObject,
  choices: readonly JsonValue[],
  trail: readonly string[],
): SimpleSchema | Inexpressible {
  const branches: SimpleSchema[] = [];
  let nullable = false;
  for (const choice of choices) {
    if (isJsonObject(choice) && (choice['type'] === 'null' || choice['const'] === null)) {
      nullable = true;
      continue;
    }
    const branch = simplify(root, choice, trail);
    if ('what' in branch) return branch;
    branches.push(branch);
  }
  const [first, ...others] = branches;
  if (!first) return nullable ? NULL : NEVER;
  nullable ||= branches.some((branch) => branch.nullable);
  if (others.length === 0) return { ...first, schema: { ...first.schema, ...rest }, nullable };
  const types = new Set(branches.map(({ schema }) => schema['type']));
  const type = types.size === 1 ? first.schema['type'] : isNumeric(types) ? 'number' : undefined;
  if (type === undefined || type === 'object' || type === 'array') return UNION;
  return { schema: { ...rest, type }, nullable, lost: ['anyOf'], trail };
}

function isNumeric(types: ReadonlySet<JsonValue | undefined>): boolean {
  return [...types].every((type) => type === 'number' || type === 'integer');
}

/** Objects that must all hold become one object with the members of all. */
function mergeAll(
  root: JsonObject,
  rest: JsonObject,
  parts: readonly JsonValue[],
  trail: readonly string[],
): SimpleSchema | Inexpressible {
  let schema: JsonObject = rest;
  const lost: string[] = [];
  const followed = new Set(trail);
  for (const part of parts) {
    const simple = simplify(root, part, trail);
    if ('what' in simple) return simple;
    const known = schema['type'] ?? simple.schema['type'];
    if (simple.schema['type'] !== known) return { what: 'an intersection of different types', instead: 'one type' };
    schema = merged(schema, simple.schema);
    lost.push(...simple.lost);
    for (const reference of simple.trail) followed.add(reference);
  }
  return { schema, nullable: false, lost, trail: [...followed] };
}

function merged(left: JsonObject, right: JsonObject): JsonObject {
  const members = (schema: JsonObject): JsonObject => (isJsonObject(schema['properties']) ? schema['properties'] : {});
  const required = (schema: JsonObject): JsonValue[] => (Array.isArray(schema['required']) ? schema['required'] : []);
  if (right['type'] !== 'object') return { ...right, ...left };
  return {
    ...right,
    ...left,
    type: 'object',
    properties: { ...members(left), ...members(right) },
    required: [...new Set([...required(left), ...required(right)])],
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
