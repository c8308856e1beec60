import type { Operand } from '../cedar/expression';
import { CONTAINS, fact, IS, type Phrase, type Verb } from './phrase';
import { quotedText } from './quoted';

const CONTAINS_TEXT: Verb = {
  yes: 'contains the text',
  no: 'does not contain the text',
  neither: 'contains neither the text',
};
const BEGINS: Verb = { yes: 'begins with', no: 'does not begin with', neither: 'begins neither with' };
const ENDS: Verb = { yes: 'ends with', no: 'does not end with', neither: 'ends neither with' };
const MATCHES: Verb = { yes: 'matches', no: 'does not match', neither: 'matches neither' };

/**
 * What a pattern asks of a text. A claim with several values is a JSON array, of which `*"finance"*` asks for an element: "contains
 * "finance"" is said of that only, and otherwise "contains the text".
 */
export function likePhrase(subject: string, isClaim: boolean, pattern: Operand['pattern']): Phrase {
  const runs = runsOf(pattern);
  const [first = '', second = '', third = ''] = runs;
  if (runs.length === 1) return fact(subject, IS, quotedText(first));
  if (runs.length === 2 && first === '' && second === '') return fact(subject, IS, 'any text');
  if (runs.length === 2 && second === '') return fact(subject, BEGINS, quotedText(first));
  if (runs.length === 2 && first === '') return fact(subject, ENDS, quotedText(second));
  if (runs.length === 3 && first === '' && third === '') {
    const element = isClaim ? elementOf(second) : undefined;
    return element === undefined
      ? fact(subject, CONTAINS_TEXT, quotedText(second))
      : fact(subject, CONTAINS, quotedText(element));
  }
  return fact(subject, MATCHES, `"${runs.map(written).join('*')}"`);
}

/** A text within a pattern, in which an asterisk is none of the wildcards. */
function written(run: string): string {
  return quotedText(run).slice(1, -1).replaceAll('*', '\\*');
}

/** Texts between the wildcards; several wildcards in a row are one. */
function runsOf(pattern: Operand['pattern']): string[] {
  const runs = [''];
  let isAfterWildcard = false;
  for (const part of pattern) {
    if (part !== 'Wildcard') runs[runs.length - 1] += part.Literal;
    else if (!isAfterWildcard) runs.push('');
    isAfterWildcard = part === 'Wildcard';
  }
  return runs;
}

/** The one element of a JSON array that a text with quotes around it stands for. */
function elementOf(text: string): string | undefined {
  if (!/^"(?:[^"\\]|\\.)+"$/u.test(text)) return undefined;
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
