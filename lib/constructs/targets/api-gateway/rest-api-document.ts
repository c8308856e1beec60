import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';

/**
 * The methods of a REST API of this app as an OpenAPI document, as API Gateway would export it. Undefined for imported APIs.
 * Only what was defined before is in it. Methods for any verb, proxy resources and CORS preflights are no tools and left out.
 */
export function restApiDocument(restApi: apigateway.IRestApi): JsonObject | undefined {
  if (!(restApi instanceof apigateway.RestApi)) return undefined;
  const paths: { [path: string]: JsonObject } = {};
  for (const method of restApi.methods) {
    const { path } = method.resource;
    const verb = method.httpMethod.toLowerCase();
    if (verb === 'any' || verb === 'options' || path.includes('+}')) continue;
    paths[path] = { ...paths[path], [verb]: operationOf(restApi, method, path) };
  }
  return { openapi: '3.0.1', paths };
}

function operationOf(restApi: apigateway.RestApi, method: apigateway.Method, path: string): JsonObject {
  const resource = method.node.defaultChild as apigateway.CfnMethod;
  const { operationName, parameters, models } = Stack.of(method).resolve({
    operationName: resource.operationName,
    parameters: resource.requestParameters,
    models: resource.requestModels,
  }) as { operationName?: string; parameters?: { [name: string]: boolean }; models?: { [type: string]: JsonValue } };
  const json = models?.['application/json'];
  const schema = json === undefined ? undefined : modelSchema(restApi, json);
  return {
    ...(operationName !== undefined && { operationId: operationName }),
    parameters: [...pathParameters(path), ...Object.entries(parameters ?? {}).flatMap(parameterOf)],
    ...(schema && { requestBody: { required: true, content: { 'application/json': { schema } } } }),
  };
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((match) => parameter(match[1] ?? '', 'path', true));
}

/** `method.request.querystring.limit: true` is a required query parameter. API Gateway knows no types for them. */
function parameterOf([name, required]: [string, boolean]): JsonObject[] {
  const [, place, rest] = /^method\.request\.(querystring|header|path)\.(.+)$/.exec(name) ?? [];
  if (place === undefined || rest === undefined || place === 'path') return [];
  return [parameter(rest, place === 'querystring' ? 'query' : 'header', required)];
}

function parameter(name: string, place: string, required: boolean): JsonObject {
  return { name, in: place, required, schema: { type: 'string' } };
}

/** Schema of a model of the same API, by its name or reference. */
function modelSchema(restApi: apigateway.RestApi, name: JsonValue): JsonObject | undefined {
  const wanted = JSON.stringify(name);
  for (const child of restApi.node.findAll()) {
    if (!(child instanceof apigateway.CfnModel)) continue;
    const stack = Stack.of(child);
    const names = [stack.resolve(child.ref) as JsonValue, stack.resolve(child.name) as JsonValue];
    if (!names.some((candidate) => JSON.stringify(candidate) === wanted)) continue;
    const schema = stack.resolve(child.schema) as JsonValue;
    return isJsonObject(schema) ? schema : undefined;
  }
  return undefined;
}
