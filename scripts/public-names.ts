import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = dirname(__dirname);

/** A name that a public index file exports. */
export interface PublicName {
  readonly name: string;
  readonly typeOnly: boolean;
  /** File that declares it, relative to the checkout. */
  readonly file: string;
}

const CLAUSE = /^export (type )?\{([^}]*)\} from '([^']+)';$/gm;
/** All names of a file that lists a subject's: `export * from './steps/built-in';` */
const STAR = /^export \* from '([^']+)';$/gm;
const DECLARATION = /^export (class|function|const|interface|type) (\w+)/gm;

/** What an index file exports: lists of names, and files that hold such lists of one subject. It declares nothing itself. */
export function publicNames(index: string): PublicName[] {
  const text = readFileSync(join(ROOT, index), 'utf8');
  const subjects = [...text.matchAll(STAR)].map(([, from = '']) => resolved(index, from));
  const listed = namesListedIn(index, text);
  if (text.match(/^export /gm)?.length !== listed.clauses + subjects.length) {
    throw new Error(`${index} exports something that is not a list of names`);
  }
  return [...listed.names, ...subjects.flatMap(namesOfSubject)];
}

function namesOfSubject(file: string): PublicName[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const declared = [...text.matchAll(DECLARATION)].map(([, kind, name = '']) => ({
    name,
    typeOnly: kind === 'interface' || kind === 'type',
    file,
  }));
  return [...namesListedIn(file, text).names, ...declared];
}

function namesListedIn(index: string, text: string): { readonly clauses: number; readonly names: PublicName[] } {
  const clauses = [...text.matchAll(CLAUSE)];
  const names = clauses.flatMap(([, typeClause, list = '', from = '']) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => ({
        name: name.replace(/^type /, ''),
        typeOnly: typeClause !== undefined || name.startsWith('type '),
        file: resolved(index, from),
      })),
  );
  return { clauses: clauses.length, names };
}

function resolved(index: string, from: string): string {
  return `${relative(ROOT, join(ROOT, dirname(index), from))}.ts`;
}
