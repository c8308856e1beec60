import type { JsonObject } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import { describeIssues } from './describe-issue';
import { type PositionedDocument, readDocument } from './positioned-document';
import type { CallCase, ListCase, Persona, TestCase, TestFile } from './test-file';
import {
  type CallCaseData,
  type ListCaseData,
  type PersonaData,
  TEST_FILE,
  type TestFileData,
  testFileJsonSchema,
} from './test-file-schema';

/** A test file, unless it is broken, and everything that is wrong with it. */
export interface ReadTestFile {
  readonly testFile?: TestFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a `*.test.yaml`. Never throws; all findings at once, each with its place. */
export function readTestFile(file: string, source: string): ReadTestFile {
  const { document, diagnostics } = readDocument(file, source);
  if (document === undefined) return { diagnostics };
  const kinds = casesWithoutKind(document);
  if (kinds.length > 0) return { diagnostics: kinds };
  const parsed = TEST_FILE.safeParse(document.value);
  if (!parsed.success) return { diagnostics: describeIssues(document, parsed.error.issues, knownKeys()) };
  const found = checkPersonas(document, parsed.data);
  if (found.length > 0) return { diagnostics: found };
  return { testFile: build(document, parsed.data), diagnostics: [] };
}

/** A case that is neither call nor list would be reported as both; one sentence is better. */
function casesWithoutKind(document: PositionedDocument): Diagnostic[] {
  const tests = (document.value as { tests?: unknown } | null)?.tests;
  if (!Array.isArray(tests)) return [];
  return tests.flatMap((test: unknown, index) => {
    if (typeof test !== 'object' || test === null || Array.isArray(test) || 'call' in test || 'list' in test) return [];
    return [diagnostic('TEST_CASE_KIND_MISSING', {}, { location: document.locate(['tests', index]) })];
  });
}

function checkPersonas(document: PositionedDocument, data: TestFileData): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, persona] of Object.entries(data.personas)) {
    const kinds = (['username', 'client', 'iam', 'anonymous'] as const).filter((kind) => persona[kind] !== undefined);
    const [first, second] = kinds;
    if (first !== undefined && second !== undefined) {
      const location = document.locateKey(['personas', name, second]);
      found.push(diagnostic('TEST_PERSONA_KIND_MIXED', { name, first, second }, { location }));
    }
  }
  for (const [index, test] of data.tests.entries()) {
    if (
      'call' in test &&
      typeof test.expect === 'object' &&
      test.expect.by !== undefined &&
      test.expect.decision !== 'DENY'
    ) {
      const location = document.locateKey(['tests', index, 'expect', 'by']);
      found.push(diagnostic('TEST_BY_WITHOUT_DENIAL', { decision: test.expect.decision }, { location }));
    }
    for (const [position, name] of [test.as].flat().entries()) {
      if (Object.hasOwn(data.personas, name)) continue;
      const path = ['tests', index, 'as', ...(Array.isArray(test.as) ? [position] : [])];
      const suggestion = suggest(name, Object.keys(data.personas));
      found.push(diagnostic('TEST_PERSONA_UNKNOWN', { name, suggestion }, { location: document.locate(path) }));
    }
  }
  return found;
}

function build(document: PositionedDocument, data: TestFileData): TestFile {
  const personas = Object.entries(data.personas).map(([name, persona]) => ({
    ...buildPersona(name, persona),
    location: document.locateKey(['personas', name]),
  }));
  const cases = data.tests.flatMap((test, index) =>
    [test.as].flat().flatMap((name): TestCase[] => {
      const persona = personas.find((candidate) => candidate.name === name);
      if (persona === undefined) return [];
      const location = document.locate(['tests', index]);
      const now = test.now ?? data.now;
      const { alone } = data;
      const common = {
        persona,
        location,
        ...(alone && { alone }),
        ...(now === undefined ? {} : { now: new Date(now) }),
      };
      return ['call' in test ? { ...common, ...callCase(test, persona) } : { ...common, ...listCase(test, persona) }];
    }),
  );
  const survivors = (data.survivors ?? []).map((entry, index) => ({
    ...entry,
    location: document.locate(['survivors', index]),
  }));
  const { gateway, onSpoof } = data;
  return {
    file: document.file,
    ...(gateway === undefined ? {} : { gateway }),
    ...(onSpoof === undefined ? {} : { onSpoof }),
    personas,
    cases,
    survivors,
  };
}

function buildPersona(name: string, data: PersonaData): Persona {
  const { username, client, scopes, iam } = data;
  return {
    name,
    ...(username === undefined ? {} : { username }),
    groups: data.groups ?? [],
    attributes: data.attributes ?? {},
    ...(client === undefined ? {} : { client }),
    ...(scopes === undefined ? {} : { scopes }),
    claims: (data.claims ?? {}) as JsonObject,
    ...(iam === undefined ? {} : { iam }),
    anonymous: data.anonymous ?? false,
    trusted: data.trusted ?? {},
  };
}

function callCase(test: CallCaseData, persona: Persona): Omit<CallCase, 'persona' | 'location' | 'now'> {
  const expect = typeof test.expect === 'string' ? { decision: test.expect } : test.expect;
  return {
    kind: 'call',
    name: test.name ?? `${persona.name} calls ${test.call}: ${expect.decision}`,
    tool: test.call,
    ...(test.arguments === undefined ? {} : { arguments: test.arguments as JsonObject }),
    trusted: { ...persona.trusted, ...test.trusted },
    fixesTrusted: test.trusted !== undefined,
    bypassesInterceptor: test.interceptor === 'bypassed',
    expect: expect as CallCase['expect'],
  };
}

function listCase(test: ListCaseData, persona: Persona): Omit<ListCase, 'persona' | 'location' | 'now'> {
  const name = test.name ?? `${persona.name} lists tools`;
  if (Array.isArray(test.list)) return { kind: 'list', name, exactly: test.list, includes: [], excludes: [] };
  return { kind: 'list', name, includes: test.list.includes ?? [], excludes: test.list.excludes ?? [] };
}

let known: ReadonlySet<string> | undefined;

/** Every name that the format knows, for suggestions. */
function knownKeys(): ReadonlySet<string> {
  known ??= new Set(propertyNames(testFileJsonSchema()));
  return known;
}

function propertyNames(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    const isProperties = key === 'properties' && typeof value === 'object' && value !== null;
    return [...(isProperties ? Object.keys(value) : []), ...propertyNames(value)];
  });
}
