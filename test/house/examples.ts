import { read, sourceFiles } from './source-files';

/** An `@example` of a docstring. */
export interface Example {
  readonly file: string;
  /** Where the declaration starts that the example belongs to. */
  readonly declaration: string;
  readonly text: string;
}

/** Every `@example` of a docstring. */
export function examples(): Example[] {
  return sourceFiles('lib/', 'lambda/').flatMap((file) =>
    [...read(file).matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*?)\* @example\n((?: *\*.*\n)*?) *\*\/\n *(.*)/g)].map(
      ([, , lines = '', declaration = '']) => ({ file, declaration, text: lines.replace(/^ *\* ?/gm, '') }),
    ),
  );
}
