import type { JsonObject, JsonValue } from '../../../contract/json';
import { isJsonObject } from '../../../contract/json';
import type { DeclaredTool } from '../../../contract/published-schema';
import type { TrustedField } from '../../../contract/trusted-context';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { readObject } from '../source/read-document';
import type { Declaration } from '../source/tool-source';
import { type OpenApiOperation, operationsOf } from './operations';

/** An OpenAPI document of the app. */
export class OpenApiDocument {
  private readonly document: JsonObject;

  /** Throws a GovernanceError when the file is missing or no JSON or YAML object. */
  constructor(private readonly file: string) {
    this.document = readObject(file);
  }

  get operations(): readonly OpenApiOperation[] {
    return operationsOf(this.document);
  }

  /** Base URL of the API. */
  get server(): string | undefined {
    const [first] = Array.isArray(this.document['servers']) ? this.document['servers'] : [];
    const url = isJsonObject(first) ? first['url'] : undefined;
    return typeof url === 'string' ? url : undefined;
  }

  /** The tools that the gateway makes from the document, and what it will not take. */
  declare(): Declaration {
    const { file, operations } = this;
    const tools = operations.flatMap(({ operationId, description, inputSchema }): DeclaredTool[] =>
      operationId === undefined ? [] : [{ name: operationId, description, inputSchema }],
    );
    return { tools, findings: [...this.checkDocument(), ...operations.flatMap((one) => checkOperation(file, one))] };
  }

  /**
   * The document as JSON text. Trusted fields become header parameters: the gateway then knows them as arguments, and the API receives them.
   */
  text(trusted: (tool: string) => readonly TrustedField[]): string {
    const paths = isJsonObject(this.document['paths']) ? this.document['paths'] : {};
    const extended = Object.entries(paths).map(([path, item]) => [path, extendPathItem(item, trusted)] as const);
    return JSON.stringify({ ...this.document, paths: Object.fromEntries(extended) });
  }

  private checkDocument(): Diagnostic[] {
    const { file } = this;
    const findings: Diagnostic[] = [];
    const version = this.document['openapi'];
    if (typeof version !== 'string' || !/^3\.[01](\.|$)/.test(version)) {
      const found = version ?? this.document['swagger'];
      findings.push(
        diagnostic('TARGET_OPENAPI_VERSION', { file, version: typeof found === 'string' ? found : 'none' }),
      );
    }
    if (!this.server?.startsWith('https://')) findings.push(diagnostic('TARGET_OPENAPI_SERVER', { file }));
    return findings;
  }
}

/** What the gateway cannot make a tool from. */
function checkOperation(file: string, operation: OpenApiOperation): Diagnostic[] {
  const { method, path, operationId, otherBody, broken } = operation;
  const place = { file, operation: `${method} ${path}` };
  const findings = [...new Set(broken)].map((reference) =>
    diagnostic('TARGET_OPENAPI_REFERENCE', { ...place, reference }),
  );
  if (operationId === undefined) findings.push(diagnostic('TARGET_OPENAPI_OPERATION_ID', place));
  if (otherBody.length > 0) findings.push(diagnostic('TARGET_OPENAPI_BODY', { ...place, types: otherBody }));
  return findings;
}

function extendPathItem(item: JsonValue, trusted: (tool: string) => readonly TrustedField[]): JsonValue {
  if (!isJsonObject(item)) return item;
  const members = Object.entries(item).map(([key, operation]) => {
    const id = isJsonObject(operation) ? operation['operationId'] : undefined;
    const fields = typeof id === 'string' ? trusted(id) : [];
    if (!isJsonObject(operation) || fields.length === 0) return [key, operation] as const;
    const own = Array.isArray(operation['parameters']) ? operation['parameters'] : [];
    return [key, { ...operation, parameters: [...own, ...fields.map(headerParameter)] }] as const;
  });
  return Object.fromEntries(members);
}

function headerParameter(field: TrustedField): JsonObject {
  const { name, description, type } = field;
  return { name, in: 'header', required: false, description, schema: { type } };
}
