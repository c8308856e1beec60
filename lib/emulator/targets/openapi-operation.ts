import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';

export interface OpenApiParameter {
  readonly name: string;
  readonly place: string;
}

/** What sending one operation needs. */
export interface OpenApiOperation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly OpenApiParameter[];
  /** Schema of a JSON body. */
  readonly bodySchema: JsonValue | undefined;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The operation of that id. */
export function operationOf(document: JsonObject, operationId: string): OpenApiOperation | undefined {
  for (const [path, item] of Object.entries(followed(document, document['paths']))) {
    const pathItem = followed(document, item);
    for (const method of METHODS) {
      const operation = pathItem[method];
      if (!isJsonObject(operation) || operation['operationId'] !== operationId) continue;
      return {
        method: method.toUpperCase(),
        path,
        parameters: parametersOf(document, [pathItem['parameters'], operation['parameters']]),
        bodySchema: jsonSchemaOf(document, operation['requestBody']),
      };
    }
  }
  return undefined;
}

/** An object with its reference into the document followed; empty for anything else. */
export function followed(document: JsonObject, value: JsonValue | undefined): JsonObject {
  let current = value;
  for (let steps = 0; steps < 32 && isJsonObject(current); steps += 1) {
    const reference = current['$ref'];
    if (typeof reference !== 'string') return current;
    current = pointed(document, reference);
  }
  return {};
}

function pointed(document: JsonObject, reference: string): JsonValue | undefined {
  if (!reference.startsWith('#/')) return undefined;
  let current: JsonValue | undefined = document;
  for (const part of reference.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    current = isJsonObject(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}

/** An operation's own parameters replace those of its path that have the same name and place. */
function parametersOf(document: JsonObject, lists: readonly (JsonValue | undefined)[]): OpenApiParameter[] {
  const found = new Map<string, OpenApiParameter>();
  for (const list of lists) {
    for (const item of Array.isArray(list) ? list : []) {
      const { name, in: place } = followed(document, item);
      if (typeof name === 'string' && typeof place === 'string') found.set(`${place} ${name}`, { name, place });
    }
  }
  return [...found.values()];
}

function jsonSchemaOf(document: JsonObject, body: JsonValue | undefined): JsonValue | undefined {
  const content = followed(document, followed(document, body)['content']);
  const media = Object.keys(content).find((type) => /^application\/(.+\+)?json\b/i.test(type));
  return media === undefined ? undefined : followed(document, content[media])['schema'];
}
