import type { InputOptions } from '../../contract/arguments/cedar-input';
import type { JsonObject } from '../../contract/json';
import type { TargetManifest } from '../../contract/manifest';
import type { CatalogTool } from '../../contract/mcp';

/** A gateway target and its tools, as the catalog takes them. */
export interface CatalogTarget {
  readonly name: string;
  /**
   * What serves the tools, which decides how much of their schemas reaches the service.
   * @default - unknown, so that checks assume the worst
   */
  readonly kind?: TargetManifest['kind'];
  /** Bare names; input schemas with trusted fields. */
  readonly tools: readonly CatalogTool[];
  /**
   * Schemas of arguments by the tool's bare name as the source declares them, where the published schema says less. @default - none
   */
  readonly declaredInputs?: { readonly [tool: string]: JsonObject };
  /** Bare names of the tools that are denied to everybody, and whose schemas nothing looks at. @default - none */
  readonly excludedTools?: readonly string[];
}

/** Platform behaviours that are unproven; the defaults follow docs/platform-assumptions.md. */
export interface PlatformSwitches extends InputOptions {
  /** Whether a string enum is a String or an enum entity. @default 'string' */
  readonly enums?: 'string' | 'entity';
}

/** The schema of a tool's arguments with everything that its source says. */
export function declaredInput(targets: readonly CatalogTarget[], target: string, tool: string): JsonObject | undefined {
  const found = targets.find(({ name }) => name === target);
  const declared = found?.declaredInputs;
  if (declared !== undefined && Object.hasOwn(declared, tool)) return declared[tool];
  return found?.tools.find(({ name }) => name === tool)?.inputSchema;
}
