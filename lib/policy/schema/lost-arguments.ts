import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { pointedTo } from '../../contract/json-pointer';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import type { PlatformSwitches } from './catalog-target';

/** Levels that are looked at: deeper ones are rarely written, and references may lead around in circles. */
const MAX_DEPTH = 8;
const SHOWN = 5;

/**
 * Arguments that the tool takes and Cedar does not know, so that every call with one of them is denied: members of objects that declare
 * none, and names that stand outside of `properties`.
 */
export function lostArguments(tool: string, schema: JsonValue | undefined, switches: PlatformSwitches): Diagnostic[] {
  if (!isJsonObject(schema) || switches.unknownArguments === 'drop') return [];
  const search = new Search(schema);
  search.object(schema, []);
  const { open, hidden } = search;
  return [
    ...(open.size === 0 ? [] : [diagnostic('SCHEMA_ARGUMENT_OPEN', { tool, members: shown(open) })]),
    ...(hidden.size === 0 ? [] : [diagnostic('SCHEMA_ARGUMENT_HIDDEN', { tool, members: shown(hidden) })]),
  ];
}

function shown(names: ReadonlySet<string>): string {
  const some = [...names].slice(0, SHOWN).map((name) => `\`${name}\``);
  return names.size > SHOWN ? `${some.join(', ')} and ${names.size - SHOWN} more` : some.join(', ');
}

type Path = readonly string[];

class Search {
  readonly open = new Set<string>();
  readonly hidden = new Set<string>();

  constructor(private readonly root: JsonObject) {}

  object(schema: JsonObject, path: Path): void {
    const { properties, additionalProperties, required } = schema;
    const declared = isJsonObject(properties) ? properties : {};
    const takesOthers = isJsonObject(additionalProperties) && path.length > 0;
    const names = [...(Array.isArray(required) ? required : []), ...this.composedNames(schema, path.length)];
    for (const name of names)
      if (typeof name === 'string' && !Object.hasOwn(declared, name) && !takesOthers)
        this.hidden.add([...path, name].join('.'));
    // A tool without arguments is one, an argument without members is none.
    const isEmpty = Object.keys(declared).length === 0 && additionalProperties !== false && !takesOthers;
    if (isEmpty && path.length > 0) this.open.add(path.join('.'));
    if (isEmpty && path.length === 0 && (additionalProperties === true || isJsonObject(additionalProperties)))
      this.open.add('arguments');
    for (const [name, member] of Object.entries(declared)) this.value(member, [...path, name]);
    if (takesOthers) this.value(additionalProperties, [...path, '*']);
  }

  private value(schema: JsonValue, path: Path): void {
    const found = this.followed(schema, path.length);
    if (!isJsonObject(found) || path.length > MAX_DEPTH) return;
    const { type, items, anyOf, oneOf } = found;
    if (type === 'object') this.object(found, path);
    else if (type === 'array' && isJsonObject(items)) this.value(items, [...path, '*']);
    else if (type === undefined && (Array.isArray(anyOf) || Array.isArray(oneOf)))
      for (const choice of (anyOf ?? oneOf) as JsonValue[]) this.value(choice, path);
  }

  /** Members that only the parts of an `allOf`, `anyOf` or `oneOf` declare, or a reference of the whole schema. */
  private composedNames(schema: JsonObject, depth: number): string[] {
    const lists = [schema['allOf'], schema['anyOf'], schema['oneOf']];
    const parts = lists.flatMap((list) => (Array.isArray(list) ? list : []));
    if (schema['$ref'] !== undefined) parts.push(schema);
    return parts.flatMap((part) => {
      const found = this.followed(part, depth);
      return isJsonObject(found) && isJsonObject(found['properties']) ? Object.keys(found['properties']) : [];
    });
  }

  private followed(schema: JsonValue, depth: number): JsonValue | undefined {
    let found: JsonValue | undefined = schema;
    for (let step = depth; step <= MAX_DEPTH && isJsonObject(found) && typeof found['$ref'] === 'string'; step += 1)
      found = pointedTo(this.root, found['$ref']);
    return found;
  }
}
