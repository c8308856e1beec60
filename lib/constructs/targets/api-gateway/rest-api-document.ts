import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { SECURITY_SCHEMES, type SecurityScheme } from './method-access';
import { RestApiModels } from './rest-api-models';

/**
 * The methods of a REST API of this app as an OpenAPI document, as API Gateway would export it. Undefined for imported APIs, and for those
 * whose definition is not in the template. Only what was defined before is in it. Methods for any verb and proxy resources are no tools
 * and left out.
 */
export function restApiDocument(restApi: apigateway.IRestApi): JsonObject | undefined {
  if (restApi instanceof apigateway.SpecRestApi) return definition(restApi);
  if (!(restApi instanceof apigateway.RestApi)) return undefined;
  const models = new RestApiModels(restApi);
  const paths: { [path: string]: JsonObject } = {};
  for (const method of restApi.methods) {
    const { path } = method.resource;
    const verb = method.httpMethod.toLowerCase();
    if (verb === 'any' || path.includes('+}')) continue;
    paths[path] = { ...paths[path], [verb]: operationOf(models, method, path) };
  }
  return { openapi: '3.0.1', paths, components: { schemas: models.schemas, securitySchemes: SECURITY_SCHEMES } };
}

/** The OpenAPI definition that the template holds. */
function definition(restApi: apigateway.SpecRestApi): JsonObject | undefined {
  const resource = restApi.node.defaultChild as apigateway.CfnRestApi;
  const body = Stack.of(restApi).resolve(resource.body) as JsonValue | undefined;
  return isJsonObject(body) && 'openapi' in body ? body : undefined;
}

interface ResolvedMethod {
  readonly operationName?: JsonValue;
  readonly parameters?: { [name: string]: boolean };
  readonly models?: { [type: string]: JsonValue };
  readonly authorization?: string;
  readonly apiKey?: boolean;
}

function operationOf(models: RestApiModels, method: apigateway.Method, path: string): JsonObject {
  const resource = method.node.defaultChild as apigateway.CfnMethod;
  const resolved = Stack.of(method).resolve({
    operationName: resource.operationName,
    parameters: resource.requestParameters,
    models: resource.requestModels,
    authorization: resource.authorizationType,
    apiKey: resource.apiKeyRequired,
  }) as ResolvedMethod;
  const content = Object.entries(resolved.models ?? {}).flatMap(([type, model]) => {
    const schema = models.reference(model);
    return schema === undefined ? [] : [[type, { schema }] as const];
  });
  return {
    ...(typeof resolved.operationName === 'string' && { operationId: resolved.operationName }),
    parameters: [...pathParameters(path), ...Object.entries(resolved.parameters ?? {}).flatMap(parameterOf)],
    ...(content.length > 0 && { requestBody: { required: true, content: Object.fromEntries(content) } }),
    security: schemesOf(resolved).map((name) => ({ [name]: [] })),
  };
}

function schemesOf({ authorization = 'NONE', apiKey }: ResolvedMethod): SecurityScheme[] {
  const authorizer = authorization === 'NONE' ? [] : ([authorization === 'AWS_IAM' ? 'sigv4' : 'authorizer'] as const);
  return [...authorizer, ...(apiKey === true ? (['api_key'] as const) : [])];
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
