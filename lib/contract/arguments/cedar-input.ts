import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { LIMITS } from '../limits';
import { decimalText } from './cedar-decimal';
import { CEDAR_ESCAPES, type CedarAttributes, type CedarRecord, type CedarType, UNKNOWN_ENTITY } from './cedar-type';
import { expectedText, type TypedStringKind, type TypedStrings, typedString } from './typed-string';

/** Where the platform's conversion of arguments is unproven; see docs/platform-assumptions.md. */
export interface InputOptions {
  /** What becomes of arguments that the tool's schema does not declare. @default 'deny' */
  readonly unknownArguments?: 'deny' | 'drop';
  /** Whether strings of a `format` are converted to what Cedar reads, or have to be written so. @default 'converted' */
  readonly typedStrings?: TypedStrings;
}

/** An entity that an argument turned into, see `tagged` of {@link CedarType}. */
export interface InputEntity {
  readonly uid: { readonly type: string; readonly id: string };
  readonly attrs: JsonObject;
  readonly parents: readonly never[];
  readonly tags: JsonObject;
}

/** Arguments in Cedar's JSON form. */
export interface CedarInput {
  readonly input: JsonObject;
  readonly entities: readonly InputEntity[];
}

/** The arguments do not fit the tool's schema: the platform cannot decide, and denies. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/**
 * The arguments of a call as `context.input`: typed by the tool's schema, nulls left out at every level, numbers as decimals
 * truncated to four places, strings of a `format` as the values that they stand for. Throws an {@link InputError} for arguments that are
 * missing, mistyped, undeclared (unless dropped), out of range or nested too deep.
 */
export function toCedarInput(input: JsonObject, type: CedarRecord, options: InputOptions = {}): CedarInput {
  const entities: InputEntity[] = [];
  const record = new Conversion(options, entities).record(input, type.attributes, []);
  return { input: record, entities };
}

type Path = readonly (string | number)[];

class Conversion {
  constructor(
    private readonly options: InputOptions,
    private readonly entities: InputEntity[],
  ) {}

  record(value: JsonObject, attributes: CedarAttributes, path: Path): JsonObject {
    const { declared, others } = this.members(value, attributes, path);
    if (others.length > 0 && this.options.unknownArguments !== 'drop') {
      throw new InputError(
        `argument ${describe([...path, others[0]?.[0] ?? ''])} is not declared by the tool's schema`,
      );
    }
    return declared;
  }

  /** Converts the declared members of an object, and returns the others as they are. */
  private members(value: JsonObject, attributes: CedarAttributes, path: Path) {
    const declared: [string, JsonValue][] = [];
    const others: [string, JsonValue][] = [];
    for (const [name, member] of Object.entries(value)) {
      if (member === null) continue;
      const attribute = attributes.get(name);
      if (attribute === undefined) others.push([name, member]);
      else if (CEDAR_ESCAPES.has(name))
        throw new InputError(`argument ${describe([...path, name])} has a reserved name`);
      else declared.push([name, this.value(member, attribute.type, [...path, name])]);
    }
    const present = new Set(declared.map(([name]) => name));
    for (const [name, attribute] of attributes) {
      if (attribute.required && !present.has(name)) {
        throw new InputError(`required argument ${describe([...path, name])} is missing`);
      }
    }
    return { declared: Object.fromEntries(declared), others };
  }

  private value(value: JsonValue, type: CedarType, path: Path): JsonValue {
    if (path.length > LIMITS.inputNestingMax)
      throw new InputError('cannot determine input entity type: nested too deep');
    switch (type.kind) {
      case 'string':
        return typeof value === 'string' ? value : mistyped(path, 'a string');
      case 'bool':
        return typeof value === 'boolean' ? value : mistyped(path, 'a boolean');
      case 'long':
        return typeof value === 'number' && Number.isSafeInteger(value)
          ? value
          : mistyped(path, 'an integer below 2^53');
      case 'decimal':
        return decimal(value, path);
      case 'decimal-string':
      case 'datetime':
      case 'duration':
      case 'ipaddr':
        return this.typed(value, type.kind, path);
      case 'set':
        return Array.isArray(value) ? this.set(value, type.element, path) : mistyped(path, 'an array');
      case 'record':
        return isJsonObject(value) ? this.record(value, type.attributes, path) : mistyped(path, 'an object');
      case 'choice':
        return this.choice(value, type.choices, path);
      case 'tuple':
        return this.tuple(value, type.items, path);
      case 'enum':
        return typeof value === 'string' && type.values.includes(value)
          ? entity(type.entity, value)
          : mistyped(path, 'one of the values of its enum');
      case 'tagged':
        return isJsonObject(value) ? this.tagged(value, type, path) : mistyped(path, 'an object');
      case 'unknown':
        // As the official generator has it, no value without type is equal to another.
        return entity(UNKNOWN_ENTITY, JSON.stringify(path));
      case 'null':
        return mistyped(path, 'null');
    }
  }

  private typed(value: JsonValue, kind: TypedStringKind, path: Path): JsonValue {
    const converted =
      typeof value === 'string' ? typedString(kind, value, this.options.typedStrings ?? 'converted') : undefined;
    return converted === undefined ? mistyped(path, expectedText(kind)) : extension(converted.fn, converted.arg);
  }

  private set(value: readonly JsonValue[], element: CedarType, path: Path): JsonValue {
    return value.flatMap((item, index) => (item === null ? [] : [this.value(item, element, [...path, index])]));
  }

  /** The first choice that the value fits. */
  private choice(value: JsonValue, choices: readonly CedarType[], path: Path): JsonValue {
    for (const [index, type] of choices.entries()) {
      const known = this.entities.length;
      try {
        return { [`typeChoice${index}`]: this.value(value, type, path) };
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        this.entities.length = known;
      }
    }
    return mistyped(path, 'of any type that the schema allows');
  }

  private tuple(value: JsonValue, items: readonly CedarType[], path: Path): JsonValue {
    if (!Array.isArray(value) || value.length !== items.length) return mistyped(path, `an array of ${items.length}`);
    return Object.fromEntries(
      items.map((type, index) => [`proj${index}`, this.value(value[index] ?? null, type, [...path, index])]),
    );
  }

  private tagged(value: JsonObject, type: CedarType & { kind: 'tagged' }, path: Path): JsonValue {
    const { declared, others } = this.members(value, type.attributes, path);
    const tags = others.map(([name, member]) => [name, this.value(member, type.tags, [...path, name])] as const);
    const uid = { type: type.entity, id: JSON.stringify(path) };
    this.entities.push({ uid, attrs: declared, parents: [], tags: Object.fromEntries(tags) });
    return entity(uid.type, uid.id);
  }
}

function decimal(value: JsonValue, path: Path): JsonValue {
  if (typeof value !== 'number') return mistyped(path, 'a number');
  const text = decimalText(value);
  if (text === undefined) throw new InputError(`argument ${describe(path)} is beyond the range of Cedar decimals`);
  return extension('decimal', text);
}

function extension(fn: string, arg: string): JsonValue {
  return { __extn: { fn, arg } };
}

function entity(type: string, id: string): JsonValue {
  return { __entity: { type, id } };
}

function mistyped(path: Path, expected: string): never {
  throw new InputError(`argument ${describe(path)} is not ${expected}`);
}

function describe(path: Path): string {
  return `\`${path.join('.')}\``;
}
