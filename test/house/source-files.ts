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

const STATEMENT = /^\s*(import|export)\s+(type\s)?[^;'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]/gm;
const CALL = /\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of a file, dynamic ones included. */
export function importsOf(path: string, known: ReadonlySet<string>): SourceImport[] {
  const text = read(path).replace(/\/\*[\s\S]*?\*\//g, '');
  const found: SourceImport[] = [];
  const add = (specifier: string, typeOnly: boolean): void => {
    found.push({ from: path, to: resolveSpecifier(path, specifier, known), typeOnly });
  };
  for (const match of text.matchAll(STATEMENT)) add((match[3] ?? match[4]) as string, match[2] !== undefined);
  for (const match of text.matchAll(CALL)) add(match[1] as string, false);
  return found;
}

function resolveSpecifier(from: string, specifier: string, known: ReadonlySet<string>): string {
  if (!specifier.startsWith('.')) return specifier;
  const target = relative(ROOT, join(ROOT, dirname(from), specifier));
  const candidates = [`${target}.ts`, join(target, 'index.ts'), target.replace(/\.js$/, '.ts'), target];
  return candidates.find((candidate) => known.has(candidate)) ?? target;
}
