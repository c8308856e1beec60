import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/contract/json';

/** How a step changes what a tool returned. Returning the same value leaves it as it is, to the byte. */
export interface ResultEdit {
  /** Structured data: `structuredContent`, and JSON in texts. */
  data(value: JsonValue): JsonValue;
  /** Text that is no JSON. @default - left as it is */
  prose?(text: string): string;
  /** Content that is no text. Undefined leaves it out. @default - left as it is */
  binary?(block: JsonObject): JsonObject | undefined;
}

/** Applies one edit to a tool's result in every form it comes in, so that no form says more than another. */
export function editResult(payload: JsonObject, edit: ResultEdit): JsonObject {
  const edited: JsonObject = { ...payload };
  if (Object.hasOwn(payload, 'structuredContent')) {
    edited['structuredContent'] = edit.data(payload['structuredContent'] as JsonValue);
  }
  if (Array.isArray(payload['content'])) {
    edited['content'] = payload['content'].flatMap((block) => editBlock(block, edit) ?? []);
  }
  if (isJsonObject(payload['_meta'])) edited['_meta'] = edit.data(payload['_meta']);
  return edited;
}

function editBlock(block: JsonValue, edit: ResultEdit): JsonValue | undefined {
  if (!isJsonObject(block)) return undefined;
  if (block['type'] === 'text' && typeof block['text'] === 'string') return withText(block, 'text', edit);
  const { resource } = block;
  if (block['type'] === 'resource' && isJsonObject(resource) && typeof resource['text'] === 'string') {
    return { ...block, resource: withText(resource, 'text', edit) };
  }
  return edit.binary === undefined ? block : edit.binary(block);
}

function withText(holder: JsonObject, member: string, edit: ResultEdit): JsonObject {
  return { ...holder, [member]: editText(holder[member] as string, edit) };
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
