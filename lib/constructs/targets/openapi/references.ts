import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';

/** A reference that leads out of the document, or nowhere in it. */
export interface BrokenReference {
  readonly reference: string;
}

/** Parts of one tool's schema beyond which references are cut, so that a small document cannot unfold into a huge one. */
const SIZE_MAX = 20_000;

/** Writes local references of an OpenAPI document out, because a tool's schema stands alone. */
export class References {
  readonly broken: BrokenReference[] = [];
  private size = 0;

  constructor(private readonly document: JsonObject) {}

  /** A copy without references. A type that contains itself is cut to an object without known members. */
  writeOut(value: JsonValue | undefined): JsonValue | undefined {
    this.size = 0;
    return this.copy(value, []);
  }

  /** What a value refers to, one level deep: itself when it is no reference. */
  follow(value: JsonValue | undefined): JsonObject {
    let current = value;
    for (let steps = 0; steps < 32; steps++) {
      if (!isJsonObject(current)) return {};
      const reference = current['$ref'];
      if (typeof reference !== 'string') return current;
      current = this.target(reference);
    }
    return {};
  }

  private copy(value: JsonValue | undefined, trail: readonly string[]): JsonValue | undefined {
    this.size += 1;
    if (Array.isArray(value)) return value.map((item) => this.copy(item, trail) ?? null);
    if (!isJsonObject(value)) return value;
    const reference = value['$ref'];
    if (typeof reference !== 'string') return this.copyMembers(value, trail);
    if (trail.includes(reference) || this.size > SIZE_MAX) return { type: 'object' };
    const { $ref: _, ...beside } = value;
    const target = this.copy(this.target(reference), [...trail, reference]);
    return isJsonObject(target) ? { ...target, ...beside } : target;
  }

  private copyMembers(value: JsonObject, trail: readonly string[]): JsonObject {
    const members = Object.entries(value).map(([name, member]) => [name, this.copy(member, trail) ?? null] as const);
    return Object.fromEntries(members);
  }

  private target(reference: string): JsonValue | undefined {
    let place: JsonValue | undefined = reference.startsWith('#/') ? this.document : undefined;
    for (const step of reference.slice(2).split('/')) {
      const key = decodeURIComponent(step).replace(/~1/g, '/').replace(/~0/g, '~');
      place = isJsonObject(place) && Object.hasOwn(place, key) ? place[key] : undefined;
    }
    if (place === undefined) this.broken.push({ reference });
    return place;
  }
}
