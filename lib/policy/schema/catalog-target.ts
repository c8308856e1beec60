import type { InputOptions } from '../../contract/arguments/cedar-input';
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
  /** Bare names of the tools that are denied to everybody, and whose schemas nothing looks at. @default - none */
  readonly excludedTools?: readonly string[];
}

/** Platform behaviours that are unproven; the defaults follow docs/platform-assumptions.md. */
export interface PlatformSwitches extends InputOptions {
  /** Whether a string enum is a String or an enum entity. @default 'string' */
  readonly enums?: 'string' | 'entity';
}
