import { isJsonObject, type JsonObject, type JsonValue } from '../../../../lib/contract/json';
import type { TrustedContextConfig } from '../../../../lib/contract/steps/trusted-context';
import { type TrustedField, withoutTrustedFields } from '../../../../lib/contract/trusted-context';
import { type Outcome, proceed } from '../../chain/outcome';
import type { Step } from '../../chain/step';
import { removeMembers } from '../../json/edit';
import type { Call } from '../../message/call';
import type { Result } from '../../message/result';
import { editResult } from '../../message/result-data';
import { editListing, listsTools } from '../../message/tool-listing';
import { type FieldsByTool, groupByTool } from './fields-by-tool';

/** Hides trusted fields from lists, from search results, and from the results of their tools. */
export function hideTrustedFields(config: TrustedContextConfig): Step {
  const fieldsByTool = groupByTool(config.fields);

  function response(result: Result): Outcome {
    const { call, kind, payload } = result;
    if (kind === 'error') return proceed({ payload: withoutEcho(payload, namesOf(call)) });
    if (kind !== 'result') return proceed();
    if (listsTools(call)) return proceed({ payload: editListing(result, (tool) => hide(tool, fieldsByTool)) });
    const names = namesOf(call);
    if (names.size === 0) return proceed();
    return proceed({ payload: editResult(payload, { data: (value) => removeMembers(value, names) }) });
  }

  function namesOf(call: Call): ReadonlySet<string> {
    return call.kind === 'tools/call' ? hiddenNames(fieldsByTool.get(call.tool.name)) : new Set();
  }

  return { name: 'trusted-context', response };
}

/** An error without the fields in the data that a target attached to it. */
function withoutEcho(error: JsonObject, names: ReadonlySet<string>): JsonObject {
  const { data } = error;
  return data === undefined || names.size === 0 ? error : { ...error, data: removeMembers(data, names) };
}

function hiddenNames(fields: readonly TrustedField[] = []): ReadonlySet<string> {
  return new Set(fields.filter((field) => field.hideInResults !== false).map((field) => field.name));
}

function hide(tool: JsonObject & { name: string }, fieldsByTool: FieldsByTool): JsonObject {
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
