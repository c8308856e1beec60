/** Address at which only this machine listens. */
export const LOOPBACK = '127.0.0.1';

/** Names of this machine, as the host of an address. */
export const LOOPBACK_NAMES: readonly string[] = [LOOPBACK, 'localhost', '[::1]'];

/** TCP port of the emulator when nobody says otherwise. */
export const DEFAULT_PORT = 4100;
