import { canonicalJson } from '../../../lib/contract/canonical-json';
import type { JsonValue } from '../../../lib/contract/json';
import { type Check, every, flaw, inside, type Keyword, type Place, silently } from './check';

/** Keywords for arrays. */
export const ARRAY_KEYWORDS: readonly Keyword[] = [
  size('minItems', (count, limit) => count >= limit),
  size('maxItems', (count, limit) => count <= limit),
  ({ uniqueItems }) => {
    if (uniqueItems !== true) return undefined;
    // By their texts, not each with each: a list of a hundred thousand must not take ten billion comparisons.
    const isUnique = (items: readonly JsonValue[]): boolean => new Set(items.map(canonicalJson)).size === items.length;
    return onArrays((items, at, run) => isUnique(items) || flaw(run, at, 'uniqueItems'));
  },
  (schema, compiler) => {
    const { items, prefixItems, additionalItems } = schema;
    // Until draft 2019-09 a list of schemas was called `items`, and what follows it `additionalItems`.
    const first = Array.isArray(items) ? items : Array.isArray(prefixItems) ? prefixItems : [];
    const rest = Array.isArray(items) ? additionalItems : items;
    if (first.length === 0 && rest === undefined) return undefined;
    const placed = first.map(compiler.compile);
    const others = rest === undefined ? undefined : compiler.compile(rest);
    return onArrays((list, at, run, marks) =>
      every(list.keys(), run, (index) => {
        const check = placed[index] ?? others;
        if (check === undefined) return true;
        const fits = check(list[index] as JsonValue, inside(run, at, index), run, undefined);
        if (fits) marks?.add(index);
        return fits;
      }),
    );
  },
  ({ contains, minContains, maxContains }, compiler) => {
    if (contains === undefined) return undefined;
    const check = compiler.compile(contains);
    const least = typeof minContains === 'number' ? minContains : 1;
    const most = typeof maxContains === 'number' ? maxContains : Infinity;
    return onArrays((list, at, run, marks) => {
      let found = 0;
      for (const [index, item] of list.entries()) {
        if (!check(item, undefined, silently(run), undefined)) continue;
        found++;
        marks?.add(index);
      }
      return (found >= least && found <= most) || flaw(run, at, 'contains');
    });
  },
];

type ArrayCheck = (
  list: readonly JsonValue[],
  at: Place,
  run: Parameters<Check>[2],
  marks: Parameters<Check>[3],
) => boolean;

/** A check of arrays; any other value fits. */
export function onArrays(check: ArrayCheck): Check {
  return (value, at, run, marks) => !Array.isArray(value) || check(value, at, run, marks);
}

function size(keyword: string, holds: (count: number, limit: number) => boolean): Keyword {
  return (schema) => {
    const limit = schema[keyword];
    if (typeof limit !== 'number') return undefined;
    return onArrays((list, at, run) => holds(list.length, limit) || flaw(run, at, keyword));
  };
}
