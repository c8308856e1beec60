/**
 * The words of a command line: blanks part them, quotes hold them together, and nothing else has a meaning. No shell reads it.
 * Undefined where a quote does not end, or there is no word.
 */
export function commandWords(line: string): string[] | undefined {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const [word = ''] = /^(?:[^\s'"]|'[^']*'|"[^"]*")+/.exec(rest) ?? [];
    if (word === '') return undefined;
    words.push(word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''));
    const after = rest.slice(word.length);
    if (after !== '' && !/^\s/.test(after)) return undefined;
    rest = after.trim();
  }
  return words.length > 0 ? words : undefined;
}
