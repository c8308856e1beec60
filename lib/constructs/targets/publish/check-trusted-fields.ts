import { isJsonObject, type JsonObject } from '../../../contract/json';
import { type DeclaredTool, publishSchema } from '../../../contract/published-schema';
import type { DeclaredTrustedField } from '../../../contract/trusted-context';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { ToolSource } from '../source/tool-source';

/** Whether a tool and the gateway's trusted context agree. `fields` are those that the gateway injects into this tool. */
export function checkTrustedFields(
  tool: string,
  declared: DeclaredTool,
  fields: readonly DeclaredTrustedField[],
  { publishing, withholdsProof }: Pick<ToolSource, 'publishing' | 'withholdsProof'>,
): Diagnostic[] {
  const own = publishedTypes(declared.inputSchema);
  return [
    ...(publishing === 'remote' ? checkRemote(tool, own, fields) : checkCollisions(tool, own, fields)),
    ...checkWanted(tool, declared, fields),
    ...checkClosed(tool, declared, withholdsProof ? fields.filter(({ source }) => source.kind !== 'proof') : fields),
  ];
}

function checkCollisions(tool: string, own: Types, fields: readonly DeclaredTrustedField[]): Diagnostic[] {
  return fields
    .filter((field) => own.has(field.name))
    .map((field) => diagnostic('TARGET_TRUSTED_FIELD_COLLISION', { tool, field: field.name }));
}

/** The schema of a remote tool cannot be extended from here: it must know the field, as an optional argument of the field's type. */
function checkRemote(tool: string, own: Types, fields: readonly DeclaredTrustedField[]): Diagnostic[] {
  return fields
    .filter((field) => own.get(field.name) !== field.type)
    .map(({ name, type }) => diagnostic('TARGET_TRUSTED_FIELD_NOT_IN_SCHEMA', { tool, field: name, type }));
}

/** What the tool reads as trusted must be injected, or every call would be denied. */
function checkWanted(tool: string, declared: DeclaredTool, fields: readonly DeclaredTrustedField[]): Diagnostic[] {
  const findings: Diagnostic[] = [];
  const wanted = declared.trustedSchema ?? {};
  const required = Array.isArray(wanted['required']) ? wanted['required'] : [];
  for (const [name, type] of publishedTypes(wanted)) {
    const field = fields.find((candidate) => candidate.name === name);
    if (field === undefined) {
      if (required.includes(name)) findings.push(diagnostic('TARGET_TRUSTED_FIELD_MISSING', { tool, field: name }));
      continue;
    }
    const fits = type === field.type || (type === 'number' && field.type === 'integer');
    if (!fits)
      findings.push(diagnostic('TARGET_TRUSTED_FIELD_TYPE', { tool, field: name, given: field.type, wanted: type }));
  }
  return findings;
}

/** A strict input schema would refuse a field that the interceptor adds and the tool does not declare. */
function checkClosed(tool: string, declared: DeclaredTool, fields: readonly DeclaredTrustedField[]): Diagnostic[] {
  if (declared.inputSchema['additionalProperties'] !== false) return [];
  const wanted = publishedTypes(declared.trustedSchema ?? {});
  const own = publishedTypes(declared.inputSchema);
  return fields
    .filter(({ name }) => !wanted.has(name) && !own.has(name))
    .map(({ name, source }) =>
      source.kind === 'proof'
        ? diagnostic('TARGET_PROOF_REFUSED', { tool, field: name })
        : diagnostic('TARGET_TRUSTED_FIELD_REFUSED', { tool, field: name }),
    );
}

/** Type by top-level property. */
type Types = ReadonlyMap<string, string>;

function publishedTypes(schema: JsonObject): Types {
  const { properties } = publishSchema({ type: 'object', ...schema }).schema;
  const types = new Map<string, string>();
  for (const [name, member] of Object.entries(isJsonObject(properties) ? properties : {})) {
    const type = isJsonObject(member) ? member['type'] : undefined;
    if (typeof type === 'string') types.set(name, type);
  }
  return types;
}
