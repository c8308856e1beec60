import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { listOf, objectOf, textOf } from '../source/members';
import type { SelectableOperation } from '../source/operation-filter';
import { nameOperations } from './operation-names';
import type { References } from './references';

/** Methods of a path item. `trace` is none that the gateway knows: developer guide, page gateway-schema-openapi (HTTP methods). */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** An operation of a document before its arguments are read. */
export interface OperationOutline extends SelectableOperation {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  /** Path item and operation, references to them followed. */
  readonly pathItem: JsonObject;
  readonly operation: JsonObject;
}

/** A reference in place of a path or an operation that leads to nothing in the document. */
export interface UnresolvedOperation {
  /** For example `/pets` or `GET /pets`. */
  readonly place: string;
  readonly reference: string;
}

export interface Outlines {
  readonly operations: readonly OperationOutline[];
  readonly unresolved: readonly UnresolvedOperation[];
}

/** The operations of an OpenAPI 3 document in its own order. Those without an id get one that depends on nothing but method and path. */
export function outlinesOf(references: References): Outlines {
  const found: Omit<OperationOutline, 'name'>[] = [];
  const unresolved: UnresolvedOperation[] = [];
  const follow = (source: JsonValue, place: string): JsonObject => {
    const reference = references.unresolved(source);
    if (reference !== undefined) unresolved.push({ place, reference });
    return references.follow(source);
  };
  for (const [path, source] of Object.entries(objectOf(references.document['paths']))) {
    const pathItem = follow(source, path);
    for (const name of METHODS) {
      const member = pathItem[name];
      if (!isJsonObject(member)) continue;
      const method = name.toUpperCase();
      const operation = follow(member, `${method} ${path}`);
      const tags = listOf(operation['tags']).filter((tag) => typeof tag === 'string');
      found.push({ method, path, operationId: textOf(operation['operationId']), tags, pathItem, operation });
    }
  }
  return { operations: nameOperations(found), unresolved };
}
