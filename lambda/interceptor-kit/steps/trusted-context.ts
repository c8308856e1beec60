import type { TrustedContextStepConfig } from '../../../lib/contract/interceptor-steps';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { type TrustedField, withoutTrustedFields } from '../../../lib/contract/trusted-context';
import type { Call } from '../call';
import { removeMembers } from '../json-edit';
import { deny, type Outcome, proceed } from '../outcome';
import { editResult } from '../result-data';
import type { Result, Step, StepContext } from '../step';
import { editListing, listsTools } from '../tool-listing';
import { ItemLookup, type ItemSource } from './item-lookup';
import { fieldValue } from './trusted-value';

/** What the step reads from outside. Replaced in tests. */
export interface TrustedContextEdges {
  readonly items?: ItemSource;
  readonly environment?: { readonly [name: string]: string | undefined };
}

/**
 * Fills trusted fields of `tools/call`, whatever the client sent for them, and hides them from lists, search results and the results of
 * their tools. A field that cannot be filled denies the call, always with the same words.
 */
export function trustedContext(config: TrustedContextStepConfig, edges: TrustedContextEdges = {}): Step {
  const fieldsByTool = groupByTool(config.fields);
  const lookalikes = new Set([...fieldsByTool.keys()].map((name) => name.toLowerCase()));
  const lookup = new ItemLookup(config.fields, edges.items, edges.environment);

  async function request(call: Call, context: StepContext): Promise<Outcome> {
    if (call.kind !== 'tools/call') return proceed();
    const fields = fieldsByTool.get(call.tool.name);
    if (fields === undefined) {
      // Another spelling of a tool with trusted fields is no other tool: it would get past the fields if anything behind folded case.
      return lookalikes.has(call.tool.name.toLowerCase()) ? deny('unknown-tool') : proceed();
    }
    const names = new Set(fields.map((field) => field.name));
    const sent = Object.entries(call.arguments);
    const own = sent.filter(([name]) => !names.has(name));
    if (own.length < sent.length) {
      context.log.warn('client sent a trusted field', { tool: call.tool.name, requestId: context.requestId });
      if (config.onSpoof === 'reject') return deny('spoofed-field');
    }
    const values = await Promise.all(fields.map((field) => fieldValue(field, context, lookup)));
    const filled: [string, JsonValue][] = [];
    for (const [index, field] of fields.entries()) {
      const value = values[index];
      if (value === undefined) {
        context.log.warn('no value for a trusted field', { field: field.name, requestId: context.requestId });
        return deny('context-unavailable');
      }
      filled.push([field.name, value]);
    }
    return proceed({ arguments: Object.fromEntries([...own, ...filled]) });
  }

  function response(result: Result): Outcome {
    const { call, kind, payload } = result;
    if (kind !== 'result') return proceed();
    if (listsTools(call)) return proceed({ payload: editListing(result, (tool) => hide(tool, fieldsByTool)) });
    if (call.kind !== 'tools/call') return proceed();
    const names = hiddenNames(fieldsByTool.get(call.tool.name));
    if (names.size === 0) return proceed();
    return proceed({ payload: editResult(payload, { data: (value) => removeMembers(value, names) }) });
  }

  return { name: 'trusted-context', request, response };
}

function groupByTool(fields: readonly TrustedField[]): ReadonlyMap<string, readonly TrustedField[]> {
  const groups = new Map<string, TrustedField[]>();
  for (const field of fields) {
    for (const tool of field.tools) groups.set(tool, [...(groups.get(tool) ?? []), field]);
  }
  return groups;
}

function hiddenNames(fields: readonly TrustedField[] = []): ReadonlySet<string> {
  return new Set(fields.filter((field) => field.hideInResults !== false).map((field) => field.name));
}

function hide(
  tool: JsonObject & { name: string },
  fieldsByTool: ReadonlyMap<string, readonly TrustedField[]>,
): JsonObject {
  const fields = fieldsByTool.get(tool.name);
  if (fields === undefined) return tool;
  const visible: JsonObject = { ...tool };
  if (isJsonObject(tool['inputSchema'])) {
    visible['inputSchema'] = withoutTrustedFields(tool['inputSchema'], new Set(fields.map((field) => field.name)));
  }
  // A client checks results against this schema, and the fields are not in them.
  if (isJsonObject(tool['outputSchema']))
    visible['outputSchema'] = withoutFields(tool['outputSchema'], hiddenNames(fields));
  return visible;
}

/** Like {@link withoutTrustedFields}, for schemas inside of the schema too. */
function withoutFields(schema: JsonObject, names: ReadonlySet<string>): JsonObject {
  if (names.size === 0) return schema;
  const inner = Object.entries(withoutTrustedFields(schema, names)).map(([keyword, value]): [string, JsonValue] => {
    if (keyword === 'properties' && isJsonObject(value)) {
      const properties = Object.entries(value).map(([name, property]) => [name, withoutFieldsIn(property, names)]);
      return [keyword, Object.fromEntries(properties) as JsonObject];
    }
    return [keyword, keyword === 'required' ? value : withoutFieldsIn(value, names)];
  });
  return Object.fromEntries(inner);
}

function withoutFieldsIn(value: JsonValue, names: ReadonlySet<string>): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withoutFieldsIn(item, names));
  return isJsonObject(value) ? withoutFields(value, names) : value;
}
