import type { Fact, Phrase } from './phrase';
import { listed } from './quoted';

/** A phrase in one line, with brackets wherever it could be read in two ways. */
export function oneLine(phrase: Phrase): string {
  switch (phrase.kind) {
    case 'fact':
      return factText(phrase);
    case 'all':
      return joined(phrase.parts, ' and ');
    case 'any':
      return joined(phrase.parts, ' or ');
    case 'not':
      return negated(phrase.part);
    default:
      return `(if ${oneLine(phrase.test)}, then ${oneLine(phrase.yes)}, otherwise ${oneLine(phrase.no)})`;
  }
}

/** Whether a phrase can be read in two ways beside others. */
export function isSeveral(phrase: Phrase): boolean {
  if (phrase.kind === 'fact') return phrase.objects.length > 1;
  return phrase.kind === 'all' || phrase.kind === 'any' || (phrase.kind === 'not' && isSeveral(phrase.part));
}

/** The subject of the fact before is not said again: "the argument `group` is given and is not "a"". */
function joined(parts: readonly Phrase[], word: string): string {
  return parts
    .map((part, index) => {
      const before = parts[index - 1];
      const said = bracketed(part);
      const subject = before && subjectOf(before);
      return subject !== undefined && subject === subjectOf(part) ? said.slice(subject.length + 1) : said;
    })
    .join(word);
}

/** The subject that a phrase starts with, if it starts with one. */
function subjectOf(phrase: Phrase): string | undefined {
  const said = phrase.kind === 'not' ? phrase.part : phrase;
  if (said.kind !== 'fact' || isSeveral(said)) return undefined;
  return phrase.kind === 'not' && said.saysPresence ? undefined : said.subject;
}

function bracketed(phrase: Phrase): string {
  return isSeveral(phrase) && phrase.kind !== 'not' ? `(${oneLine(phrase)})` : oneLine(phrase);
}

function negated(part: Phrase): string {
  if (part.kind !== 'fact') return `not (${oneLine(part)})`;
  const { subject, verb, objects, join, saysPresence } = part;
  if (saysPresence || (objects.length > 1 && (join === 'and' || verb.neither === undefined)))
    return `not (${factText(part)})`;
  const said = objects.length > 1 ? [verb.neither ?? verb.no, listed(objects, 'nor')] : [verb.no, ...objects];
  return [subject, ...said].join(' ');
}

function factText({ subject, verb, objects, join }: Fact): string {
  return [subject, verb.yes, ...(objects.length === 0 ? [] : [listed(objects, join)])].join(' ');
}
