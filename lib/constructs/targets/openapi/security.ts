import type { JsonObject, JsonValue } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { listOf, objectOf } from '../source/members';
import { outboundCredential } from '../source/target-limits';
import type { HttpToolsOptions } from '../source/target-options';
import type { OpenApiOperation } from './read-operation';
import type { References } from './references';

/**
 * Operations that ask for credentials, where the target has none and lets none of the client's pass. Only a warning: an interceptor may
 * send the `Authorization`.
 */
export function checkSecurity(
  file: string,
  references: References,
  operations: readonly OpenApiOperation[],
  options: HttpToolsOptions,
): Diagnostic[] {
  if (outboundCredential('openapi', options.credentials) !== 'none') return [];
  const { document } = references;
  const schemes = objectOf(objectOf(document['components'])['securitySchemes']);
  const passes = (name: string): boolean => isPassed(references.follow(schemes[name]), options);
  const refused = operations.filter(({ outline }) => {
    const ways = listOf(outline.operation['security'] ?? document['security']).map(namesOf);
    return ways.length > 0 && !ways.some((names) => names.every(passes));
  });
  if (refused.length === 0) return [];
  const wanted = refused.flatMap(({ outline }) => listOf(outline.operation['security'] ?? document['security']));
  return [
    diagnostic('TARGET_OPENAPI_SECURITY', {
      file,
      operations: refused.map(({ name }) => name),
      schemes: [...new Set(wanted.flatMap(namesOf))],
    }),
  ];
}

/** Schemes that one way in asks for together; none is open to everybody. */
function namesOf(way: JsonValue): string[] {
  return Object.keys(objectOf(way));
}

/** Whether the client's own key reaches the API. */
function isPassed(scheme: JsonObject, { allowedRequestHeaders = [], allowedQueryParameters = [] }: HttpToolsOptions) {
  const { type, in: place, name } = scheme;
  if (type !== 'apiKey' || typeof name !== 'string') return false;
  const isHeader = (header: string): boolean => header.toLowerCase() === name.toLowerCase();
  if (place === 'header') return allowedRequestHeaders.some(isHeader);
  return place === 'query' && allowedQueryParameters.includes(name);
}
