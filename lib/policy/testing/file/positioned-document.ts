import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { type Diagnostic, diagnostic, type Location } from '../../../diagnostics/diagnostic';

/** One broken bracket makes every later line look broken too, and one place broken in several ways. */
const SYNTAX_FINDINGS = 3;

/** Steps from the root of a document to a value: keys of maps, indexes of lists. */
export type DocumentPath = readonly PropertyKey[];

/** A YAML or JSON text as a value that remembers where each part was written. */
export interface PositionedDocument {
  /** Path as the user wrote it. */
  readonly file: string;
  /** What the text means, as plain data. */
  readonly value: unknown;
  /** Where a value stands; for a value that is missing, where its nearest parent stands. */
  readonly locate: (path: DocumentPath) => Location;
  /** Where the key of a value stands. */
  readonly locateKey: (path: DocumentPath) => Location;
}

/** A document, unless the text is broken, and everything that is wrong with the text. */
export interface ReadDocument {
  readonly document?: PositionedDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads YAML 1.2, of which JSON is a part. Never throws. Integers that a JavaScript number cannot carry exactly are refused,
 * because the value that a policy compares would not be the value that was written.
 */
export function readDocument(file: string, source: string): ReadDocument {
  const lines = new LineCounter();
  try {
    const parsed = parseDocument(source, { lineCounter: lines, intAsBigInt: true, version: '1.2' });
    const diagnostics = [...syntaxFindings(file, source, parsed), ...exactIntegers(file, source, lines, parsed)];
    if (diagnostics.length > 0) return { diagnostics };
    const value: unknown = parsed.toJS({ maxAliasCount: 100 });
    const locate = (path: DocumentPath, key: boolean): Location =>
      locationOf(file, source, lines, nodeAt(parsed, path, key));
    return {
      document: { file, value, locate: (path) => locate(path, false), locateKey: (path) => locate(path, true) },
      diagnostics: [],
    };
  } catch (thrown) {
    // Nesting beyond the stack, or aliases that multiply without end.
    const problem = thrown instanceof Error ? firstLine(thrown.message) : 'unknown';
    return { diagnostics: [diagnostic('TEST_FILE_SYNTAX', { problem }, { location: start(file, source) })] };
  }
}

function syntaxFindings(file: string, source: string, parsed: Document.Parsed): Diagnostic[] {
  const places = new Map(parsed.errors.toReversed().map((fault) => [fault.pos[0], fault]));
  const first = [...places.values()].toSorted((a, b) => a.pos[0] - b.pos[0]).slice(0, SYNTAX_FINDINGS);
  return first.map((fault) => {
    const [from, to] = fault.linePos ?? [];
    const at = from ?? { line: 1, col: 1 };
    const end = to === undefined ? {} : { endLine: to.line, endColumn: to.col };
    const location: Location = { file, line: at.line, column: at.col, ...end, source };
    return diagnostic('TEST_FILE_SYNTAX', { problem: firstLine(fault.message) }, { location });
  });
}

/** Turns every exact integer into a number and reports the others. */
function exactIntegers(file: string, source: string, lines: LineCounter, parsed: Document): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(parsed, {
    Scalar(_key, node) {
      if (typeof node.value !== 'bigint') return;
      const exact = Number(node.value);
      if (Number.isSafeInteger(exact)) node.value = exact;
      else {
        const location = locationOf(file, source, lines, node);
        found.push(diagnostic('TEST_NUMBER_INEXACT', { value: String(node.value) }, { location }));
      }
    },
  });
  return found;
}

/** The node at a path, or its nearest ancestor that exists. */
function nodeAt(document: Document, path: DocumentPath, key: boolean): Node | undefined {
  let current: unknown = document.contents;
  for (const [index, step] of path.entries()) {
    const parent = isAlias(current) ? current.resolve(document) : current;
    let next: unknown;
    if (isSeq(parent) && typeof step === 'number') next = parent.items[step];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      next = key && index === path.length - 1 ? pair?.key : (pair?.value ?? pair?.key);
    }
    if (next === undefined || next === null) return (parent ?? undefined) as Node | undefined;
    current = next;
  }
  return (current ?? undefined) as Node | undefined;
}

function locationOf(file: string, source: string, lines: LineCounter, node: Node | undefined): Location {
  const range = node?.range;
  if (range === undefined || range === null) return start(file, source);
  const from = lines.linePos(range[0]);
  const to = lines.linePos(Math.max(range[0] + 1, range[1]));
  return { file, line: from.line, column: from.col, endLine: to.line, endColumn: to.col, source };
}

function start(file: string, source: string): Location {
  return { file, line: 1, column: 1, source };
}

function firstLine(message: string): string {
  const line = message.split('\n')[0] ?? '';
  return line.replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '');
}
