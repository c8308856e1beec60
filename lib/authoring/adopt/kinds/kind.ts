import type { Diagnostic } from '../../../diagnostics/diagnostic';
import type { CatalogTarget } from '../../../policy/schema/catalog-target';
import type { Code } from '../../project/code';
import type { Constant } from '../expressed';
import type { Members } from '../members';
import type { TargetSources } from '../target-source';

/** A target of which its kind is to be said. */
export interface KindInput {
  readonly name: string;
  /** Begins the names of constants, and with a capital the ids of constructs. */
  readonly word: string;
  readonly id: string;
  readonly members: Members;
  /** What the target signs in with, as the API spells it; undefined where nothing is said. */
  readonly credentialType: string | undefined;
  readonly sources: TargetSources;
}

/** Code that makes the tools of a target, without the options that a target of any kind has. */
export interface SaidKind {
  readonly constants: readonly Constant[];
  readonly factory: string;
  /** Before the options. */
  readonly args: readonly Code[];
  readonly options: { readonly [name: string]: Code | undefined };
  readonly files: ReadonlyMap<string, string>;
  readonly catalog: Omit<CatalogTarget, 'name'>;
  readonly notes: readonly Diagnostic[];
}

/** Where the members of a kind stand. */
export const MCP = ['targetConfiguration', 'mcp'] as const;
