import {
  type CedarAttributes,
  type CedarType,
  NULL_ENTITY,
  UNKNOWN_ENTITY,
} from '../../../contract/arguments/cedar-type';
import { always } from './alternatives';
import type { CallVariables } from './call-variables';
import type { Optional, SymbolicEntity, SymbolicValue } from './symbolic-value';

type Path = readonly string[];

/** Name of the variable at a path. Its presence has the same name with a question mark. */
export function variableAt(path: Path): string {
  return JSON.stringify(path);
}

export function presenceAt(path: Path): string {
  return `${variableAt(path)}?`;
}

/** Arguments as variables. */
export function argumentRecord(calls: CallVariables, path: Path, attributes: CedarAttributes): SymbolicValue {
  return { kind: 'record', fields: fields(calls, path, attributes) };
}

function fields(calls: CallVariables, path: Path, attributes: CedarAttributes): ReadonlyMap<string, Optional> {
  return new Map(
    [...attributes].map(([name, { type, required }]): [string, Optional] => {
      const at = [...path, name];
      const present = required ? calls.formulas.true : calls.formulas.boolean(presenceAt(at));
      return [name, { present, value: argument(calls, at, type) }];
    }),
  );
}

function argument(calls: CallVariables, path: Path, type: CedarType): SymbolicValue {
  const name = variableAt(path);
  switch (type.kind) {
    case 'string':
      return calls.text(name);
    case 'bool':
      return { kind: 'bool', formula: calls.formulas.boolean(name) };
    case 'long':
    case 'decimal':
    case 'datetime':
    case 'duration':
      return calls.number(name, type.kind);
    case 'decimal-string':
      return calls.number(name, 'decimal');
    case 'record':
      return argumentRecord(calls, path, type.attributes);
    case 'set':
      return calls.sets.argument(name, type.element);
    case 'choice':
      return choice(calls, path, type.choices);
    case 'tuple':
      return argumentRecord(
        calls,
        path,
        new Map(type.items.map((item, index) => [`proj${index}`, { type: item, required: true }])),
      );
    case 'enum':
      return entity(calls, name, type.entity, type.values);
    case 'null':
      return entity(calls, name, NULL_ENTITY, ['null']);
    case 'unknown':
      return unknownValue(calls, name);
    case 'tagged':
      return tagged(calls, path, type);
    default:
      return { kind: 'unsupported', what: `an argument of type ${type.kind}` };
  }
}

/** One of the choices is there, and no other. */
function choice(calls: CallVariables, path: Path, choices: readonly CedarType[]): SymbolicValue {
  const { formulas } = calls;
  const named = choices.map((type, index) => [`typeChoice${index}`, { type, required: false }] as const);
  const present = named.map(([name]) => presenceAt([...path, name]));
  const exactlyOne = () =>
    formulas.or(
      ...present.map((chosen) =>
        formulas.and(
          ...present.map((name) => (name === chosen ? formulas.boolean(name) : formulas.not(formulas.boolean(name)))),
        ),
      ),
    );
  for (const name of present) calls.knows(name, exactlyOne);
  return argumentRecord(calls, path, new Map(named));
}

function entity(calls: CallVariables, name: string, type: string, values: readonly string[]): SymbolicEntity {
  const id = calls.text(name, { kind: 'listed', values });
  if (id.kind !== 'text') throw new Error('an entity without a text as id');
  return { kind: 'entity', type, ids: id.texts, attributes: new Map(), tag: () => undefined };
}

/** A value without a type, which equals itself and nothing else. */
function unknownValue(calls: CallVariables, name: string): SymbolicEntity {
  const ids = always(calls.formulas, { kind: 'literal' as const, text: name });
  return { kind: 'entity', type: UNKNOWN_ENTITY, ids, attributes: new Map(), tag: () => undefined };
}

/** An object with undeclared members: an entity of its own, whose tags they are. */
function tagged(calls: CallVariables, path: Path, type: CedarType & { readonly kind: 'tagged' }): SymbolicEntity {
  const tag = (name: string): Optional | undefined => {
    if (type.attributes.has(name)) return undefined;
    const at = [...path, name];
    return { present: calls.formulas.boolean(presenceAt(at)), value: argument(calls, at, type.tags) };
  };
  const ids = always(calls.formulas, { kind: 'literal' as const, text: variableAt(path) });
  return { kind: 'entity', type: type.entity, ids, attributes: fields(calls, path, type.attributes), tag };
}
