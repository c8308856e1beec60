import type { $ZodIssue } from 'zod/v4/core';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { DocumentPath, PositionedDocument } from './positioned-document';

const TYPE_NAMES: { readonly [type: string]: string } = {
  object: 'a map of names and values',
  record: 'a map of names and values',
  array: 'a list',
  string: 'a text (in quotes when it looks like something else)',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
};

/**
 * Turns what zod found into findings with places. `keys` are the names that the format knows, for suggestions.
 */
export function describeIssues(
  document: PositionedDocument,
  issues: readonly $ZodIssue[],
  keys: ReadonlySet<string>,
): Diagnostic[] {
  return issues.flatMap((issue) => describe(document, issue, [], keys));
}

function describe(
  document: PositionedDocument,
  issue: $ZodIssue,
  base: DocumentPath,
  keys: ReadonlySet<string>,
): Diagnostic[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const location = document.locateKey([...path, key]);
      return diagnostic('TEST_KEY_UNKNOWN', { key, suggestion: suggest(key, keys) }, { location });
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const best = bestBranch(issue.errors);
    if (best !== undefined) return best.flatMap((inner) => describe(document, inner, path, keys));
    const expected = [...new Set(issue.errors.flat().map(expectation))].join(', or ');
    return [mismatch(document, path, expected)];
  }
  return [mismatch(document, path, expectation(issue))];
}

/** The branch that the value was meant for: its type fits and it has the fewest faults. Undefined when no branch fits. */
function bestBranch(branches: readonly (readonly $ZodIssue[])[]): readonly $ZodIssue[] | undefined {
  const fitting = branches.filter((issues) => !issues.some(isOfWrongType));
  return fitting.toSorted((a, b) => weight(a) - weight(b))[0];
}

function isOfWrongType(issue: $ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function weight(issues: readonly $ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function mismatch(document: PositionedDocument, path: DocumentPath, expected: string): Diagnostic {
  const found = valueAt(document.value, path);
  const key = keyText(path) ?? document.file;
  const location = document.locate(path);
  if (found === undefined) return diagnostic('TEST_KEY_MISSING', { key, expected }, { location });
  return diagnostic('TEST_VALUE_INVALID', { key, found: inShort(found), expected }, { location });
}

/** The last name of a path, with the indexes behind it: `tests[2]`. */
function keyText(path: DocumentPath): string | undefined {
  const at = path.findLastIndex((step) => typeof step !== 'number');
  const [name, ...indexes] = path.slice(Math.max(0, at));
  return name === undefined ? undefined : `${String(name)}${indexes.map((index) => `[${String(index)}]`).join('')}`;
}

function expectation(issue: $ZodIssue): string {
  if (issue.code === 'invalid_type') return TYPE_NAMES[issue.expected] ?? `a value of type ${issue.expected}`;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`;
  if (issue.code === 'too_small') return 'something that is not empty';
  if (issue.code === 'invalid_key') return 'names that are not empty';
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
}

function valueAt(value: unknown, path: DocumentPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as { readonly [key: PropertyKey]: unknown })[step];
  }
  return current;
}

function inShort(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
