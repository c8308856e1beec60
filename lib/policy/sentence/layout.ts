import { isSeveral, oneLine } from './one-line';
import type { Choice, Phrase } from './phrase';
import type { PolicySentence } from './policy-sentence';
import { listed } from './quoted';

/** A line of a sentence that is laid out as lists. Depth 0 is running text, deeper ones are items. */
export interface SentenceLine {
  readonly depth: number;
  readonly text: string;
}

/** What a policy that only logs is worth. */
const LOG_ONLY = 'It is LOG_ONLY: what it would decide is recorded, and no call is decided by it.';

/** Tools and conditions that still read well in a line. */
const MOST_IN_LINE = 3;

/** A policy as one sentence, for tables. Brackets keep apart what belongs together. */
export function sentenceLine(sentence: PolicySentence): string {
  const { start, tools, where, condition, exception, isLogOnly } = sentence;
  const head = [start, listed(tools, 'or'), where].filter((part) => part !== '').join(' ');
  const when = condition === undefined ? '' : ` if ${oneLine(condition)}`;
  const but = exception === undefined ? '' : `${when === '' ? '' : ','} unless ${oneLine(exception)}`;
  return `${head}${when}${but}.${isLogOnly ? ` ${LOG_ONLY}` : ''}`;
}

/** A policy as a sentence with lists, where a line would be hard to read. */
export function sentenceLines(sentence: PolicySentence): SentenceLine[] {
  const { start, tools, where, condition, exception, isLogOnly } = sentence;
  const parts = [condition, exception].flatMap((phrase) => (phrase === undefined ? [] : [phrase]));
  if (tools.length <= MOST_IN_LINE && parts.every(isShort)) return [{ depth: 0, text: sentenceLine(sentence) }];
  const place = where === '' ? '' : ` ${where}`;
  const head: SentenceLine[] =
    tools.length <= MOST_IN_LINE
      ? [{ depth: 0, text: `${start} ${listed(tools, 'or')}${place}` }]
      : [{ depth: 0, text: `${start} any of these${place}:` }, ...tools.map((text) => ({ depth: 1, text }))];
  return [
    ...head,
    ...(condition === undefined ? [] : clauseLines('if', condition)),
    ...(exception === undefined ? [] : clauseLines('unless', exception)),
    ...(isLogOnly ? [{ depth: 0, text: LOG_ONLY }] : []),
  ];
}

function isShort(phrase: Phrase): boolean {
  if (phrase.kind === 'fact') return true;
  if (phrase.kind === 'not') return phrase.part.kind === 'fact';
  if (phrase.kind === 'choice') return false;
  return phrase.parts.length < MOST_IN_LINE && phrase.parts.every((part) => !isSeveral(part) && isShort(part));
}

function clauseLines(word: string, phrase: Phrase): SentenceLine[] {
  const [first, ...rest] = phraseLines(phrase, 0);
  return [{ depth: 0, text: `${word} ${first?.text ?? ''}` }, ...rest];
}

function phraseLines(phrase: Phrase, depth: number): SentenceLine[] {
  const items = (text: string, parts: readonly Phrase[]): SentenceLine[] => [
    { depth, text: `${text}:` },
    ...parts.flatMap((part) => phraseLines(part, depth + 1)),
  ];
  if (isShort(phrase)) return [{ depth, text: oneLine(phrase) }];
  if (phrase.kind === 'all') return items('all of these hold', phrase.parts);
  if (phrase.kind === 'any') return items('one of these holds', phrase.parts);
  if (phrase.kind === 'choice') return choiceLines(phrase, depth);
  const part = phrase.kind === 'not' ? phrase.part : phrase;
  if (part.kind === 'all') return items('not all of these hold', part.parts);
  return items('none of these holds', part.kind === 'any' ? part.parts : [part]);
}

function choiceLines(phrase: Choice, depth: number): SentenceLine[] {
  const branch = (text: string, part: Phrase): SentenceLine[] => {
    const [first, ...rest] = phraseLines(part, depth + 1);
    return [{ depth: depth + 1, text: `${text}${first?.text ?? ''}` }, ...rest];
  };
  return [
    { depth, text: 'both of these hold:' },
    ...branch(`where ${oneLine(phrase.test)}: `, phrase.yes),
    ...branch('everywhere else: ', phrase.no),
  ];
}
