import type { Claims } from '../../../contract/claims';
import { isJsonObject, type JsonObject } from '../../../contract/json';
import type { DeclaredTrustedField, SpoofResponse } from '../../../contract/trusted-context';
import { lookupKey, type TrustedValue, trustedValue } from '../../../contract/trusted-value';
import type { TrustedValues } from '../file/test-file';

/** A gateway's trusted context, for tests in which no interceptor runs. */
export interface TrustedContextUnderTest {
  /** Undefined when no manifest declares them: then the names in the test file are the trusted fields. */
  readonly fields?: readonly DeclaredTrustedField[];
  readonly onSpoof: SpoofResponse;
  /** Items of lookup tables by the environment variable that names the table. */
  readonly tables: { readonly [variable: string]: readonly JsonObject[] };
}

/** The arguments after the REQUEST interceptor, or why it denies the call. */
export type Interception =
  | { readonly arguments: JsonObject }
  | { readonly denied: 'spoofed' | 'unfilled'; readonly field: string };

/** What the REQUEST interceptor's trusted-context step makes of a call's arguments. */
export function intercept(
  context: TrustedContextUnderTest,
  tool: { readonly name: string; readonly inputSchema: JsonObject | undefined },
  args: JsonObject,
  given: TrustedValues,
  caller: { readonly claims: Claims; readonly now: Date },
): Interception {
  const filled = { ...args };
  for (const { name, source } of fieldsOf(context, tool, given)) {
    if (context.onSpoof === 'reject' && Object.hasOwn(args, name)) return { denied: 'spoofed', field: name };
    const value = Object.hasOwn(given, name) ? given[name] : source && derive(source, context, caller);
    if (value === undefined) return { denied: 'unfilled', field: name };
    filled[name] = value;
  }
  return { arguments: filled };
}

/** What to do about a field that stays without a value, in words that name the value or the seed. */
export function remedyFor(
  context: TrustedContextUnderTest,
  field: string,
  { claims }: { readonly claims: Claims },
): string {
  const other = `or give the persona \`trusted: { ${field}: ... }\`, or expect \`by: interceptor\` if the denial is meant`;
  const source = context.fields?.find(({ name }) => name === field)?.source;
  switch (source?.kind) {
    case 'lookup': {
      const key = lookupKey(source, claims);
      if (key === undefined)
        return `the caller has no claim \`${source.keyClaim}\`, by which \`${field}\` is looked up: give it one, ${other}`;
      const item = JSON.stringify({ [source.keyAttribute]: key, [source.valueAttribute]: '...' });
      return `the seed of the table has no \`${field}\` for this caller: add the item ${item} to it, ${other}`;
    }
    case 'claim':
    case 'claim-choice':
      return `the claim \`${source.claim}\` gives \`${field}\` no value: give the persona one that does, ${other}`;
    default:
      return other.slice('or '.length);
  }
}

interface FieldUnderTest {
  readonly name: string;
  readonly source?: DeclaredTrustedField;
}

function fieldsOf(
  context: TrustedContextUnderTest,
  tool: { readonly name: string; readonly inputSchema: JsonObject | undefined },
  given: TrustedValues,
): FieldUnderTest[] {
  if (context.fields !== undefined) {
    const carried = context.fields.filter((field) => field.tools.includes(tool.name));
    return carried.map((field) => ({ name: field.name, source: field }));
  }
  const properties = tool.inputSchema?.['properties'];
  const declared = isJsonObject(properties) ? properties : {};
  return Object.keys(given).flatMap((name) => (Object.hasOwn(declared, name) ? [{ name }] : []));
}

/** The value that the interceptor would find, or undefined when it would find none. */
function derive(
  field: DeclaredTrustedField,
  { tables }: TrustedContextUnderTest,
  { claims, now }: { readonly claims: Claims; readonly now: Date },
): TrustedValue | undefined {
  const { source } = field;
  if (source.kind !== 'lookup') return trustedValue(field, { claims, now });
  const key = lookupKey(source, claims);
  const items = key === undefined ? [] : (tables[source.tableVariable] ?? []);
  return trustedValue(field, { claims, now, item: items.find((item) => item[source.keyAttribute] === key) });
}
