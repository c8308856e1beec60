import { patternParts } from '../../../contract/cedar-string';

/** Literal runs and wildcards of a `like` pattern; neither two runs nor two wildcards stand beside each other. */
export type Pattern = readonly PatternPart[];
export type PatternPart = { readonly kind: 'wildcard' } | { readonly kind: 'run'; readonly text: string };

/** Pattern of the parts in Cedar's JSON form. */
export function patternOf(parts: readonly ('Wildcard' | { readonly Literal: string })[]): Pattern {
  const pattern: PatternPart[] = [];
  for (const part of parts) {
    const last = pattern.at(-1);
    if (part === 'Wildcard') {
      if (last?.kind !== 'wildcard') pattern.push({ kind: 'wildcard' });
    } else if (part.Literal === '') {
    } else if (last?.kind === 'run') pattern[pattern.length - 1] = { kind: 'run', text: last.text + part.Literal };
    else pattern.push({ kind: 'run', text: part.Literal });
  }
  return pattern;
}

/** Pattern of the literal behind `like`, with its quotes. */
export function patternOfLiteral(literal: string): Pattern {
  const [first = '', ...others] = patternParts(literal);
  return patternOf([{ Literal: first }, ...others.flatMap((Literal) => ['Wildcard' as const, { Literal }])]);
}

/** The only text that matches a pattern without wildcards; undefined if it has one. */
export function onlyMatch(pattern: Pattern): string | undefined {
  return pattern.some((part) => part.kind === 'wildcard') ? undefined : withWildcards(pattern, '');
}

/** The pattern with each wildcard replaced by a text. */
export function withWildcards(pattern: Pattern, filling: string): string {
  return pattern.map((part) => (part.kind === 'run' ? part.text : filling)).join('');
}

/** Whether a text matches: runs are found from the left, except a last one, which has to end the text. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  let at = 0;
  let floating = false;
  for (const [index, part] of pattern.entries()) {
    if (part.kind === 'wildcard') {
      floating = true;
      continue;
    }
    const isLast = index === pattern.length - 1;
    const found = !floating ? at : isLast ? text.length - part.text.length : text.indexOf(part.text, at);
    if (found < at || !text.startsWith(part.text, found)) return false;
    at = found + part.text.length;
    floating = false;
  }
  return floating || at === text.length;
}
