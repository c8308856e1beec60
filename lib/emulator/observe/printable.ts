/** Text for a terminal. Names and values come from tokens, messages and tools: nothing in them may move the cursor or hide what stands beside it. */
export function printable(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\n\t]/gu, '?');
}
