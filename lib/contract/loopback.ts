/** Address at which only this machine listens. */
export const LOOPBACK = '127.0.0.1';

/** Names of this machine, as the host of an address. */
export const LOOPBACK_NAMES: readonly string[] = [LOOPBACK, 'localhost', '[::1]'];

/** TCP port of the emulator when nobody says otherwise. */
export const DEFAULT_PORT = 4100;

/** Whether a URL leads to this machine. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_NAMES.includes(new URL(url).hostname);
}
