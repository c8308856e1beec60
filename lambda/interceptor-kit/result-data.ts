import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/contract/json';
import { editMembers } from './json-edit';

/** How a step changes what a tool returned. Returning the same value leaves it as it is, to the byte. */
export interface ResultEdit {
  /** Structured data: `structuredContent`, and JSON in texts. */
  data(value: JsonValue): JsonValue;
  /** Text that is no JSON. @default - left as it is */
  prose?(text: string): string;
  /** Content that is no text. Undefined leaves it out. @default - left as it is */
  binary?(block: JsonObject): JsonObject | undefined;
  /** Members beside content, such as `_meta`, that are objects or lists. Undefined leaves them out. @default - like data */
  beside?(value: JsonValue): JsonValue | undefined;
}

/** Applies one edit to a tool's result in every form it comes in, so that no form says more than another. */
export function editResult(payload: JsonObject, edit: ResultEdit): JsonObject {
  return editMembers(payload, (member, name) => {
    if (name === 'structuredContent') return edit.data(member);
    if (name === 'content' && Array.isArray(member)) return editMembers(member, (block) => editBlock(block, edit));
    if (typeof member !== 'object' || member === null) return member;
    return edit.beside === undefined ? edit.data(member) : edit.beside(member);
  }) as JsonObject;
}

function editBlock(block: JsonValue, edit: ResultEdit): JsonValue | undefined {
  if (!isJsonObject(block)) return undefined;
  if (block['type'] === 'text' && typeof block['text'] === 'string') return withText(block, 'text', edit);
  const { resource } = block;
  if (block['type'] === 'resource' && isJsonObject(resource) && typeof resource['text'] === 'string') {
    const edited = withText(resource, 'text', edit);
    return edited === resource ? block : { ...block, resource: edited };
  }
  return edit.binary === undefined ? block : edit.binary(block);
}

function withText(holder: JsonObject, member: string, edit: ResultEdit): JsonObject {
  const text = editText(holder[member] as string, edit);
  return text === holder[member] ? holder : { ...holder, [member]: text };
}

/** JSON inside of a text; a function that returns a JSON text of its own yields JSON in JSON. */
function editText(text: string, edit: ResultEdit): string {
  const value = parsed(text);
  if (typeof value === 'string') {
    const inner = editText(value, edit);
    return inner === value ? text : JSON.stringify(inner);
  }
  if (typeof value !== 'object' || value === null) return edit.prose === undefined ? text : edit.prose(text);
  const edited = edit.data(value);
  return edited === value ? text : JSON.stringify(edited);
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
