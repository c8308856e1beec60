import { quote } from '../../contract/cedar-string';
import { LIMITS } from '../../contract/limits';
import { unboundStatement } from './unbound-statement';

/** A part of a sentence with the statement that the service made of it. */
export interface TranslatedPart {
  readonly fragment: string;
  /** Bound to the gateway. */
  readonly statement: string;
}

/** Words of a name. */
const NAME_MAX = 40;

/**
 * A policy file: the statement with the slot in the place of the gateway, so that it fits every stage, below the words that it was made of.
 * @param gatewayArn the gateway that the service made it for
 */
export function draftPolicy({ fragment, statement }: TranslatedPart, gatewayArn: string): string {
  const said = fragment.replace(/\s+/gu, ' ').trim();
  const description = Array.from(said).slice(0, LIMITS.policyDescriptionMaxLength).join('');
  return [
    '// Made of the sentence in the description by the service. Read it, and its tests, as if somebody else had written it.',
    `@description(${quote(description)})`,
    unboundStatement(statement.trim(), gatewayArn),
    '',
  ].join('\n');
}

/** A name for what a sentence says: its first words, with a number where others have the name. */
export function draftName(sentence: string, isTaken: (name: string) => boolean): string {
  const words = sentence.toLowerCase().match(/[a-z0-9]+/gu) ?? ['policy'];
  let name = words[0] ?? 'policy';
  for (const word of words.slice(1)) {
    if (name.length + word.length + 1 > NAME_MAX) break;
    name += `-${word}`;
  }
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? name.slice(0, NAME_MAX) : `${name.slice(0, NAME_MAX)}-${number}`;
    if (!isTaken(numbered)) return numbered;
  }
}
