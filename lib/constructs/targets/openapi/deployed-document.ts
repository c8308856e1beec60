import type { JsonObject, JsonValue } from '../../../contract/json';
import type { DeclaredTrustedField } from '../../../contract/trusted-context';
import { textOf } from '../source/members';
import { inputSchemaOf } from './arguments';
import type { OpenApiOperation } from './read-operation';
import type { References } from './references';
import { Responses } from './responses';

/** What the deployed document says beside its operations. */
export interface DeployedApi {
  readonly references: References;
  readonly server: string;
  readonly operations: readonly OpenApiOperation[];
  /** Trusted fields of a tool: header parameters, so that the gateway knows them as arguments and the API receives them. */
  readonly trusted: (tool: string) => readonly DeclaredTrustedField[];
}

/**
 * The document that is deployed: the selected operations and nothing else, with the arguments that policies are checked against.
 * Security schemes, callbacks, webhooks and links, which the gateway does not know, are not in it.
 */
export function deployedDocument({ references, server, operations, trusted }: DeployedApi): JsonObject {
  const { document } = references;
  const responses = new Responses(references);
  const paths = new Map<string, JsonObject>();
  for (const operation of operations) {
    const { method, path } = operation.outline;
    const deployed = deployedOperation(operation, trusted(operation.name), responses);
    paths.set(path, { ...paths.get(path), [method.toLowerCase()]: deployed });
  }
  const components = responses.components();
  return {
    openapi: document['openapi'] ?? '',
    info: document['info'] ?? {},
    servers: [{ url: server }],
    paths: Object.fromEntries(paths),
    ...(Object.keys(components).length > 0 && { components }),
  };
}

function deployedOperation(
  operation: OpenApiOperation,
  trusted: readonly DeclaredTrustedField[],
  responses: Responses,
): JsonObject {
  const { name, body, outline } = operation;
  const { summary, description, tags, deprecated } = outline.operation;
  const parameters = operation.arguments
    .filter(({ place }) => place !== 'body')
    .map(({ name: parameter, place, required, schema }): JsonObject => {
      const { description: about, ...rest } = schema;
      return { name: parameter, in: place, required, ...(about !== undefined && { description: about }), schema: rest };
    });
  return {
    operationId: name,
    ...(textOf(summary) !== undefined && { summary: summary as string }),
    ...(textOf(description) !== undefined && { description: description as string }),
    ...(tags !== undefined && { tags }),
    ...(deprecated === true && { deprecated }),
    ...(parameters.length + trusted.length > 0 && { parameters: [...parameters, ...trusted.map(headerParameter)] }),
    ...(body && { requestBody: requestBody(operation) }),
    responses: responses.of(outline.operation['responses']),
  };
}

function requestBody({ body, arguments: found }: OpenApiOperation): JsonValue {
  if (body === undefined) return {};
  const members = found.filter(({ place }) => place === 'body');
  const schema = body.http.from === 'members' ? inputSchemaOf(members) : (members[0]?.schema ?? {});
  const { encoding } = body;
  const media: JsonObject = { schema, ...(encoding !== undefined && { encoding }) };
  return { required: body.required, content: { [body.http.mediaType]: media } };
}

function headerParameter({ name, description, type }: DeclaredTrustedField): JsonObject {
  return { name, in: 'header', required: false, description, schema: { type } };
}
