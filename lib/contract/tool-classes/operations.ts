import type { JsonObject, JsonValue } from '../json';
import { classOfAction, orderedClasses } from './names';
import { overruledClasses } from './overruled';

/** Extension of an OpenAPI operation, or of its path, that says its classes: a name or a list of names. */
const CLASSES_EXTENSION = 'x-tool-classes';

/** What an operation of an HTTP API says of itself. */
export interface ClassifiedOperation {
  /** Undefined where nobody knows it; then only tags say something. */
  readonly method?: string | undefined;
  /** Those such as `class:pii` make classes. */
  readonly tags?: readonly string[] | undefined;
}

/** The classes of an operation of OpenAPI by its method and tags. Its extension `x-tool-classes`, else that of its path, overrules both. */
export function classesOfOpenApi(outline: ClassifiedOperation, operation: JsonObject, pathItem: JsonObject): string[] {
  const extension = operation[CLASSES_EXTENSION] ?? pathItem[CLASSES_EXTENSION];
  return overruledClasses(classesOfOperation(outline), namesIn(extension));
}

/** The classes of an operation of which nothing is known but method and tags. */
export function classesOfOperation({ method, tags = [] }: ClassifiedOperation): string[] {
  return overruledClasses(method === undefined ? [] : classesOfMethod(method), taggedClasses(tags));
}

/**
 * The classes of an operation of Smithy by its traits and method, of which the greater risk stands, and by its tags.
 *
 * Source: Smithy specification 2.0, behavior traits: an operation with `@readonly` has no side effects.
 */
export function classesOfSmithy(traits: JsonObject, { method, tags = [] }: ClassifiedOperation): string[] {
  const isReadOnly = traits['smithy.api#readonly'] !== undefined;
  const said = [
    ...(isReadOnly ? ['read'] : []),
    ...(traits['smithy.api#idempotent'] !== undefined ? ['write'] : []),
    // A query with a long input is a POST, which is no word against `@readonly`.
    ...(method === undefined || (isReadOnly && method.toUpperCase() === 'POST') ? [] : classesOfMethod(method)),
  ];
  return overruledClasses(orderedClasses(said), taggedClasses(tags));
}

/** Source: RFC 9110, section 9.2.1: GET, HEAD, OPTIONS and TRACE are safe, which is to say that they only read. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

function classesOfMethod(method: string): string[] {
  const name = method.toUpperCase();
  if (SAFE_METHODS.has(name)) return ['read'];
  return name === 'DELETE' ? ['write', 'destructive'] : ['write'];
}

function taggedClasses(tags: readonly string[]): string[] | undefined {
  const tagged = tags.flatMap((tag) => classOfAction(tag) ?? []);
  return tagged.length > 0 ? tagged : undefined;
}

/** Names in a value; what is no name stays as it is written, so that it is found to be none. */
function namesIn(value: JsonValue | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value : [value]).map((name) =>
    typeof name === 'string' ? name : JSON.stringify(name),
  );
}
