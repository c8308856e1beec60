import { isJsonObject, type JsonValue } from '../json';
import { orderedClasses } from './names';

/**
 * Whose word the annotations of a tool are.
 * - `own`: the team's. What has no annotations has no classes.
 * - `trusted`: somebody else's, which the team trusts. Hints that are absent are as the MCP specification says.
 * - `foreign`: somebody else's, who may say that a tool is a risk, and not that it is none.
 */
export type AnnotationTrust = 'own' | 'trusted' | 'foreign';

/**
 * The classes that the annotations of an MCP tool say.
 *
 * Source: MCP specification 2025-06-18, schema, ToolAnnotations: `readOnlyHint` is false when absent, `destructiveHint` true and
 * `openWorldHint` true; `destructiveHint` means nothing for a tool that only reads. `idempotentHint` says what a second call does,
 * which makes no class.
 */
export function classesOfAnnotations(annotations: JsonValue | undefined, trust: AnnotationTrust): string[] {
  if (annotations === undefined && trust === 'own') return [];
  // What makes a tool look harmless is worth nothing from somebody whom nobody trusts, so that the defaults stand, which are the worst.
  const said = isJsonObject(annotations) && trust !== 'foreign' ? annotations : {};
  const isReadOnly = said['readOnlyHint'] === true;
  return orderedClasses([
    isReadOnly ? 'read' : 'write',
    ...(!isReadOnly && said['destructiveHint'] !== false ? ['destructive'] : []),
    ...(said['openWorldHint'] === false ? [] : ['open-world']),
  ]);
}

/** The risks that annotations claim by themselves, whatever anybody else says of the tool. */
export function claimedRisks(annotations: JsonValue | undefined): string[] {
  if (!isJsonObject(annotations)) return [];
  const { readOnlyHint, destructiveHint, openWorldHint } = annotations;
  const isReadOnly = readOnlyHint === true;
  return orderedClasses([
    ...(readOnlyHint === false ? ['write'] : []),
    ...(destructiveHint === true && !isReadOnly ? ['destructive'] : []),
    ...(openWorldHint === true ? ['open-world'] : []),
  ]);
}
