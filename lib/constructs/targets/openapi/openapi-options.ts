import type { OperationSelectionOptions } from '../source/operation-filter';
import type { HttpToolsOptions } from '../source/target-options';

/** Tools of an HTTP API that an OpenAPI document describes. */
export interface OpenApiToolsOptions extends HttpToolsOptions, OperationSelectionOptions {
  /**
   * Base URL of the API: HTTPS, reachable from the internet.
   *
   * @default - the document's first server; its variables are pinned to their defaults
   */
  readonly server?: string;

  /**
   * Names of tools by the ids of their operations, or by the names that operations without an id get. Filters keep to those; `tools`, policies
   * and agents see the new names.
   *
   * @default - a tool is named as its operation
   */
  readonly toolNames?: { readonly [operation: string]: string };
}
