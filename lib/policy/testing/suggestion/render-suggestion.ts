import { Document, isMap, visit } from 'yaml';
import type { CallCaseData, PersonaData } from '../file/test-file-schema';
import type { SuggestedPersona } from './suggested-persona';

/** A test that is missing, ready to be pasted: it passes on the policies and fails on a mutant. */
export interface Suggestion {
  readonly persona: SuggestedPersona;
  readonly test: CallCaseData;
  /** The test file that has the persona; absent for one that is new. */
  readonly file?: string;
}

/** Suggestions as a test file that can stand by itself. */
export function suggestedFile(suggestions: readonly Suggestion[]): string {
  const personas: { [name: string]: PersonaData } = {};
  for (const { persona } of suggestions) personas[persona.name] = persona.data;
  return yaml({ personas, tests: suggestions.map(({ test }) => test) });
}

/** One suggestion as what has to be added to a test file. */
export function suggestionLines({ persona, test, file }: Suggestion): string[] {
  const added = file === undefined ? { personas: { [persona.name]: persona.data }, tests: [test] } : { tests: [test] };
  return [
    `add${file === undefined ? '' : ` to ${file}`}:`,
    ...yaml(added)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

/** In the style of the test files: a line for each persona, a line for each setting of a test. */
function yaml(data: object): string {
  const document = new Document(data);
  visit(document, {
    Map: (_, node, path) => {
      // Nodes above: the document, then maps, pairs and lists by turns.
      if (path.filter(isMap).length >= 2) node.flow = true;
    },
    Seq: (_, node, path) => {
      if (path.filter(isMap).length >= 2) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}
