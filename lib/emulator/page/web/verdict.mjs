// How a call ended, in a word.

/** The word, and the tone in which it is shown. */
export function verdictOf({ outcome, allowed, status, error, refusedBy, why }) {
  if (outcome === 'ALLOW' && refusedBy === undefined && why !== undefined) return { text: 'FAILED', tone: 'ERROR' };
  if (outcome !== undefined && refusedBy !== 'response') {
    const passes = allowed && outcome !== 'ALLOW';
    return { text: passes ? `${outcome}, let through` : outcome, tone: passes ? 'LOG_ONLY' : outcome };
  }
  if (refusedBy === 'request') return { text: 'DENY', tone: 'DENY' };
  if (status >= 400) return { text: `${status}`, tone: 'DENY' };
  return error === undefined ? { text: 'ok', tone: 'muted' } : { text: `error ${error}`, tone: 'DENY' };
}

/** A message of the protocol that says nothing about tools, and went well. */
export function isNoise({ method, status, error, refusedBy }) {
  return method !== 'tools/call' && status < 400 && error === undefined && refusedBy === undefined;
}
