import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../contract/json';
import type { KeptTypes } from '../../contract/manifest';
import { cedarVersions } from '../cedar/cedar';

/** A tool as the generator is asked about it. */
export interface AskedTool {
  readonly action: string;
  readonly classes: readonly string[];
  /** As it was declared. */
  readonly declared: JsonValue | undefined;
  /** As the generator takes it. */
  readonly schema: JsonObject;
}

/** Answers that manifests hold. */
const REMEMBERED = 16;
const remembered = new Set<KeptTypes>();

/** The generator's answer about tools, for a manifest to hold. */
export function keptTypes(tools: readonly AskedTool[], answer: string): KeptTypes {
  return { answer, digest: digestOf(tools, answer) };
}

/** Has the answer of a manifest serve where the same tools are asked about. Loading the generator and asking it takes longer than deciding a call. */
export function rememberTypes(kept: KeptTypes): void {
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.add(kept);
}

/** The remembered answer about these very tools; undefined where there is none, or what there is was changed. */
export function rememberedAnswer(tools: readonly AskedTool[]): string | undefined {
  return [...remembered].find(({ answer, digest }) => digest === digestOf(tools, answer))?.answer;
}

/** Over all that the answer depends on, and that Cedar takes it depends on, and the answer itself. */
function digestOf(tools: readonly AskedTool[], answer: string): string {
  const asked = tools.map(({ action, classes, declared, schema }) => [action, classes, declared, schema]);
  return createHash('sha256')
    .update(JSON.stringify([cedarVersions(), asked, answer]))
    .digest('hex');
}
