/** How a subject is said to be something, and to be not. */
export interface Verb {
  readonly yes: string;
  readonly no: string;
  /** Before several things of which it is none: "is neither". @default - there is no such word */
  readonly neither?: string;
}

/** One thing that is said of one subject: "their claim `department` is "finance"". */
export interface Fact {
  readonly kind: 'fact';
  readonly subject: string;
  readonly verb: Verb;
  /** What follows the verb; several of them are joined by `join`. */
  readonly objects: readonly string[];
  readonly join: 'and' | 'or';
  /** Whether it also says that its subject is there, which the policy asks for apart. */
  readonly saysPresence: boolean;
}

/** What a condition of a policy says, before anybody decides how it is laid out. */
export type Phrase =
  | Fact
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Phrase[] }
  | { readonly kind: 'not'; readonly part: Phrase }
  | Choice;

/** What holds where a test does, and what holds everywhere else. */
export interface Choice {
  readonly kind: 'choice';
  readonly test: Phrase;
  readonly yes: Phrase;
  readonly no: Phrase;
}

export const IS: Verb = { yes: 'is', no: 'is not', neither: 'is neither' };
export const CONTAINS: Verb = { yes: 'contains', no: 'does not contain', neither: 'contains neither' };

/** A fact. */
export function fact(subject: string, verb: Verb, ...objects: readonly string[]): Fact {
  return { kind: 'fact', subject, verb, objects, join: 'or', saysPresence: false };
}

/** Phrases that hold together, or of which one holds. What is said twice of one subject is said once, with both objects. */
export function together(kind: 'all' | 'any', phrases: readonly Phrase[]): Phrase {
  const join = kind === 'all' ? 'and' : 'or';
  const parts: Phrase[] = [];
  for (const phrase of phrases.flatMap((one) => (one.kind === kind ? one.parts : [one]))) {
    const before = parts.at(-1);
    const merged = before && merge(before, phrase, join);
    if (merged === undefined) parts.push(phrase);
    else parts[parts.length - 1] = merged;
  }
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind, parts };
}

/** The opposite of a phrase. */
export function opposite(phrase: Phrase): Phrase {
  return phrase.kind === 'not' ? phrase.part : { kind: 'not', part: phrase };
}

function merge(one: Phrase, other: Phrase, join: Fact['join']): Fact | undefined {
  if (one.kind !== 'fact' || other.kind !== 'fact') return undefined;
  if (one.subject !== other.subject || one.verb !== other.verb || one.verb.neither === undefined) return undefined;
  if (join === 'and' && one.verb !== CONTAINS) return undefined;
  const fits = ({ objects, join: own }: Fact): boolean => objects.length === 1 || own === join;
  if (!fits(one) || !fits(other) || one.saysPresence !== other.saysPresence) return undefined;
  return { ...one, objects: [...one.objects, ...other.objects], join };
}
