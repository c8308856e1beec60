import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';

/** Operations under the names that the app gives them in place of their ids. */
export function renameOperations<T extends { readonly name: string }>(
  file: string,
  operations: readonly T[],
  names: { readonly [operation: string]: string } = {},
): { readonly renamed: readonly T[]; readonly findings: readonly Diagnostic[] } {
  const known = operations.map(({ name }) => name);
  const renamed = operations.map((operation) => {
    const name = Object.hasOwn(names, operation.name) ? names[operation.name] : undefined;
    return name === undefined ? operation : { ...operation, name };
  });
  const findings = Object.keys(names)
    .filter((name) => !known.includes(name))
    .map((value) =>
      diagnostic('TARGET_OPERATION_FILTER', { file, what: 'operation', value, suggestion: suggest(value, known) }),
    );
  return { renamed, findings };
}
