/** Before what a forge would make a mention, a reference or a link of. */
const NOTHING = '&#8203;';

/**
 * One line of text in which no sign means anything to Markdown, and of which a forge makes no link, mention or reference of its own.
 */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~&-]/gu, '\\$&')
    .replace(/:(?=\/\/)|(?<=\bwww)\./giu, '\\$&')
    .replace(/@|#(?=\d)/gu, `$&${NOTHING}`);
}
