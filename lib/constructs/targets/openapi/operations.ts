import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { simplify } from '../../../contract/schema-shape';
import { References } from './references';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** An operation of an OpenAPI document, as a tool. */
export interface OpenApiOperation {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly operationId: string | undefined;
  readonly description: string;
  readonly inputSchema: JsonObject;
  /** Media types of a body that the gateway cannot send; only JSON is supported. */
  readonly otherBody: readonly string[];
  /** References of the operation that lead nowhere in the document. */
  readonly broken: readonly string[];
}

/** The operations of an OpenAPI 3 document in its own order. */
export function operationsOf(document: JsonObject): OpenApiOperation[] {
  const operations: OpenApiOperation[] = [];
  for (const [path, item] of Object.entries(objectOf(document['paths']))) {
    const pathItem = new References(document).follow(item);
    for (const method of METHODS) {
      const operation = pathItem[method];
      if (isJsonObject(operation)) operations.push(readOperation(document, method, path, pathItem, operation));
    }
  }
  return operations;
}

function readOperation(
  document: JsonObject,
  method: string,
  path: string,
  pathItem: JsonObject,
  operation: JsonObject,
): OpenApiOperation {
  const references = new References(document);
  const { operationId, description, summary } = operation;
  const body = references.follow(operation['requestBody']);
  const media = Object.keys(objectOf(body['content']));
  const parameters = parametersOf(references, pathItem, operation);
  const members = [...parameters, ...bodyMembers(document, references, body)];
  const required = [...new Set(members.filter((member) => member.required).map(({ name }) => name))];
  return {
    method: method.toUpperCase(),
    path,
    operationId: typeof operationId === 'string' && operationId !== '' ? operationId : undefined,
    description: firstText(description, summary) ?? `${method.toUpperCase()} ${path}`,
    inputSchema: {
      type: 'object',
      properties: propertiesOf(members),
      ...(required.length > 0 && { required }),
    },
    otherBody: media.length > 0 && !media.some(isJson) ? media : [],
    broken: references.broken.map(({ reference }) => reference),
  };
}

/** Of several members with one name the first counts: a path parameter cannot be left out. */
function propertiesOf(members: readonly Member[]): JsonObject {
  const properties = new Map<string, JsonObject>();
  for (const { name, schema } of members) if (!properties.has(name)) properties.set(name, schema);
  return Object.fromEntries(properties);
}

interface Member {
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
}

function parametersOf(references: References, pathItem: JsonObject, operation: JsonObject): Member[] {
  const found = new Map<string, Member>();
  for (const source of [...arrayOf(pathItem['parameters']), ...arrayOf(operation['parameters'])]) {
    const parameter = references.follow(source);
    const { name, in: place, description, required } = parameter;
    if (typeof name !== 'string') continue;
    const schema = objectOf(references.writeOut(parameter['schema'] ?? jsonSchemaOf(parameter)));
    found.set(JSON.stringify([place, name]), {
      name,
      schema: typeof description === 'string' ? { ...schema, description } : schema,
      required: required === true || place === 'path',
    });
  }
  return [...found.values()];
}

/**
 * Members of a JSON body stand beside the parameters; a body that is no object becomes the argument `body`.
 * Platform assumption: AWS documents no rule.
 */
function bodyMembers(document: JsonObject, references: References, body: JsonObject): Member[] {
  const source = jsonSchemaOf(body);
  if (source === undefined) return [];
  const whole = body['required'] === true;
  const shape = simplify(document, source, []);
  if ('what' in shape || shape.schema['type'] !== 'object' || !isJsonObject(shape.schema['properties'])) {
    return [{ name: 'body', schema: objectOf(references.writeOut(source)), required: whole }];
  }
  const required = new Set(arrayOf(shape.schema['required']));
  return Object.entries(shape.schema['properties']).map(([name, member]) => ({
    name,
    schema: objectOf(references.writeOut(member)),
    required: whole && required.has(name),
  }));
}

function jsonSchemaOf(holder: JsonObject): JsonValue | undefined {
  const content = objectOf(holder['content']);
  const media = Object.keys(content).find(isJson);
  return media === undefined ? undefined : objectOf(content[media])['schema'];
}

function isJson(mediaType: string): boolean {
  return /^application\/(.+\+)?json\b/i.test(mediaType);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function arrayOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function firstText(...values: (JsonValue | undefined)[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}
