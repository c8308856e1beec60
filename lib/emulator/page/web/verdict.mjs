// How a call ended, in a word.
import { h, prose } from './dom.mjs';

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

/** The word, and what it is owed to. */
export function reasonOf(record) {
  const { text, tone } = verdictOf(record);
  const by = record.determining.length > 0 && ` by ${record.determining.map((id) => `\`${id}\``).join(', ')}`;
  const why = record.why === undefined ? by : `: ${record.why}`;
  return h('p', { className: `reason ${tone}` }, h('strong', {}, text), ...(why ? prose(why) : []));
}
