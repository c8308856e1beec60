import type { JsonValue } from '../json';
import { type AnnotationTrust, claimedRisks, classesOfAnnotations } from './annotations';
import { overruledClasses } from './overruled';

/** Facts about a tool from which its classes follow. */
export interface ClassifiedTool {
  /** Annotations of the MCP tool. @default - none */
  readonly annotations?: JsonValue;
  /** What the tool's definition says beside them: its method, its traits, `defineTool({ classes })`. @default - nothing */
  readonly classes?: readonly string[];
}

/**
 * The classes of a tool. Each says more than the one before: annotations, the definition, what the team says of the target.
 * @param said the team's word, see `overruledClasses`
 */
export function classesOfTool(tool: ClassifiedTool, trust: AnnotationTrust, said?: readonly string[]): string[] {
  const { annotations, classes } = tool;
  return overruledClasses(overruledClasses(classesOfAnnotations(annotations, trust), classes), said);
}

/** Risks that the author of a tool claims, and that its classes do not hold. */
export function deniedRisks({ annotations }: ClassifiedTool, classes: readonly string[]): string[] {
  return claimedRisks(annotations).filter((risk) => !classes.includes(risk));
}

/**
 * What a team says of a tool, where it says it by name or by patterns such as `get_*`: the name, else the first pattern that fits.
 * Undefined where it says nothing.
 */
export function saidOfTool(
  said: { readonly [nameOrPattern: string]: readonly string[] },
  tool: string,
): readonly string[] | undefined {
  if (Object.hasOwn(said, tool)) return said[tool];
  const pattern = Object.keys(said).find((one) => one.includes('*') && fits(one, tool));
  return pattern === undefined ? undefined : said[pattern];
}

/** Whether a name is one that a pattern stands for, in which `*` is any text. */
export function fits(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^A-Za-z0-9_]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
