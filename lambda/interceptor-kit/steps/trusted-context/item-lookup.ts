import type { JsonObject } from '../../../../lib/contract/json';
import type { DeclaredTrustedField, LookupSource } from '../../../../lib/contract/trusted-context';
import { type ItemQuery, readItem } from '../../sdk/dynamodb-item';

/** Where items come from: DynamoDB, or a stand-in in tests. Resolves to undefined when there is no such item. */
export type ItemSource = (query: ItemQuery, signal: AbortSignal) => Promise<JsonObject | undefined>;

/** An item, or that there is none, as soon as that is known. */
type Item = JsonObject | undefined;

interface CachedItem {
  /** Milliseconds since 1970. */
  readonly readAt: number;
  item: Item | Promise<Item>;
}

/** Items that one instance remembers. The oldest goes first. */
const CACHE_SIZE = 1_000;

/**
 * Finds items for trusted fields. Fields that share a table and a key share one read. A missing item is remembered as long as a found one,
 * so that an unknown caller costs one read, too; a read that failed, or did not end in time, is not remembered.
 */
export class ItemLookup {
  private readonly cache = new Map<string, CachedItem>();
  private readonly tables = new Map<string, string>();

  constructor(
    private readonly fields: readonly DeclaredTrustedField[],
    private readonly source: ItemSource = readItem,
    private readonly environment: { readonly [name: string]: string | undefined } = process.env,
  ) {}

  /** The item itself where it is remembered; undefined when there is none. Rejects when it cannot be read. */
  find(
    source: LookupSource,
    key: string | number,
    now: Date,
    waiting: { readonly signal: AbortSignal },
  ): Item | Promise<Item> {
    const table = this.tableOf(source.tableVariable);
    if (table === '') return Promise.reject(new Error(`${source.tableVariable} is not set`));
    const { keyAttribute } = source;
    const cacheKey = JSON.stringify([table, keyAttribute, key]);
    const cached = this.cache.get(cacheKey);
    if (cached !== undefined && isFresh(cached, source, now)) return cached.item;
    const query: ItemQuery = { table, keyAttribute, key, attributes: this.attributesOf(table) };
    const { signal } = waiting;
    const asked = this.ask(query, signal);
    this.remember(cacheKey, { readAt: now.getTime(), item: asked }, asked, signal);
    return asked;
  }

  /** Remembered: the environment takes longer to ask than a cached item. */
  private tableOf(variable: string): string {
    const table = this.tables.get(variable) ?? this.environment[variable] ?? '';
    this.tables.set(variable, table);
    return table;
  }

  private async ask(query: ItemQuery, signal: AbortSignal): Promise<Item> {
    return this.source(query, signal);
  }

  private remember(cacheKey: string, entry: CachedItem, asked: Promise<Item>, signal: AbortSignal): void {
    this.cache.delete(cacheKey);
    this.cache.set(cacheKey, entry);
    const forget = (): void => {
      if (this.cache.get(cacheKey) === entry) this.cache.delete(cacheKey);
    };
    asked.then((item) => {
      entry.item = item;
    }, forget);
    signal.addEventListener('abort', forget, { once: true });
    for (const oldest of this.cache.keys()) {
      if (this.cache.size <= CACHE_SIZE) break;
      this.cache.delete(oldest);
    }
  }

  private attributesOf(table: string): string[] {
    const sources = this.fields.map((field) => field.source).filter((source) => source.kind === 'lookup');
    const same = sources.filter((source) => this.environment[source.tableVariable] === table);
    return [...new Set(same.map((source) => source.valueAttribute))].sort();
  }
}

/** Each field has its own time, also where another field of the same table had the item read. Fields of one message share one read. */
function isFresh({ readAt }: CachedItem, { cacheSeconds }: LookupSource, now: Date): boolean {
  const age = now.getTime() - readAt;
  return age === 0 || age < cacheSeconds * 1_000;
}
