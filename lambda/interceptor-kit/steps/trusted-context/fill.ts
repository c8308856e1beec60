import type { JsonObject } from '../../../../lib/contract/json';
import type { TrustedContextConfig } from '../../../../lib/contract/steps/trusted-context';
import { SEARCH_TOOL_NAME } from '../../../../lib/contract/tool-name';
import type { DeclaredTrustedField } from '../../../../lib/contract/trusted-context';
import { lookupKey, type TrustedValue, trustedValue } from '../../../../lib/contract/trusted-value';
import type { StepFactory } from '../../chain/configured-steps';
import { deny, proceed, proceedWithProof, type StepOutcome } from '../../chain/outcome';
import type { Step, StepContext } from '../../chain/step';
import type { Call } from '../../message/call';
import { RememberedSecret, type SecretSource } from '../remembered-secret';
import { groupByTool } from './fields-by-tool';
import { ItemLookup, type ItemSource } from './item-lookup';
import { KnownProof } from './known-proof';

/** What the step reads from outside. Replaced in tests. */
export interface TrustedContextDependencies {
  /** @default - Amazon DynamoDB */
  readonly items?: ItemSource;
  /** @default - AWS Secrets Manager */
  readonly secret?: SecretSource;
  /** @default - the variables of the process */
  readonly environment?: { readonly [name: string]: string | undefined };
}

/** Milliseconds: the first call of an instance loads clients of the SDK. */
const BUDGET_MS = 5_000;

/**
 * Fills trusted fields of `tools/call`, whatever the client sent for them. A field that cannot be filled denies the call, always with the
 * same words. A tool that the gateway was not checked with is unknown.
 */
export function fillTrustedFields(config: TrustedContextConfig, dependencies: TrustedContextDependencies = {}): Step {
  const fieldsByTool = groupByTool(config.fields);
  const lookalikes = new Set([...fieldsByTool.keys()].map((name) => name.toLowerCase()));
  const known = config.tools && new Set([...config.tools, SEARCH_TOOL_NAME]);
  const lookup = new ItemLookup(config.fields, dependencies.items, dependencies.environment);
  const proof = new KnownProof(new RememberedSecret(dependencies.secret, dependencies.environment));

  /** Waits for tables and secrets only: the budget of a part that waits takes longer than a field that is at hand. */
  function request(call: Call, context: StepContext): StepOutcome | Promise<StepOutcome> {
    if (call.kind !== 'tools/call') return proceed();
    if (known !== undefined && !known.has(call.tool.fullName)) return deny('unknown-tool');
    const fields = fieldsByTool.get(call.tool.fullName);
    if (fields === undefined) {
      // Another spelling of a tool with trusted fields is no other tool: it would get past the fields if anything behind folded case.
      return lookalikes.has(call.tool.fullName.toLowerCase()) ? deny('unknown-tool') : proceed();
    }
    const { arguments: sent } = call;
    if (fields.some(({ name }) => Object.hasOwn(sent, name))) {
      context.log.warn('client sent a trusted field', { tool: call.tool.fullName, requestId: context.requestId });
      if (config.onSpoof === 'reject') return deny('spoofed-field');
    }
    const values = fields.map((field) => fieldValue(field, context, lookup, proof));
    if (!values.some((value) => value instanceof Promise)) return filledWith(values as Found[], fields, sent, context);
    const asked = Promise.all(values.map(async (value) => await value));
    return asked.then((known) => filledWith(known, fields, sent, context));
  }

  return { name: 'trusted-context', budgetMs: BUDGET_MS, request };
}

type Found = TrustedValue | undefined;

/** The call with its trusted fields, or a denial where one has no value. */
function filledWith(
  values: readonly Found[],
  fields: readonly DeclaredTrustedField[],
  sent: JsonObject,
  context: StepContext,
): StepOutcome {
  const filled: [string, TrustedValue][] = [];
  let own = sent;
  let proof: string | undefined;
  for (const [index, field] of fields.entries()) {
    const value = values[index];
    if (value === undefined) {
      context.log.warn('no value for a trusted field', { field: field.name, requestId: context.requestId });
      return deny('context-unavailable');
    }
    if (field.source.kind === 'proof') {
      proof = String(value);
      own = without(own, field.name);
    } else filled.push([field.name, value]);
  }
  return proceedWithProof({ arguments: { ...own, ...Object.fromEntries(filled) } }, proof);
}

/** The same object where there is nothing to leave out. */
function without(args: JsonObject, name: string): JsonObject {
  if (!Object.hasOwn(args, name)) return args;
  return Object.fromEntries(Object.entries(args).filter(([other]) => other !== name));
}

function fieldValue(
  field: DeclaredTrustedField,
  context: StepContext,
  lookup: ItemLookup,
  proof: KnownProof,
): Found | Promise<Found> {
  const { source } = field;
  if (source.kind === 'proof') return proof.find(field, source, context);
  if (source.kind !== 'lookup') return trustedValue(field, context);
  const { claims, now } = context;
  const key = lookupKey(source, claims);
  const item = key === undefined ? undefined : lookup.find(source, key, now, context);
  if (item instanceof Promise) return item.then((found) => trustedValue(field, { claims, now, item: found }));
  return trustedValue(field, { claims, now, item });
}

/** The step of a configuration. */
export const make: StepFactory<'trusted-context'> = (config) => fillTrustedFields(config);
