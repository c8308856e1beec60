import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { pointedTo } from '../../../contract/json-pointer';

/** References to references that are followed, beyond which they go round in a circle. */
const STEPS_MAX = 32;

/** The references of a document: every reader and writer follows them here. */
export class References {
  /** References in what a reference names, so that a large document is walked once. */
  private readonly direct = new Map<string, readonly string[]>();

  constructor(readonly document: JsonObject) {}

  /** What a value refers to: itself when it is no reference, an empty object when there is nothing that is one. */
  follow(value: JsonValue | undefined): JsonObject {
    return this.steps(value).found;
  }

  /** The reference at which following a value ends in nothing. */
  unresolved(value: JsonValue | undefined): string | undefined {
    return this.steps(value).lost;
  }

  private steps(value: JsonValue | undefined): { readonly found: JsonObject; readonly lost?: string | undefined } {
    let current = value;
    let last: string | undefined;
    for (let steps = 0; steps < STEPS_MAX; steps++) {
      if (!isJsonObject(current)) return { found: {}, lost: last };
      const reference = current['$ref'];
      if (typeof reference !== 'string') return { found: current };
      last = reference;
      // OpenAPI 3.1 lets a summary or description stand beside a reference, and take precedence.
      const { $ref: _, ...beside } = current;
      const target = pointedTo(this.document, reference);
      current = isJsonObject(target) ? { ...target, ...beside } : undefined;
    }
    return { found: {}, lost: last };
  }

  /** The references below a value, and below what they refer to. */
  below(value: JsonValue): Set<string> {
    const found = new Set<string>();
    const waiting = referencesIn(value);
    for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
      if (found.has(reference)) continue;
      found.add(reference);
      waiting.push(...this.directly(reference));
    }
    return found;
  }

  private directly(reference: string): readonly string[] {
    const known = this.direct.get(reference);
    if (known) return known;
    const found = referencesIn(pointedTo(this.document, reference));
    this.direct.set(reference, found);
    return found;
  }
}

/** Whether a reference stays in its document. */
export function isLocal(reference: string): boolean {
  return reference.startsWith('#');
}

function referencesIn(value: JsonValue | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isJsonObject(value)) return [];
  const { $ref: reference } = value;
  const below = Object.entries(value).flatMap(([name, member]) => (DATA.has(name) ? [] : referencesIn(member)));
  return typeof reference === 'string' ? [reference, ...below] : below;
}

/** Members that hold data of the API, in which `$ref` is a word like any other. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const']);
