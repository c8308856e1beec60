import type { OperationSelectionOptions } from '../source/operation-filter';
import type { HttpToolsOptions } from '../source/target-options';

/** Tools of a service that a Smithy model describes. Paths of operations are those of their `http` traits. */
export interface SmithyToolsOptions extends HttpToolsOptions, OperationSelectionOptions {}
