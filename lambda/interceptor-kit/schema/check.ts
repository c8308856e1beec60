import type { JsonObject, JsonValue } from '../../../lib/contract/json';

/** A value that does not fit. */
export interface Flaw {
  /** JSON pointer (RFC 6901) to the value; empty for the whole. */
  readonly place: string;
  /** Keyword of the schema that does not hold; `false` for a schema that allows nothing. */
  readonly keyword: string;
}

/** Where a value is: a member or an element of what is somewhere; undefined for the whole. */
export type Place = { readonly of: Place; readonly name: string | number } | undefined;

/** Members and elements of one value that some keyword has judged, for `unevaluatedProperties` and `unevaluatedItems`. */
export type Marks = Set<string | number>;

/** One validation. */
export interface Run {
  /** The first flaws, for the message; undefined in the first pass, which stops at the first one. */
  readonly flaws: Flaw[] | undefined;
  /** Members that are null and do not fit, by the object they belong to, and whether they could be left out. @default - nobody asks */
  readonly nulls?: Map<JsonObject, Map<string, boolean>>;
  /** What references found out about a value, so that no schema judges a value twice, however its branches overlap. Undefined while they do. */
  readonly known: Map<JsonValue, Map<JsonValue, Verdict | undefined>>;
  /** The run for those who do not want to know why something does not fit. @default - this one */
  readonly quiet?: Run;
}

export interface Verdict {
  readonly fits: boolean;
  readonly marks: Marks | undefined;
}

/** Whether a value fits; notes flaws and marks on the way. `at` is the value's place, undefined in the first pass. */
export type Check = (value: JsonValue, at: Place, run: Run, marks: Marks | undefined) => boolean;

/** More flaws than these tell nobody anything. */
const MAX_FLAWS = 100;

/** What keywords need to make their checks. */
export interface Compiler {
  readonly compile: (schema: JsonValue) => Check;
  readonly reference: (pointer: JsonValue, from: JsonObject, isDynamic: boolean) => Check;
  /** Tells texts in which a pattern is found, in linear time. Throws for a pattern that cannot be told so. */
  readonly pattern: (source: string) => (text: string) => boolean;
}

/** Makes the check of one keyword or of several that belong together; undefined when the schema has none of them. */
export type Keyword = (schema: JsonObject, compiler: Compiler) => Check | undefined;

/** The check of the schema `false`. */
export const NOTHING: Check = (_value, at, run) => flaw(run, at, 'false');

/** Notes that a value does not fit. */
export function flaw(run: Run, at: Place, keyword: string): false {
  if (run.flaws !== undefined && run.flaws.length < MAX_FLAWS) run.flaws.push({ place: pointerTo(at), keyword });
  return false;
}

/** The place of a member or an element. */
export function inside(run: Run, at: Place, name: string | number): Place {
  return run.flaws === undefined ? undefined : { of: at, name };
}

function pointerTo(at: Place): string {
  return at === undefined ? '' : `${pointerTo(at.of)}/${pointerPart(String(at.name))}`;
}

/** A name as part of a JSON pointer. */
export function pointerPart(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

/** The same validation, but nobody wants to know why something does not fit. */
export function silently(run: Run): Run {
  return run.quiet ?? run;
}

/** Whether a value fits all checks, see {@link every}. */
export function fitsAll(
  checks: readonly Check[],
  value: JsonValue,
  at: Place,
  run: Run,
  marks: Marks | undefined,
): boolean {
  let all = true;
  for (const check of checks) {
    if (check(value, at, run, marks)) continue;
    if (run.flaws === undefined) return false;
    all = false;
  }
  return all;
}

/** Goes through all checks when flaws are collected, and up to the first flaw otherwise. */
export function every<T>(items: Iterable<T>, run: Run, fits: (item: T) => boolean): boolean {
  let all = true;
  for (const item of items) {
    if (fits(item)) continue;
    if (run.flaws === undefined) return false;
    all = false;
  }
  return all;
}
