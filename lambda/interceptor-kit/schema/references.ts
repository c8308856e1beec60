import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { pointerPart } from './check';

/** Base of a schema that names none. */
const ROOT = 'schema:/';

/** Every schema of a document by its address, so that references need no network. */
export class References {
  private readonly byAddress = new Map<string, JsonValue>();
  private embedded = 0;
  private readonly bases = new Map<JsonObject, string>();

  constructor(root: JsonValue) {
    this.note(root, ROOT, '');
    // The root answers to `#` whatever it calls itself.
    if (!this.byAddress.has(ROOT)) this.byAddress.set(ROOT, root);
  }

  /** The schema that a reference means. Throws when the document has none. */
  resolve(reference: JsonValue, from: JsonObject): JsonValue {
    if (typeof reference !== 'string') throw new TypeError('a reference is no text');
    const address = new URL(reference, this.bases.get(from) ?? ROOT).href.replace(/#$/, '');
    const found = this.byAddress.get(address) ?? this.byAddress.get(decodeURIComponent(address));
    if (found === undefined) throw new Error('a reference leads nowhere');
    return found;
  }

  /** What `$dynamicRef` and `$recursiveRef` mean in a document of one schema. Throws where that depends on how a place was reached. */
  resolveDynamic(reference: JsonValue, from: JsonObject): JsonValue {
    if (this.embedded > 0) throw new Error('a dynamic reference among several schemas');
    return this.resolve(reference, from);
  }

  private note(value: JsonValue, base: string, pointer: string): void {
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'boolean') this.byAddress.set(`${base}#${pointer}`, value);
      return;
    }
    let [own, path] = [base, pointer];
    if (isJsonObject(value)) {
      const id = value['$id'] ?? value['id'];
      if (typeof id === 'string') {
        if (pointer !== '') this.embedded++;
        this.byAddress.set(`${base}#${pointer}`, value);
        [own, path] = [new URL(id, base).href.replace(/#$/, ''), ''];
      }
      this.bases.set(value, own);
      for (const anchor of [value['$anchor'], value['$dynamicAnchor']]) {
        if (typeof anchor === 'string') this.byAddress.set(`${own}#${anchor}`, value);
      }
    }
    this.byAddress.set(path === '' ? own : `${own}#${path}`, value);
    for (const [name, member] of Object.entries(value)) {
      this.note(member as JsonValue, own, `${path}/${pointerPart(name)}`);
    }
  }
}
