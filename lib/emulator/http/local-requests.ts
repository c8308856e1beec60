import type { Headers } from '../../contract/interceptor-payload';
import { LOOPBACK_NAMES } from '../../contract/loopback';

/**
 * Whether a request may be one from this machine. A page on another site can reach a loopback port through the browser, by
 * its own script (then Origin tells) or by a DNS name that it points here (then Host tells).
 */
export function isLocalRequest(headers: Headers, listeningOn: string): boolean {
  const names = [...LOOPBACK_NAMES, listeningOn];
  const host = headers['host'];
  const origin = headers['origin'];
  return (
    host !== undefined && names.includes(withoutPort(host)) && (origin === undefined || isLocalOrigin(origin, names))
  );
}

/** Whether a request comes from the emulator's own page, or from no page at all. */
export function isOwnRequest(headers: Headers): boolean {
  const origin = headers['origin'];
  return origin === undefined || origin === `http://${headers['host']}`;
}

function isLocalOrigin(origin: string, names: readonly string[]): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.protocol === 'http:' && names.includes(url.hostname);
}

function withoutPort(host: string): string {
  return host.toLowerCase().replace(/:[0-9]*$/, '');
}
