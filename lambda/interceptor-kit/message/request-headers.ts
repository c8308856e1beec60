import { isJsonObject } from '../../../lib/contract/json';

/** Headers of the client's message. Their case is not guaranteed, and a map can hold one name in two cases. */
export class RequestHeaders {
  /** All different values by the name in lower case. */
  private readonly byName = new Map<string, string[]>();

  constructor(headers: unknown) {
    if (!isJsonObject(headers)) return;
    for (const [name, value] of Object.entries(headers)) {
      const key = name.trim().toLowerCase();
      const values = this.byName.get(key) ?? [];
      for (const text of Array.isArray(value) ? value : [value]) {
        // What is no text stays unequal to anything that a reader expects.
        const shown = typeof text === 'string' ? text.trim() : '\0';
        if (!values.includes(shown)) values.push(shown);
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
    const values = this.byName.get(name.toLowerCase());
    return values?.length === 1 ? values[0] : undefined;
  }

  /** All different values of a header. */
  values(name: string): readonly string[] {
    return [...(this.byName.get(name.toLowerCase()) ?? [])];
  }
}
