/** The beginning of a text, as a copy: a slice would keep the whole text in memory for as long as its beginning is kept. */
export function excerpt(text: string, length: number): string {
  return text.length <= length ? text : Buffer.from(text.slice(0, length), 'utf8').toString('utf8');
}

/** What stood in the way of a message, as records keep it: one line, not endless. */
export function reason(text: string): string {
  return excerpt(text.replace(/\s*\n\s*/g, ' '), 1_000);
}
