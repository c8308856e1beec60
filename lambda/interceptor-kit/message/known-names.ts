/**
 * Methods of clients that pass. Any other is refused: no step could tell what it does. `tasks/result` is none of them, because it hands out
 * results of tools that steps could not tell from anything else.
 *
 * Source: MCP specification, schema of 2025-11-25, ClientRequest and ClientNotification; `server/discover` of 2026-07-28.
 */
export const KNOWN_METHODS: ReadonlySet<string> = new Set([
  'initialize',
  'server/discover',
  'ping',
  'tools/list',
  'tools/call',
  'prompts/list',
  'prompts/get',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'completion/complete',
  'logging/setLevel',
  'tasks/get',
  'tasks/list',
  'tasks/cancel',
  'notifications/initialized',
  'notifications/cancelled',
  'notifications/progress',
  'notifications/tasks/status',
  'notifications/roots/list_changed',
]);

/** Members of a message and of its parameters that somebody reads. */
const READ_MEMBERS: ReadonlySet<string> = new Set([
  ...['jsonrpc', 'id', 'method', 'params', 'result', 'error'],
  ...['name', 'arguments', 'uri', 'ref', 'argument', '_meta', 'task', 'cursor'],
]);

/** Control, format and private characters, lone surrogates, and separators of lines: nobody sees them, and some readers drop them. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** Whether a text has characters that nobody sees. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/**
 * Whether a name is another spelling of a member that somebody reads: in another case, with blanks or characters that nobody sees, or with
 * letters of another width. A reader that folds them would take its value, which no step has looked at.
 */
export function isLookalike(name: string): boolean {
  if (READ_MEMBERS.has(name) || name.length > 64) return false;
  const folded = name
    .normalize('NFKC')
    .replace(/[\p{C}\p{Z}\s]/gu, '')
    .toLowerCase();
  return READ_MEMBERS.has(folded);
}
