const SHOWN = 3;

/** Names in one phrase: `a`, `b`, `c` and 4 more. */
export function quotedNames(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
