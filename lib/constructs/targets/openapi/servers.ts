import type { JsonObject, JsonValue } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { listOf, objectOf, textOf } from '../source/members';
import { isPublicUrl } from '../source/public-url';

/** Where an API is: its base URL with every variable filled in, or what keeps it from having one. */
export interface Server {
  readonly url: string | undefined;
  readonly findings: readonly Diagnostic[];
}

/**
 * The first server of a list. Variables are pinned to their defaults, so that nobody who calls a tool chooses the host.
 * Source: developer guide, page gateway-schema-openapi (security best practices for URL parameters).
 *
 * @param chosen base URL that the app gives in place of the document's
 */
export function serverOf(file: string, servers: JsonValue | undefined, chosen?: string): Server {
  const server = objectOf(listOf(servers)[0]);
  const template = chosen ?? textOf(server['url']);
  const variables = chosen === undefined ? objectOf(server['variables']) : {};
  const open = [...(template ?? '').matchAll(/\{([^{}]*)\}/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !isPinned(objectOf(variables[name])));
  if (template !== undefined && open.length > 0) {
    const findings = open.map((variable) =>
      diagnostic('TARGET_OPENAPI_SERVER_VARIABLE', { file, url: template, variable }),
    );
    return { url: undefined, findings };
  }
  const url = template?.replace(/\{([^{}]*)\}/g, (_, name: string) => pinnedValue(objectOf(variables[name])));
  if (url === undefined || !isPublicUrl(url) || /[?#]/.test(url)) {
    return { url, findings: [diagnostic('TARGET_OPENAPI_SERVER', { file, url })] };
  }
  return { url, findings: [] };
}

/** A variable with a default that is one of a few values: without them it may be anything. */
function isPinned(variable: JsonObject): boolean {
  const values = listOf(variable['enum']);
  return values.length > 0 && (variable['default'] === undefined || values.includes(variable['default']));
}

function pinnedValue(variable: JsonObject): string {
  const value = variable['default'] ?? listOf(variable['enum'])[0];
  return typeof value === 'string' ? value : JSON.stringify(value);
}
