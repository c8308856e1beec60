/** Distinct keys that a count keeps apart. Whatever comes beyond is counted together, so that memory stays flat. */
const KEYS = 10_000;

const OTHERS = '(others)';

/** Sums by key, in bounded memory. */
export class Counter<Kind extends string> {
  private readonly byKey = new Map<string, Map<Kind, number>>();

  add(key: string, kind: Kind, weight: number): void {
    const own = this.byKey.has(key) || this.byKey.size < KEYS ? key : OTHERS;
    const counts = this.byKey.get(own) ?? new Map<Kind, number>();
    counts.set(kind, (counts.get(kind) ?? 0) + weight);
    this.byKey.set(own, counts);
  }

  /** Rows with the most first. */
  rows(): readonly CountRow<Kind>[] {
    const rows = [...this.byKey].map(([key, counts]) => {
      const rounded = [...counts].map(([kind, sum]): [Kind, number] => [kind, Math.round(sum)]);
      const total = rounded.reduce((sum, [, count]) => sum + count, 0);
      return { key, counts: Object.fromEntries(rounded) as { readonly [kind in Kind]?: number }, total };
    });
    return rows.sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
  }
}

export interface CountRow<Kind extends string> {
  readonly key: string;
  readonly counts: { readonly [kind in Kind]?: number };
  readonly total: number;
}
