import type { PinnedTool } from '../tools/pinned-tools';

/** What the control plane does not hold of targets, and where it is found. */
export interface TargetSources {
  /** Documents that a user names, by target: an OpenAPI document, a Smithy model, or a list of tools. */
  readonly documents: ReadonlyMap<string, NamedDocument>;
  /** Asks the MCP server of a target for its tools. What it throws is why they are not known. */
  readonly ask: (target: string, url: string) => Promise<readonly PinnedTool[]>;
}

export interface NamedDocument {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
}
