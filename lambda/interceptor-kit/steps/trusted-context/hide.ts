import { PROOF_ARGUMENT, withoutProofs } from '../../../../lib/contract/interceptor-proof';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../../lib/contract/json';
import type { TrustedContextConfig } from '../../../../lib/contract/steps/trusted-context';
import { SEARCH_TOOL_NAME } from '../../../../lib/contract/tool-name';
import { type DeclaredTrustedField, withoutTrustedFields } from '../../../../lib/contract/trusted-context';
import type { StepFactory } from '../../chain/configured-steps';
import { proceed, type StepOutcome } from '../../chain/outcome';
import type { Step } from '../../chain/step';
import { editLeaves, removeMembers, renameMembers } from '../../json/edit';
import type { Call } from '../../message/call';
import type { Result } from '../../message/result';
import { editResult } from '../../message/result-data';
import { editListing, listsTools } from '../../message/tool-listing';
import { type FieldsByTool, groupByTool } from './fields-by-tool';

/** Hides trusted fields from lists, from search results, and from the results of their tools. */
export function hideTrustedFields(config: TrustedContextConfig): Step {
  const fieldsByTool = groupByTool(config.fields);
  const known = config.tools && new Set([...config.tools, SEARCH_TOOL_NAME]);

  function response(result: Result): StepOutcome {
    const { call, kind, payload } = result;
    if (kind === 'result' && listsTools(call)) return proceed({ payload: editListing(result, visible) });
    const names = namesOf(call);
    if (names.size === 0) return proceed();
    if (kind === 'error') return proceed({ payload: cleared(withoutEcho(payload, names), names) });
    const edited = kind === 'result' ? editResult(payload, { data: (value) => removeMembers(value, names) }) : payload;
    return proceed({ payload: cleared(edited, names) });
  }

  function visible(tool: JsonObject & { name: string }): JsonObject | undefined {
    return known === undefined || known.has(tool.name) ? hide(tool, fieldsByTool) : undefined;
  }

  function namesOf(call: Call): ReadonlySet<string> {
    return call.kind === 'tools/call' ? hiddenNames(fieldsByTool.get(call.tool.fullName)) : new Set();
  }

  return { name: 'trusted-context', response };
}

/** Whatever a tool quotes, also in the middle of a text, shows no proof. */
function cleared(payload: JsonObject, names: ReadonlySet<string>): JsonObject {
  if (!names.has(PROOF_ARGUMENT)) return payload;
  const texts = editLeaves(payload, (leaf) => (typeof leaf === 'string' ? withoutProofs(leaf) : leaf));
  return renameMembers(texts, withoutProofs) as JsonObject;
}

/** An error without the fields in the data that a target attached to it. */
function withoutEcho(error: JsonObject, names: ReadonlySet<string>): JsonObject {
  const { data } = error;
  return data === undefined ? error : { ...error, data: removeMembers(data, names) };
}

function hiddenNames(fields: readonly DeclaredTrustedField[] = []): ReadonlySet<string> {
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

/** The step of a configuration. */
export const make: StepFactory<'trusted-context'> = (config) => hideTrustedFields(config);
