import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** An import of one source file by another, both relative to the checkout. */
export interface SourceImport {
  readonly from: string;
  /** A file of the checkout, or a package. */
  readonly to: string;
  readonly typeOnly: boolean;
  /** What is imported, by the name in the other file; undefined for everything, as by a dynamic import. */
  readonly names: readonly string[] | undefined;
}

/** Files of the checkout that git knows or would add, by prefix and ending. */
export function sourceFiles(...prefixes: string[]): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const deleted = new Set(execFileSync('git', ['ls-files', '--deleted'], { cwd: ROOT, encoding: 'utf8' }).split('\n'));
  return listed
    .split('\n')
    .filter((path) => path.endsWith('.ts') && prefixes.some((prefix) => path.startsWith(prefix)) && !deleted.has(path));
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s)?([^;'"]*?)from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]/gm;
const CALL = /\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of a file, dynamic ones included. */
export function importsOf(path: string, known: ReadonlySet<string>): SourceImport[] {
  const text = read(path).replace(/\/\*[\s\S]*?\*\//g, '');
  const found: SourceImport[] = [];
  const add = (specifier: string, typeOnly: boolean, names?: readonly string[]): void => {
    found.push({ from: path, to: resolveSpecifier(path, specifier, known), typeOnly, names });
  };
  for (const [, type, clause, from, bare] of text.matchAll(STATEMENT)) {
    add((from ?? bare) as string, type !== undefined, namesIn(clause ?? ''));
  }
  for (const match of text.matchAll(CALL)) add(match[1] as string, false);
  return found;
}

function namesIn(clause: string): string[] | undefined {
  const list = /\{([^}]*)\}/.exec(clause)?.[1];
  return list?.split(',').flatMap((entry) => /^\s*(?:type\s+)?(\w+)/.exec(entry)?.[1] ?? []);
}

/** Values that a file exports where it declares them. */
export function exportedValues(path: string): string[] {
  const declared = /^export (?:abstract |async )*(?:const|function|class|enum) (\w+)/gm;
  return [...read(path).matchAll(declared)].map((match) => match[1] as string);
}

function resolveSpecifier(from: string, specifier: string, known: ReadonlySet<string>): string {
  if (!specifier.startsWith('.')) return specifier;
  const target = relative(ROOT, join(ROOT, dirname(from), specifier));
  const candidates = [`${target}.ts`, join(target, 'index.ts'), target.replace(/\.js$/, '.ts'), target];
  return candidates.find((candidate) => known.has(candidate)) ?? target;
}
