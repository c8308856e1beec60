import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';

/** Operations of an HTTP API, by what they have in common. An operation is meant when it has all that is given. */
export interface OperationFilter {
  /**
   * Ids of operations, or the names that operations without an id get.
   *
   * @default - any
   */
  readonly operationIds?: string[];

  /**
   * Paths, such as `/pets/{petId}`, or all below one, such as `/pets/*`.
   *
   * @default - any
   */
  readonly paths?: string[];

  /**
   * HTTP methods in capitals.
   *
   * @default - any
   */
  readonly methods?: string[];

  /**
   * Tags of which the operation has at least one.
   *
   * @default - any
   */
  readonly tags?: string[];
}

/** Which operations of a document become tools. */
export interface OperationSelectionOptions {
  /**
   * Operations that become tools.
   *
   * @default - all that the gateway can call
   */
  readonly include?: OperationFilter[];

  /**
   * Operations that do not, even though `include` selects them.
   *
   * @default - none
   */
  readonly exclude?: OperationFilter[];
}

/** What filters see of an operation. */
export interface SelectableOperation {
  /** Name of the tool. */
  readonly name: string;
  readonly operationId: string | undefined;
  readonly tags: readonly string[];
  readonly method?: string | undefined;
  readonly path?: string | undefined;
}

/** The selected operations in their own order, and the filters that mean none. */
export function selectOperations<T extends SelectableOperation>(
  file: string,
  operations: readonly T[],
  options: OperationSelectionOptions,
): { readonly selected: readonly T[]; readonly findings: readonly Diagnostic[] } {
  const { include, exclude = [] } = options;
  const isMeant = (filters: readonly OperationFilter[]) => (operation: T) =>
    filters.some((filter) => passes(operation, filter));
  const included = include === undefined ? operations : operations.filter(isMeant(include));
  const isExcluded = isMeant(exclude);
  return {
    selected: included.filter((operation) => !isExcluded(operation)),
    findings: [...(include ?? []), ...exclude].flatMap((filter) => checkFilter(file, operations, filter)),
  };
}

/** Everything that a filter says must be true of some operation, or it is mistyped. */
function checkFilter(file: string, operations: readonly SelectableOperation[], filter: OperationFilter): Diagnostic[] {
  const { operationIds, paths, methods, tags } = filter;
  const known = (values: (operation: SelectableOperation) => readonly (string | undefined)[]): string[] => [
    ...new Set(operations.flatMap(values).filter((value) => value !== undefined)),
  ];
  const missing = (what: string, wanted: readonly string[] | undefined, one: keyof OperationFilter, all: string[]) =>
    (wanted ?? [])
      .filter((value) => !operations.some((operation) => passes(operation, { [one]: [value] })))
      .map((value) => diagnostic('TARGET_OPERATION_FILTER', { file, what, value, suggestion: suggest(value, all) }));
  const findings = [
    ...missing(
      'operation',
      operationIds,
      'operationIds',
      known(({ name }) => [name]),
    ),
    ...missing(
      'path',
      paths,
      'paths',
      known(({ path }) => [path]),
    ),
    ...missing(
      'method',
      methods,
      'methods',
      known(({ method }) => [method]),
    ),
    ...missing(
      'tag',
      tags,
      'tags',
      known((operation) => operation.tags),
    ),
  ];
  if (findings.length > 0 || operations.some((operation) => passes(operation, filter))) return findings;
  return [diagnostic('TARGET_OPERATION_FILTER_EMPTY', { file, filter: JSON.stringify(filter) })];
}

function passes(operation: SelectableOperation, filter: OperationFilter): boolean {
  const { operationIds, paths, methods, tags } = filter;
  return (
    (operationIds === undefined || operationIds.includes(operation.name)) &&
    (paths === undefined || paths.some((path) => isBelow(operation.path, path))) &&
    (methods === undefined || (operation.method !== undefined && methods.includes(operation.method))) &&
    (tags === undefined || tags.some((tag) => operation.tags.includes(tag)))
  );
}

/** `/pets/*` is every path that begins with `/pets/`. */
function isBelow(path: string | undefined, pattern: string): boolean {
  return pattern.endsWith('*') ? path?.startsWith(pattern.slice(0, -1)) === true : path === pattern;
}
