import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { ARRAY_KEYWORDS } from './arrays';
import { BRANCH_KEYWORDS, LAST_KEYWORDS, wantsMarks } from './branches';
import {
  type Check,
  type Compiler,
  type Flaw,
  fitsAll,
  type Keyword,
  type Marks,
  NOTHING,
  type Verdict,
} from './check';
import { OBJECT_KEYWORDS } from './objects';
import { References } from './references';
import { TEXT_KEYWORDS } from './texts';
import { VALUE_KEYWORDS } from './values';

const KEYWORDS: readonly Keyword[] = [
  ...VALUE_KEYWORDS,
  ...TEXT_KEYWORDS,
  ...ARRAY_KEYWORDS,
  ...OBJECT_KEYWORDS,
  ...BRANCH_KEYWORDS,
  ...LAST_KEYWORDS,
];

/** What does not fit in a value. */
export interface Findings {
  /** The first flaws; none when the value fits. */
  readonly flaws: readonly Flaw[];
  /** Members that are null and do not fit, by the object they belong to, and whether they could be left out. */
  readonly nulls: ReadonlyMap<JsonObject, ReadonlyMap<string, boolean>>;
}

export type Validator = (value: JsonValue) => Findings;

const FITS: Findings = { flaws: [], nulls: new Map() };

/**
 * Makes the validator of a JSON Schema (draft 4 to 2020-12). The time of a validation grows with the size of the value, not with the number
 * of ways in which branches, references, patterns or lists could be tried, so that no caller can hold the function. Throws when the schema
 * cannot be understood.
 */
export function compileSchema(schema: JsonValue, pattern: Compiler['pattern']): Validator {
  const references = new References(schema);
  const made = new Map<JsonValue, Check | undefined>();
  const keepsMarks = wantsMarks(schema);

  const compile = (source: JsonValue): Check => {
    if (source === true) return () => true;
    if (source === false) return NOTHING;
    if (!isJsonObject(source)) throw new TypeError('a schema is neither an object nor a boolean');
    const checks = keywordsOf(source, draftOf(schema)).flatMap((keyword) => keyword(source, compiler) ?? []);
    const [only] = checks;
    if (only !== undefined && checks.length === 1 && !keepsMarks) return only;
    return (value, at, run, marks) => {
      const own: Marks | undefined = keepsMarks ? new Set() : undefined;
      const fits = fitsAll(checks, value, at, run, own);
      if (fits && marks !== undefined) for (const mark of own ?? []) marks.add(mark);
      return fits;
    };
  };

  /** What a reference means judges each object and list once. Schemas refer to themselves, so that the check may not be made yet. */
  const reference: Compiler['reference'] = (pointer, from, isDynamic) => {
    const target = isDynamic ? references.resolveDynamic(pointer, from) : references.resolve(pointer, from);
    if (!made.has(target)) {
      made.set(target, undefined);
      made.set(target, compile(target));
    }
    return (value, at, run, marks) => {
      const check = made.get(target) as Check;
      if (typeof value !== 'object' || value === null) return check(value, at, run, marks);
      const known = run.known.get(target) ?? new Map<JsonValue, Verdict | undefined>();
      run.known.set(target, known);
      if (!known.has(value)) {
        known.set(value, undefined);
        const own: Marks | undefined = keepsMarks ? new Set() : undefined;
        known.set(value, { fits: check(value, at, run, own), marks: own });
      }
      const verdict = known.get(value);
      if (verdict === undefined) throw new Error('a schema refers to itself only');
      if (verdict.fits && marks !== undefined) for (const mark of verdict.marks ?? []) marks.add(mark);
      return verdict.fits;
    };
  };

  const compiler: Compiler = { compile, reference, pattern };
  const check = compile(schema);
  return (value) => {
    const quiet = { flaws: undefined, known: new Map() };
    if (check(value, undefined, quiet, undefined)) return FITS;
    const findings = { flaws: [], nulls: new Map() };
    check(value, undefined, { ...findings, known: new Map(), quiet }, undefined);
    return findings;
  };
}

/** Up to draft 7 a reference stood alone: whatever is beside it does not count. */
function keywordsOf(schema: JsonObject, draft: string): readonly Keyword[] {
  return '$ref' in schema && /draft-0[3-7]/.test(draft) ? BRANCH_KEYWORDS.slice(0, 1) : KEYWORDS;
}

function draftOf(schema: JsonValue): string {
  return isJsonObject(schema) && typeof schema['$schema'] === 'string' ? schema['$schema'] : '';
}
