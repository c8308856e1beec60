import type { CedarType } from '../../contract/arguments/cedar-type';
import { quote } from '../../contract/cedar-string';
import { isIdentifier } from './identifier';

/** A name on the way into the arguments, and whether it may be missing. */
export interface PathStep {
  readonly name: string;
  readonly optional: boolean;
}

/** How Cedar reads a part of the arguments, for example `context.input.region`. */
export function accessText(path: readonly PathStep[]): string {
  return path.reduce((owner, { name }) => owner + member(name), 'context.input');
}

function member(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quote(name)}]`;
}

/** The `has` tests that a read of an argument needs first; undefined when no name on the way may be missing. */
export function guardText(path: readonly PathStep[]): string | undefined {
  const last = path.findLastIndex(({ optional }) => optional);
  if (last < 0) return undefined;
  const asked = path.slice(0, last + 1);
  const from = asked.findIndex(({ optional }) => optional);
  const names = asked.slice(from).map(({ name }) => name);
  if (names.every(isIdentifier)) return `${accessText(asked.slice(0, from))} has ${names.join('.')}`;
  const guards = asked.flatMap(({ name, optional }, index) =>
    optional ? [`${accessText(asked.slice(0, index))} has ${isIdentifier(name) ? name : quote(name)}`] : [],
  );
  return guards.join(' && ');
}

/** A type that an argument may have, and where Cedar has its value. */
export interface Alternative {
  readonly path: readonly PathStep[];
  readonly type: CedarType;
}

/** The types of an argument: those of its schema's `anyOf`, `oneOf` or list of types, else its one type. */
export function alternativesOf(path: readonly PathStep[], type: CedarType): Alternative[] {
  if (type.kind !== 'choice') return [{ path, type }];
  return type.choices.flatMap((choice, index) =>
    alternativesOf([...path, { name: `typeChoice${index}`, optional: true }], choice),
  );
}

/**
 * A condition on an argument of a type, as docs/arguments.md writes it. For a type of which Cedar sees no more than that the argument is
 * there, that is all it asks. Undefined for an argument that is never there.
 */
export function conditionForm(path: readonly PathStep[], type: CedarType): string | undefined {
  const test = testForm(path, type);
  if (test !== undefined || type.kind === 'null') return test;
  return guardText([...path.slice(0, -1), ...path.slice(-1).map(({ name }) => ({ name, optional: true }))]);
}

function testForm(path: readonly PathStep[], type: CedarType): string | undefined {
  switch (type.kind) {
    case 'record': {
      const [first] = [...type.attributes].flatMap(([name, { type: inner, required }]) => {
        const form = testForm([...path, { name, optional: !required }], inner);
        return form === undefined ? [] : [form];
      });
      return first;
    }
    case 'choice': {
      const forms = alternativesOf(path, type).flatMap((one) => testForm(one.path, one.type) ?? []);
      return forms[0];
    }
    case 'tuple': {
      const [first] = type.items;
      return first && testForm([...path, { name: 'proj0', optional: false }], first);
    }
    default: {
      const test = plainTest(accessText(path), type);
      const guard = guardText(path);
      return test === undefined || guard === undefined ? test : `${guard} && ${test}`;
    }
  }
}

/** A test of a value that is one by itself. */
function plainTest(text: string, type: CedarType): string | undefined {
  switch (type.kind) {
    case 'string':
      return `${text} == "..."`;
    case 'long':
      return `${text} <= 5`;
    case 'bool':
      return `${text} == true`;
    case 'decimal':
    case 'decimal-string':
      return `${text}.lessThanOrEqual(decimal("5.0"))`;
    case 'datetime':
      return `${text} < datetime("2026-12-31")`;
    case 'duration':
      return `${text} <= duration("1h")`;
    case 'ipaddr':
      return `${text}.isInRange(ip("10.0.0.0/8"))`;
    case 'set':
      return setTest(text, type.element);
    case 'enum':
      return `${text} == ${type.entity}::${quote(type.values[0] ?? '')}`;
    case 'tagged': {
      const test = plainTest(`${text}.getTag("...")`, type.tags);
      return `${text}.hasTag("...")${test === undefined ? '' : ` && ${test}`}`;
    }
    default:
      return undefined;
  }
}

/** Elements whose attributes may be missing equal nothing that can be written. */
function setTest(text: string, element: CedarType): string {
  const literal = LITERALS[element.kind];
  return literal === undefined ? `!${text}.isEmpty()` : `${text}.contains(${literal})`;
}

const LITERALS: { readonly [kind in CedarType['kind']]?: string } = {
  string: '"..."',
  long: '5',
  bool: 'true',
  decimal: 'decimal("5.0")',
  'decimal-string': 'decimal("5.0")',
  datetime: 'datetime("2026-12-31")',
  duration: 'duration("1h")',
  ipaddr: 'ip("10.0.0.1")',
};

const WORDS: { readonly [kind in CedarType['kind']]: string } = {
  string: 'a string',
  long: 'an integer',
  bool: 'a boolean',
  decimal: 'a number',
  'decimal-string': 'a decimal',
  datetime: 'a time',
  duration: 'a duration',
  ipaddr: 'an IP address',
  set: 'an array',
  record: 'an object',
  choice: 'one of several types',
  tuple: 'a tuple',
  enum: 'one of the values of an enum',
  tagged: 'a map',
  unknown: 'a value whose schema names no type',
  null: 'null',
};

/** What a type is, in words of JSON Schema: `a string or null`. */
export function typeWords(type: CedarType): string {
  return type.kind === 'choice' ? [...new Set(type.choices.map(typeWords))].join(' or ') : WORDS[type.kind];
}
