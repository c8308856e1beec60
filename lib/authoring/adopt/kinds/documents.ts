import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApiTools, smithyTools } from '../../../constructs/targets/read-tools';
import type { DeclaredTool } from '../../../contract/published-schema';
import { type Diagnostic, diagnostic, hasErrors } from '../../../diagnostics/diagnostic';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { literal } from '../../project/code';
import { Outside } from '../outside';
import { type KindInput, MCP, type SaidKind } from './kind';

/** Tools of an HTTP API, by its OpenAPI document. */
export async function openApiTarget(input: KindInput): Promise<SaidKind> {
  const text = documentOf(input, 'openApiSchema');
  const file = `apis/${input.name}${endingOf(text)}`;
  const tools = readTools(text, (path) => openApiTools(path, input.credentialType));
  return said(input, 'Tools.fromOpenApi', file, text, { kind: 'openapi', tools });
}

/** Tools of a service, by its Smithy model. */
export async function smithyTarget(input: KindInput): Promise<SaidKind> {
  const text = documentOf(input, 'smithyModel');
  const tools = readTools(text, (path) => smithyTools(path, input.credentialType));
  return said(input, 'Tools.fromSmithy', `models/${input.name}.json`, text, { kind: 'smithy', tools });
}

function said(
  { name }: KindInput,
  factory: string,
  file: string,
  text: string,
  catalog: SaidKind['catalog'],
): SaidKind {
  const what = 'its document is uploaded as an asset of the app, with the operations that become tools';
  return {
    constants: [],
    factory,
    args: [literal(file)],
    options: {},
    files: new Map([[file, text]]),
    catalog,
    notes: [diagnostic('ADOPT_CHANGED', { target: name, what })],
  };
}

/** The document of the target itself, or the one that a user names for it. */
function documentOf({ name, members, sources }: KindInput, member: string): string {
  const inline = members.take(...MCP, member, 'inlinePayload');
  const uri = members.text(...MCP, member, 's3', 'uri');
  members.take(...MCP, member, 's3');
  if (typeof inline === 'string') return inline;
  const named = sources.documents.get(name);
  if (named !== undefined) return named.text;
  const way = `download it, and run \`adopt\` again with \`--document ${name}=FILE\``;
  throw new Outside(`its document lies in \`${uri ?? 'S3'}\`, which the control plane does not show`, way);
}

/** Reads a document as the construct will. @throws Outside for what synth would refuse */
export function readTools(
  text: string,
  read: (path: string) => { readonly tools: readonly DeclaredTool[]; readonly findings?: readonly Diagnostic[] },
): readonly DeclaredTool[] {
  const folder = mkdtempSync(join(tmpdir(), 'governed-gateway-adopt-'));
  try {
    const path = join(folder, `document${endingOf(text)}`);
    writeFileSync(path, text);
    const { tools, findings = [] } = read(path);
    if (!hasErrors(findings)) return tools;
    throw new GovernanceError(findings);
  } catch (error) {
    if (!GovernanceError.is(error)) throw error;
    const [first] = error.diagnostics.filter(({ severity }) => severity === 'error' || severity === 'stop');
    throw new Outside(
      `synth would refuse its document: ${first?.message ?? error.message}`,
      first?.help ?? 'mend the document',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function endingOf(text: string): string {
  return text.trimStart().startsWith('{') ? '.json' : '.yaml';
}
