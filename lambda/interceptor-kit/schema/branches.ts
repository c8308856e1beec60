import { isJsonObject, type JsonValue } from '../../../lib/contract/json';
import { onArrays } from './arrays';
import {
  type Check,
  every,
  fitsAll,
  flaw,
  inside,
  type Keyword,
  type Marks,
  type Place,
  type Run,
  silently,
} from './check';
import { onObjects } from './objects';

/** Keywords that judge the same value by other schemas. */
export const BRANCH_KEYWORDS: readonly Keyword[] = [
  (schema, compiler) => {
    const pointer = schema['$ref'];
    return pointer === undefined ? undefined : compiler.reference(pointer, schema, false);
  },
  (schema, compiler) => {
    const pointer = schema['$dynamicRef'] ?? schema['$recursiveRef'];
    return pointer === undefined ? undefined : compiler.reference(pointer, schema, true);
  },
  ({ allOf }, { compile }) => {
    if (!Array.isArray(allOf)) return undefined;
    const checks = allOf.map(compile);
    return (value, at, run, marks) => fitsAll(checks, value, at, run, marks);
  },
  ({ anyOf }, { compile }) => {
    if (!Array.isArray(anyOf)) return undefined;
    const checks = anyOf.map(compile);
    return (value, at, run, marks) => {
      // All of them when marks are wanted: each that fits has judged something.
      const fitting = marks === undefined ? checks.some(holds(value, run)) : checks.filter(holds(value, run, marks));
      return (
        fitting === true || (Array.isArray(fitting) && fitting.length > 0) || whyNone('anyOf', checks, value, at, run)
      );
    };
  },
  ({ oneOf }, { compile }) => {
    if (!Array.isArray(oneOf)) return undefined;
    const checks = oneOf.map(compile);
    return (value, at, run, marks) => {
      const fitting = checks.filter(holds(value, run));
      const [only] = fitting;
      if (only === undefined) return whyNone('oneOf', checks, value, at, run);
      if (fitting.length > 1) return flaw(run, at, 'oneOf');
      return marks === undefined || holds(value, run, marks)(only);
    };
  },
  ({ not }, { compile }) => {
    if (not === undefined) return undefined;
    const check = compile(not);
    return (value, at, run) => !holds(value, run)(check) || flaw(run, at, 'not');
  },
  (schema, { compile }) => {
    if (schema['if'] === undefined) return undefined;
    const condition = compile(schema['if']);
    const [then, otherwise] = [schema['then'], schema['else']].map((branch) => branch !== undefined && compile(branch));
    return (value, at, run, marks) => {
      const branch = holds(value, run, marks)(condition) ? then : otherwise;
      return !branch || branch(value, at, run, marks);
    };
  },
];

/** Keywords about what no other keyword has judged. They come last. */
export const LAST_KEYWORDS: readonly Keyword[] = [
  (schema, { compile }) => {
    const rest = schema['unevaluatedProperties'];
    if (rest === undefined) return undefined;
    const check = compile(rest);
    return onObjects((object, at, run, marks) =>
      every(Object.keys(object), run, (name) => {
        if (marks?.has(name)) return true;
        marks?.add(name);
        return check(object[name] as JsonValue, inside(run, at, name), run, undefined);
      }),
    );
  },
  (schema, { compile }) => {
    const rest = schema['unevaluatedItems'];
    if (rest === undefined) return undefined;
    const check = compile(rest);
    return onArrays((list, at, run, marks) =>
      every(list.keys(), run, (index) => {
        if (marks?.has(index)) return true;
        marks?.add(index);
        return check(list[index] as JsonValue, inside(run, at, index), run, undefined);
      }),
    );
  },
];

/** Whether a schema has a keyword for which marks must be kept. */
export function wantsMarks(schema: JsonValue): boolean {
  if (Array.isArray(schema)) return schema.some(wantsMarks);
  if (!isJsonObject(schema)) return false;
  return 'unevaluatedProperties' in schema || 'unevaluatedItems' in schema || Object.values(schema).some(wantsMarks);
}

/** Whether a value fits a branch. Only then what the branch has judged counts. */
function holds(value: JsonValue, run: Run, marks?: Marks): (check: Check) => boolean {
  return (check) => {
    const own: Marks | undefined = marks && new Set();
    if (!check(value, undefined, silently(run), own)) return false;
    for (const mark of own ?? []) marks?.add(mark);
    return true;
  };
}

/** The flaws of every branch, for whoever wants to know. */
function whyNone(keyword: string, checks: readonly Check[], value: JsonValue, at: Place, run: Run): false {
  if (run.flaws !== undefined) for (const check of checks) check(value, at, run, undefined);
  return flaw(run, at, keyword);
}
