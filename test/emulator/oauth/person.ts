import type { Emulator } from '../../../lib/emulator';

/**
 * Does what a person does in the browser: opens the address that a client shows, signs in as a user, and lets the browser go where it is
 * sent. Returns that address, which holds the code.
 */
export async function signIn(address: string | URL, username: string): Promise<URL> {
  const url = new URL(address);
  const page = await (await fetch(url)).text();
  const [, link = ''] = new RegExp(`href="([^"]*login_hint=${username}[^"]*)"`).exec(page) ?? [];
  const target = new URL(link.replaceAll('&#38;', '&'), url);
  const sent = await fetch(target, { redirect: 'manual' });
  return new URL(sent.headers.get('location') ?? 'about:blank');
}

/** The id of the client for people, as the emulator prints it. */
export function peopleClient(emulator: Emulator): string {
  return emulator.clients().find(({ flow }) => flow === 'code')?.clientId ?? '';
}
