/** What an error says, and what it says of its cause: `fetch failed` alone tells nobody that a port is closed. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as { readonly code?: unknown }).code;
  const own = error.message !== '' ? error.message : typeof code === 'string' ? code : error.name;
  return error.cause === undefined ? own : `${own}: ${causeOf(error.cause)}`;
}
