import type { HttpParameter, HttpRequest } from '../../../contract/http-request';
import type { JsonObject } from '../../../contract/json';
import { classesOfOpenApi } from '../../../contract/tool-classes/operations';
import { textOf } from '../source/members';
import type { WithheldParameter } from '../source/withheld-parameters';
import { answerExample } from './answer-example';
import { type Argument, distinctArguments, inputSchemaOf } from './arguments';
import { OperationReading } from './operation-reading';
import type { OperationOutline } from './outline';
import { readParameters } from './parameters';
import type { References } from './references';
import { type RequestBody, readBody } from './request-body';

/** An operation of an OpenAPI document, as a tool. */
export interface OpenApiOperation {
  readonly outline: OperationOutline;
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly inputSchema: JsonObject;
  readonly classes: readonly string[];
  readonly body: RequestBody | undefined;
  readonly request: HttpRequest;
  /** Why the gateway cannot make a tool of it; empty for one that becomes a tool. */
  readonly unsupported: readonly string[];
  /** Parameters that agents must not fill. */
  readonly withheld: readonly WithheldParameter[];
  /** References of its arguments that lead to nothing in the document. */
  readonly unresolved: readonly string[];
}

/** Reads the arguments of an operation. */
export function readOperation(references: References, outline: OperationOutline): OpenApiOperation {
  const { method, path, name, pathItem, operation } = outline;
  const used = references.below([
    pathItem['parameters'] ?? null,
    operation['parameters'] ?? null,
    operation['requestBody'] ?? null,
  ]);
  const unresolved = [...used].filter((reference) => references.unresolved({ $ref: reference }) !== undefined);
  const reading = new OperationReading(references, outline);
  const body = readBody(reading);
  const found = distinctArguments([...readParameters(reading), ...(body?.arguments ?? [])], (argument) =>
    reading.unsupported.push(`two required arguments are named \`${argument}\``),
  );
  const parameters = found.flatMap(({ name: argument, place }): HttpParameter[] =>
    place === 'path' || place === 'query' || place === 'header' ? [{ name: argument, in: place }] : [],
  );
  const answer = answerExample(references, operation);
  return {
    outline,
    name,
    description: textOf(operation['description']) ?? textOf(operation['summary']) ?? `${method} ${path}`,
    arguments: found,
    inputSchema: inputSchemaOf(found),
    classes: classesOfOpenApi(outline, operation, pathItem),
    body,
    request: {
      method,
      path,
      parameters,
      ...(body && { body: body.http }),
      ...(answer === undefined ? {} : { answer }),
    },
    unsupported: unresolved.length > 0 ? [] : problemsOf(reading, outline, parameters),
    withheld: reading.withheld,
    unresolved,
  };
}

function problemsOf(
  reading: OperationReading,
  outline: OperationOutline,
  parameters: readonly HttpParameter[],
): string[] {
  const { method, path } = outline;
  const problems = [...reading.unsupported];
  for (const { path: argument, what } of reading.schemas.unsupported) problems.push(`\`${argument}\` is ${what}`);
  if (method === 'TRACE') problems.push('its method is TRACE');
  // `{;id*}` and `{?page}` are serializers; so is a name that no parameter has.
  const placeholders = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const inPath = new Set(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name));
  for (const placeholder of placeholders) {
    if (!inPath.has(placeholder)) problems.push(`\`{${placeholder}}\` of its path is no simple path parameter`);
  }
  for (const name of inPath) {
    if (!placeholders.includes(name)) problems.push(`path parameter \`${name}\` is not in its path`);
  }
  return [...new Set(problems)];
}
