import { isJsonObject } from '../../../lib/contract/json';

/** Headers of the client's message. Their case is not guaranteed, and a map can hold one name in two cases. */
export class RequestHeaders {
  private readonly byName = new Map<string, Set<string>>();

  constructor(headers: unknown) {
    if (!isJsonObject(headers)) return;
    for (const [name, value] of Object.entries(headers)) {
      const key = name.trim().toLowerCase();
      const values = this.byName.get(key) ?? new Set<string>();
      for (const text of Array.isArray(value) ? value : [value]) {
        // What is no text stays unequal to anything that a reader expects.
        values.add(typeof text === 'string' ? text.trim() : '\0');
      }
      this.byName.set(key, values);
    }
  }

  /** Whether the gateway handed over any headers: it does so only with `passRequestHeaders`. */
  get present(): boolean {
    return this.byName.size > 0;
  }

  /** The header's value, or undefined when it is missing or contradicts itself. */
  get(name: string): string | undefined {
    const values = this.values(name);
    return values.length === 1 ? values[0] : undefined;
  }

  /** All different values of a header. */
  values(name: string): readonly string[] {
    return [...(this.byName.get(name.toLowerCase()) ?? [])];
  }
}
