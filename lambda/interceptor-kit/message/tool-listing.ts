import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { SEARCH_TOOL_NAME } from '../../../lib/contract/tool-name';
import { jsonInText } from '../json/text';
import type { Call } from './call';
import type { Result } from './result';

/** Changes a tool of a listing, or leaves it out by returning undefined. */
export type ToolEdit = (tool: JsonObject & { name: string }) => JsonObject | undefined;

/** Whether the answer to a call lists tools: `tools/list`, or a search. */
export function listsTools(call: Call): boolean {
  return call.kind === 'tools/list' || (call.kind === 'tools/call' && call.tool.fullName === SEARCH_TOOL_NAME);
}

/**
 * Edits every tool of a listing in each of the three shapes that were seen: `tools`, `structuredContent.tools`, and JSON text in `content`.
 * What cannot be read as tools is removed, except the text of an error.
 */
export function editListing({ payload }: Result, edit: ToolEdit): JsonObject {
  const edited: JsonObject = { ...payload };
  if (Object.hasOwn(payload, 'tools')) edited['tools'] = editTools(payload['tools'], edit);
  if (Object.hasOwn(payload, 'structuredContent')) {
    edited['structuredContent'] = editHolder(payload['structuredContent'], edit) ?? { tools: [] };
  }
  if (Object.hasOwn(payload, 'content')) {
    const blocks = Array.isArray(payload['content']) ? payload['content'] : [];
    edited['content'] = blocks.flatMap((block) => editBlock(block, edit, payload['isError'] === true) ?? []);
  }
  return edited;
}

function editTools(tools: JsonValue | undefined, edit: ToolEdit): JsonValue[] {
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((tool) => (isNamed(tool) ? (edit(tool) ?? []) : []));
}

/** An object with tools, or the bare list. */
function editHolder(holder: JsonValue | undefined, edit: ToolEdit): JsonValue | undefined {
  if (Array.isArray(holder)) return editTools(holder, edit);
  if (!isJsonObject(holder) || !Object.hasOwn(holder, 'tools')) return undefined;
  return { ...holder, tools: editTools(holder['tools'], edit) };
}

function editBlock(block: JsonValue, edit: ToolEdit, isError: boolean): JsonObject | undefined {
  if (!isJsonObject(block) || block['type'] !== 'text' || typeof block['text'] !== 'string') return undefined;
  const holder = editHolder(jsonInText(block['text']), edit);
  if (holder === undefined) return isError ? block : undefined;
  return { ...block, text: JSON.stringify(holder) };
}

function isNamed(tool: JsonValue): tool is JsonObject & { name: string } {
  return isJsonObject(tool) && Object.hasOwn(tool, 'name') && typeof tool['name'] === 'string';
}
