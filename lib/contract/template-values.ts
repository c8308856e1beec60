import { isJsonObject, type JsonValue } from './json';

/** Turns a string or CloudFormation intrinsic into the string that it stands for. */
export type Resolver = (value: JsonValue) => string;

export interface TemplateLookups {
  /** Value of `<logical id>`, `<logical id>.<attribute>`, a parameter, a pseudo parameter or an export. */
  readonly lookUp: (reference: string) => string;
  /** What becomes of a value that nobody can resolve. */
  readonly unresolved: (value: JsonValue) => never;
}

/** A resolver of the intrinsics that give strings: Ref, GetAtt, Join, Sub, Select with Split, ImportValue. */
export function templateResolver({ lookUp, unresolved }: TemplateLookups): Resolver {
  function joined(argument: JsonValue): string {
    if (!Array.isArray(argument) || !Array.isArray(argument[1])) return unresolved({ 'Fn::Join': argument });
    return argument[1].map(resolve).join(resolve(argument[0] ?? ''));
  }

  function substituted(argument: JsonValue): string {
    const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
    return resolve(text ?? '').replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      const own = isJsonObject(values) ? values[name] : undefined;
      return own === undefined ? lookUp(name) : resolve(own);
    });
  }

  function selected(argument: JsonValue): string {
    const [index, list] = Array.isArray(argument) ? argument : [];
    const items = isJsonObject(list) && 'Fn::Split' in list ? split(list['Fn::Split'] ?? null) : list;
    const item = Array.isArray(items) ? items[Number(index)] : undefined;
    return item === undefined ? unresolved({ 'Fn::Select': argument }) : resolve(item);
  }

  function split(argument: JsonValue): JsonValue {
    const [separator, text] = Array.isArray(argument) ? argument : [];
    return resolve(text ?? '').split(resolve(separator ?? ''));
  }

  function attribute(argument: JsonValue): string {
    return lookUp(Array.isArray(argument) ? argument.map(resolve).join('.') : resolve(argument));
  }

  const intrinsics: { readonly [name: string]: (argument: JsonValue) => string } = {
    Ref: (argument) => lookUp(resolve(argument)),
    'Fn::GetAtt': attribute,
    'Fn::Join': joined,
    'Fn::Sub': substituted,
    'Fn::Select': selected,
    'Fn::ImportValue': (argument) => lookUp(resolve(argument)),
  };

  function resolve(value: JsonValue): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const [entry, ...others] = isJsonObject(value) ? Object.entries(value) : [];
    const intrinsic = entry === undefined || others.length > 0 ? undefined : intrinsics[entry[0]];
    return entry === undefined || intrinsic === undefined ? unresolved(value) : intrinsic(entry[1]);
  }

  return resolve;
}

/** Whether a value is an intrinsic, or looks like one: an object with the one member `Ref`, of a text, or `Fn::...`. */
export function isIntrinsic(value: JsonValue | undefined): boolean {
  const [entry, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  if (entry === undefined || others.length > 0) return false;
  const [name, argument] = entry;
  return name === 'Ref' ? typeof argument === 'string' : /^Fn::\w+$/.test(name);
}
