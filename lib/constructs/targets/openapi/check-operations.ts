import type { JsonValue } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { listOf, objectOf } from '../source/members';
import type { Withheld } from '../source/withheld-parameters';
import type { UnresolvedOperation } from './outline';
import type { OpenApiOperation } from './read-operation';
import { isLocal } from './references';

/** Which operations become tools, and what is to be said of all of them. */
export interface CheckedOperations {
  readonly supported: readonly OpenApiOperation[];
  readonly findings: readonly Diagnostic[];
}

/**
 * What the gateway cannot call is left out, each operation for itself.
 *
 * @param servers of the document; an operation with servers of its own is called elsewhere
 */
export function checkOperations(
  operations: readonly OpenApiOperation[],
  servers: readonly JsonValue[] | undefined,
): CheckedOperations {
  const supported: OpenApiOperation[] = [];
  const leftOut: Diagnostic[] = [];
  for (const operation of operations) {
    const reasons = [...operation.unsupported, ...ownServer(operation, servers)];
    if (reasons.length === 0) supported.push(operation);
    else leftOut.push(diagnostic('TARGET_OPERATION_LEFT_OUT', { operation: placeOf(operation), reasons }));
  }
  return { supported, findings: [...leftOut, ...checkWithheld(supported)] };
}

/** Wrong references stop synth, unless their operations are not wanted: what they mean, only their author knows. */
export function checkReferences(
  file: string,
  unresolved: readonly UnresolvedOperation[],
  operations: readonly OpenApiOperation[],
): Diagnostic[] {
  const found = [
    ...unresolved,
    ...operations.flatMap((one) => one.unresolved.map((reference) => ({ place: placeOf(one), reference }))),
  ];
  const others = found.filter(({ reference }) => !isLocal(reference));
  const files = [...new Set(others.map(({ reference }) => reference.split('#', 1).join('')))];
  const broken = found
    .filter(({ reference }) => isLocal(reference))
    .map(({ place, reference }) => diagnostic('TARGET_OPENAPI_REFERENCE', { file, operation: place, reference }));
  return files.length > 0 ? [diagnostic('TARGET_OPENAPI_OTHER_FILES', { file, files }), ...broken] : broken;
}

function placeOf({ outline }: OpenApiOperation): string {
  return `${outline.method} ${outline.path}`;
}

function ownServer({ outline }: OpenApiOperation, servers: readonly JsonValue[] | undefined): string[] {
  const own = [...listOf(outline.operation['servers']), ...listOf(outline.pathItem['servers'])];
  if (own.length === 0) return [];
  const [url, common] = [objectOf(own[0])['url'], objectOf(servers?.[0])['url']];
  return url === common ? [] : ['it has a server of its own'];
}

/** One finding for each parameter that many operations may have. */
function checkWithheld(operations: readonly OpenApiOperation[]): Diagnostic[] {
  const found = new Map<string, { readonly why: Withheld; readonly operations: string[] }>();
  for (const operation of operations) {
    for (const { name, why } of operation.withheld) {
      if (why === 'ignored') continue;
      const known = found.get(name) ?? { why, operations: [] };
      known.operations.push(operation.name);
      found.set(name, known);
    }
  }
  return [...found].map(([parameter, { why, operations: of }]) =>
    diagnostic('TARGET_PARAMETER_WITHHELD', { parameter, isCredential: why === 'credential', operations: of }),
  );
}
