import { claimToTag } from '../../../contract/claims';
import { isJsonObject, type JsonValue } from '../../../contract/json';
import type { DeclaredTrustedField } from '../../../contract/trusted-context';
import type { ToolSchema } from '../../schema/schema-json';
import type { ValidationInput } from '../view/validation-input';

/** All the values that something can have. */
export interface ClosedSet {
  /** What has them, in words. */
  readonly what: string;
  readonly values: readonly string[];
  /** Whether it is an array, whose elements these are. */
  readonly isArray: boolean;
}

/** Values of a claim that is made from groups or clients, and the groups themselves. Undefined for a claim of any text. */
export function closedClaim(name: string, { claims, groups }: ValidationInput): ClosedSet | undefined {
  const what = `the claim \`${name}\``;
  const declared = claims?.find((claim) => claim.name === name);
  if (name === 'cognito:groups' && groups !== undefined && groups.length > 0)
    return { what, values: groups, isArray: true };
  if (declared === undefined || (declared.source !== 'groups' && declared.source !== 'client')) return undefined;
  const all = [...Object.values(declared.values ?? {}), ...Object.values(declared.machineValues ?? {})];
  const values = [...new Set(all.flat().flatMap((value) => claimToTag(value) ?? []))];
  return values.length === 0 ? undefined : { what, values, isArray: declared.multiValued };
}

/** Values of an argument that is an enum for each of the tools, or of a trusted field that has few. Undefined for any other argument. */
export function closedArgument(
  path: readonly string[],
  tools: readonly ToolSchema[],
  input: ValidationInput,
): ClosedSet | undefined {
  const what = `argument \`${path.join('.')}\``;
  const field = path.length === 1 ? input.trustedContext.find(({ name }) => name === path[0]) : undefined;
  if (field !== undefined) {
    const values = valuesOfField(field, input);
    return values && { what: `trusted field \`${field.name}\``, values, isArray: false };
  }
  const found = tools.map(({ target, tool }) => {
    const catalogued = input.targets.find(({ name }) => name === target)?.tools.find(({ name }) => name === tool);
    return enumAt(catalogued?.inputSchema, path);
  });
  const [first] = found;
  if (first === undefined || found.some((one) => one?.isArray !== first.isArray)) return undefined;
  return { what, isArray: first.isArray, values: [...new Set(found.flatMap((one) => one?.values ?? []))] };
}

function valuesOfField({ source }: DeclaredTrustedField, input: ValidationInput): readonly string[] | undefined {
  if (source.kind === 'claim-choice') return source.choices.map(({ value }) => value);
  if (source.kind === 'constant' && typeof source.value === 'string') return [source.value];
  const claim = source.kind === 'claim' ? closedClaim(source.claim, input) : undefined;
  return claim?.isArray === false ? claim.values : undefined;
}

function enumAt(
  schema: JsonValue | undefined,
  path: readonly string[],
): { readonly values: readonly string[]; readonly isArray: boolean } | undefined {
  if (!isJsonObject(schema)) return undefined;
  const [name, ...rest] = path;
  if (name !== undefined) {
    const { properties } = schema;
    return isJsonObject(properties) && Object.hasOwn(properties, name) ? enumAt(properties[name], rest) : undefined;
  }
  const { items } = schema;
  const isArray = isJsonObject(items);
  const values = isArray ? items['enum'] : schema['enum'];
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return undefined;
  return { values, isArray };
}
