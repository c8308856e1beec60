import type { IncomingHttpHeaders } from 'node:http';
import { LOOPBACK_NAMES } from '../../contract/loopback';
import { headerOf } from './exchange';

/**
 * Whether a request may be one from this machine. A page on another site can reach a loopback port through the browser, by
 * its own script (then Origin tells) or by a DNS name that it points here (then Host tells).
 */
export function isLocalRequest(headers: IncomingHttpHeaders, listeningOn: string): boolean {
  const names = [...LOOPBACK_NAMES, listeningOn];
  const host = headerOf(headers, 'host');
  const origin = headerOf(headers, 'origin');
  return (
    host !== undefined && names.includes(withoutPort(host)) && (origin === undefined || isLocalOrigin(origin, names))
  );
}

/** Whether a request comes from the emulator's own page, or from no page at all. */
export function isOwnRequest(headers: IncomingHttpHeaders): boolean {
  const origin = headerOf(headers, 'origin');
  return origin === undefined || origin === `http://${headerOf(headers, 'host')}`;
}

function isLocalOrigin(origin: string, names: readonly string[]): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.protocol === 'http:' && names.includes(url.hostname);
}

function withoutPort(host: string): string {
  return host.toLowerCase().replace(/:[0-9]*$/, '');
}
