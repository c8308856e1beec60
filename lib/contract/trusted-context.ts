import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** Where the value of a trusted field comes from. */
export type TrustedFieldSource =
  | { readonly kind: 'claim'; readonly claim: string }
  | {
      /** The value of the first choice whose text is the claim, or an element of it when the claim is an array. */
      readonly kind: 'claim-choice';
      readonly claim: string;
      readonly choices: readonly { readonly includes: string; readonly value: string }[];
    }
  | {
      readonly kind: 'lookup';
      /** Name of the environment variable that holds the DynamoDB table's name. */
      readonly tableVariable: string;
      /** Partition key attribute of the table. */
      readonly keyAttribute: string;
      /** Claim whose value is the key. */
      readonly keyClaim: string;
      /** Attribute that holds the field's value. */
      readonly valueAttribute: string;
      /** Seconds that a found or missing item is remembered. */
      readonly cacheSeconds: number;
    }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'time'; readonly format: 'iso' | 'epoch-seconds' }
  | ProofSource;

/** The proof that the REQUEST interceptor saw the call, see `interceptor-proof.ts`. No step and no tool gets to see it. */
export interface ProofSource {
  readonly kind: 'proof';
  /** Name of the environment variable that holds the ARN of the gateway's secret. */
  readonly secretVariable: string;
  /** Hash of the trusted fields and required steps. */
  readonly fingerprint: string;
}

/** Where a value is looked up. */
export type LookupSource = Extract<TrustedFieldSource, { readonly kind: 'lookup' }>;

/** Something that the agent must not be able to say: declared once, filled by the REQUEST interceptor. */
export interface DeclaredTrustedField {
  /** Name of the tool argument. */
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean';
  readonly description: string;
  readonly source: TrustedFieldSource;
  /** Full names (`target___tool`) of the tools that carry the field. */
  readonly tools: readonly string[];
  /** Whether members of this name are removed from the results of those tools, so that the value is not echoed. @default true */
  readonly hideInResults?: boolean;
}

/** What to do with a value that the client sent for a trusted field. */
export type SpoofResponse = 'overwrite' | 'reject';

/** The argument schema of a tool with its trusted fields added. They are optional: the guard policy denies when one is missing. */
export function withTrustedFields(inputSchema: JsonObject, fields: readonly DeclaredTrustedField[]): JsonObject {
  if (fields.length === 0) return inputSchema;
  const properties = { ...(inputSchema['properties'] as JsonObject | undefined) };
  for (const field of fields) properties[field.name] = { type: field.type, description: field.description };
  return { ...inputSchema, properties };
}

/** The inverse of {@link withTrustedFields}: what an agent may see of the schema. */
export function withoutTrustedFields(inputSchema: JsonObject, names: ReadonlySet<string>): JsonObject {
  const { properties, required } = inputSchema;
  const visible: JsonObject = { ...inputSchema };
  if (isJsonObject(properties)) {
    visible['properties'] = Object.fromEntries(Object.entries(properties).filter(([name]) => !names.has(name)));
  }
  if (Array.isArray(required)) {
    visible['required'] = required.filter((name: JsonValue) => typeof name !== 'string' || !names.has(name));
  }
  return visible;
}
