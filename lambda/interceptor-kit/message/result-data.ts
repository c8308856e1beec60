import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { editMembers } from '../json/edit';
import { editedText, jsonInText } from '../json/text';

/** How a step changes what a tool returned. Returning the same value leaves it as it is, to the byte. */
export interface ResultEdit {
  /** Structured data: `structuredContent`, and JSON in texts. If a text repeats a name, only the value passed here is kept. */
  data(value: JsonValue): JsonValue;
  /** Text that is not JSON. @default - unchanged */
  prose?(text: string): string;
  /** Content that is not text. Undefined removes it. @default - unchanged */
  binary?(block: JsonObject): JsonObject | undefined;
  /** Members beside content and texts, such as `_meta`, that are objects or lists. Undefined leaves them out. @default - like data */
  beside?(value: JsonValue): JsonValue | undefined;
}

/** Applies one edit to a tool's result in every form it comes in, so that no form says more than another. */
export function editResult(payload: JsonObject, edit: ResultEdit): JsonObject {
  return editMembers(payload, (member, name) => {
    if (name === 'content' && Array.isArray(member)) return editMembers(member, (block) => editBlock(block, edit));
    if (typeof member === 'string') return name === 'resultType' ? member : editText(member, edit);
    return name === 'structuredContent' ? edit.data(member) : editBeside(member, name, edit);
  }) as JsonObject;
}

/** Texts of a block that say what it is, and hold nothing of what a tool found. */
const KINDS = new Set(['type', 'mimeType', 'uri']);

function editBeside(member: JsonValue, name: string | undefined, edit: ResultEdit): JsonValue | undefined {
  if (typeof member === 'string') return name !== undefined && KINDS.has(name) ? member : editText(member, edit);
  if (typeof member !== 'object' || member === null) return member;
  return edit.beside === undefined ? edit.data(member) : edit.beside(member);
}

function editBlock(block: JsonValue, edit: ResultEdit): JsonValue | undefined {
  if (!isJsonObject(block)) return undefined;
  const { type, resource } = block;
  if (type === 'text' && typeof block['text'] === 'string') return editHolder(block, edit);
  if (type === 'resource' && isJsonObject(resource) && typeof resource['text'] === 'string') {
    return editMembers(block, (member, name) =>
      name === 'resource'
        ? editHolder(withoutRefusedBytes(block, resource, edit), edit)
        : editBeside(member, name, edit),
    );
  }
  return edit.binary === undefined ? block : edit.binary(block);
}

/** With bytes beside its text, a resource is more than its text: where binary content may not pass, they may not either. */
function withoutRefusedBytes(block: JsonObject, resource: JsonObject, edit: ResultEdit): JsonObject {
  if (!Object.hasOwn(resource, 'blob') || edit.binary === undefined || edit.binary(block) !== undefined)
    return resource;
  const { blob: _, ...text } = resource;
  return text;
}

/** Whatever holds a `text`. */
function editHolder(holder: JsonObject, edit: ResultEdit): JsonValue {
  return editMembers(holder, (member, name) =>
    name === 'text' && typeof member === 'string' ? editText(member, edit) : editBeside(member, name, edit),
  );
}

/** JSON inside of a text; a function that returns a JSON text of its own yields JSON in JSON. */
function editText(text: string, edit: ResultEdit): string {
  const value = jsonInText(text);
  if (typeof value === 'string') {
    const inner = editText(value, edit);
    return inner === value ? text : JSON.stringify(inner);
  }
  if (typeof value !== 'object' || value === null) return edit.prose === undefined ? text : edit.prose(text);
  return editedText(text, value, edit.data(value));
}
