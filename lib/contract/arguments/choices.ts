import type { CedarType } from './cedar-type';

const TEXTS: ReadonlySet<CedarType['kind']> = new Set([
  'string',
  'decimal-string',
  'datetime',
  'duration',
  'ipaddr',
  'enum',
]);

/**
 * Why no value is ever one of several types: null is left out of the arguments, and a value is the first type that it fits.
 * Undefined for a type that some value is.
 */
export function neverChosen(choices: readonly CedarType[], index: number): 'null' | 'earlier' | undefined {
  const type = choices[index];
  if (type === undefined) return undefined;
  if (type.kind === 'null') return 'null';
  return choices.slice(0, index).some((earlier) => takesAll(earlier, type)) ? 'earlier' : undefined;
}

/** Whether every value of a type is one of another type too, as far as kinds tell. */
function takesAll(wide: CedarType, type: CedarType): boolean {
  if (wide.kind === 'unknown') return true;
  if (wide.kind === 'string') return TEXTS.has(type.kind);
  if (wide.kind === 'decimal') return type.kind === 'decimal';
  const isPlain = wide.kind === 'long' || wide.kind === 'bool' || wide.kind === 'datetime' || wide.kind === 'duration';
  return isPlain && wide.kind === type.kind;
}
