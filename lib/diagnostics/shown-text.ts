/**
 * Signs that move a cursor, end a line, turn the direction of a text, or that nobody sees. Joiners are none: some scripts and emoji need them.
 */
const HIDDEN = /(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/gu;

/** The same, without the ends of lines and the tabs of a text that has several lines. A lone `\r` would write over what stands there. */
const HIDDEN_IN_LINES = /(?![\n\t\u200c\u200d]|\r\n)[\p{C}\p{Zl}\p{Zp}]/gu;

/** A text that somebody else chose, on one line, with escapes for what nobody would see. Within JSON they mean the same text. */
export function visible(text: string): string {
  return text.replace(HIDDEN, escapedSign);
}

/** Lines for a terminal or a log, in which nothing can be hidden, moved or written over. A leading `\r` is progress of ours. */
export function terminalText(text: string): string {
  const [lead, rest] = text.startsWith('\r') ? ['\r', text.slice(1)] : ['', text];
  return lead + rest.replace(HIDDEN_IN_LINES, escapedSign);
}

function escapedSign(sign: string): string {
  if (sign === '\n') return '\\n';
  const units = Array.from({ length: sign.length }, (_, index) => sign.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
