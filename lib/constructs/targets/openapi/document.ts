import type { JsonObject } from '../../../contract/json';
import { LIMITS } from '../../../contract/limits';
import type { DeclaredTool } from '../../../contract/published-schema';
import type { DeclaredTrustedField } from '../../../contract/trusted-context';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { listOf } from '../source/members';
import { selectOperations } from '../source/operation-filter';
import { pinTools } from '../source/pinned-tools';
import { readObject } from '../source/read-document';
import { checkOperations, checkReferences } from './check-operations';
import { deployedDocument } from './deployed-document';
import type { OpenApiToolsOptions } from './openapi-options';
import { outlinesOf } from './outline';
import { type OpenApiOperation, readOperation } from './read-operation';
import { References } from './references';
import { checkSecurity } from './security';
import { serverOf } from './servers';
import { renameOperations } from './tool-names';

/** An OpenAPI document of the app, and the operations of it that become tools. */
export class OpenApiDocument {
  /** Base URL of the API. */
  readonly server: string;
  /** The tools that the gateway makes of the document. */
  readonly tools: readonly DeclaredTool[];
  /** The operations that become them. */
  readonly operations: readonly OpenApiOperation[];
  /** Findings about the document. */
  readonly findings: readonly Diagnostic[];

  private readonly references: References;

  /** Throws a GovernanceError when the file is missing or no JSON or YAML object. */
  constructor(
    private readonly file: string,
    options: OpenApiToolsOptions,
  ) {
    const document = readObject(file);
    this.references = new References(document);
    const server = serverOf(file, document['servers'], options.server);
    this.server = server.url ?? '';
    const outlines = outlinesOf(this.references);
    const { selected, findings } = selectOperations(file, outlines.operations, options);
    const { renamed, findings: unnamed } = renameOperations(file, selected, options.toolNames);
    const read = renamed.map((outline) => readOperation(this.references, outline));
    const checked = checkOperations(read, options.server === undefined ? listOf(document['servers']) : undefined);
    const derived = checked.supported.map(toolOf);
    const pinned = pinTools(file, derived, options.tools);
    const names = new Set(pinned.tools.map(({ name }) => name));
    this.tools = pinned.tools;
    this.operations = checked.supported.filter(({ name }) => names.has(name));
    this.findings = [
      ...checkVersion(file, document),
      ...server.findings,
      ...findings,
      ...unnamed,
      ...checkReferences(file, outlines.unresolved, read),
      ...checked.findings,
      ...pinned.findings,
      ...checkSecurity(file, this.references, this.operations, options),
    ];
  }

  /** The document that is deployed, as JSON text. Throws a GovernanceError when it is larger than the service takes. */
  deployed(trusted: (tool: string) => readonly DeclaredTrustedField[]): string {
    const { file, references, server, operations } = this;
    const text = JSON.stringify(deployedDocument({ references, server, operations, trusted }));
    const [bytes, max] = [Buffer.byteLength(text), LIMITS.documentMaxBytes];
    if (bytes > max) throw GovernanceError.of('TARGET_DOCUMENT_TOO_LARGE', { file, bytes, max });
    return text;
  }
}

function toolOf({ name, description, inputSchema, classes }: OpenApiOperation): DeclaredTool {
  return { name, description, inputSchema, classes };
}

function checkVersion(file: string, document: JsonObject): Diagnostic[] {
  const version = document['openapi'];
  if (typeof version === 'string' && /^3\.[01](\.|$)/.test(version)) return [];
  const found = version ?? document['swagger'];
  return [diagnostic('TARGET_OPENAPI_VERSION', { file, version: typeof found === 'string' ? found : 'none' })];
}
