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

/** What an index file exports, by name: nothing in it but such clauses exports anything. */
export function publicNames(index: string): PublicName[] {
  const text = readFileSync(join(ROOT, index), 'utf8');
  const clauses = [...text.matchAll(CLAUSE)];
  const exports = text.match(/^export /gm)?.length ?? 0;
  if (clauses.length !== exports) throw new Error(`${index} exports something that is not a list of names`);
  return clauses.flatMap(([, typeClause, names = '', from = '']) => {
    const file = `${relative(ROOT, join(ROOT, dirname(index), from))}.ts`;
    const written = names.split(',').map((name) => name.trim());
    return written
      .filter((name) => name !== '')
      .map((name) => ({
        name: name.replace(/^type /, ''),
        typeOnly: typeClause !== undefined || name.startsWith('type '),
        file,
      }));
  });
}
