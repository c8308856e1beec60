import type { JsonValue } from '../../contract/json';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { CatalogTarget } from '../../policy/schema/catalog-target';
import type { Code } from '../project/code';

/** Properties of a resource that the construct has no word for, by their path in the template. */
export type Overrides = { readonly [path: string]: JsonValue };

/** A constant of the stack's constructor, before the gateway. */
export interface Constant {
  readonly name: string;
  readonly value: Code;
}

/** A target as the construct says it. */
export interface ExpressedTarget {
  readonly name: string;
  readonly constants: readonly Constant[];
  /** Code that makes its `Tools`. */
  readonly tools: Code;
  readonly overrides: Overrides;
  /** By their paths in the app. */
  readonly files: ReadonlyMap<string, string>;
  /** Its tools as policies are checked against them. */
  readonly catalog: CatalogTarget;
  readonly notes: readonly Diagnostic[];
}

/** A target that stays on the gateway, and out of the stack. */
export interface OutsideTarget {
  readonly name: string;
  readonly outside: Diagnostic;
}
