import type { JsonObject } from '../../../contract/json';

/** An argument of a tool, and where the gateway puts it. */
export interface Argument {
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
  /** `path`, `query`, `header` or `body`. */
  readonly place: string;
}

/**
 * One argument for each name: of several, the one that must be there. Two that must be there cannot be told apart.
 *
 * @param clash told of a name that two required arguments have
 */
export function distinctArguments(found: readonly Argument[], clash: (name: string) => void): Argument[] {
  const byName = new Map<string, Argument>();
  for (const argument of found) {
    const known = byName.get(argument.name);
    if (known?.required && argument.required) clash(argument.name);
    if (known === undefined || (argument.required && !known.required)) byName.set(argument.name, argument);
  }
  return [...byName.values()];
}

/** The JSON Schema of a tool's arguments. */
export function inputSchemaOf(found: readonly Argument[]): JsonObject {
  const required = found.filter((argument) => argument.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(found.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
  };
}
