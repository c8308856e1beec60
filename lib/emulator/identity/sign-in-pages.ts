import type { HttpReply, HttpRequest } from '../http/exchange';
import type { Directory, LocalUser } from './users';

/** The sign-in page: one link per seeded user. */
export function signInPage(users: readonly LocalUser[], url: URL): HttpReply {
  const items = users.map((user) => {
    const link = new URL(url);
    link.searchParams.set('login_hint', user.username);
    const groups = user.groups.length === 0 ? '' : ` (${user.groups.join(', ')})`;
    return `<li><a href="${escapeHtml(link.pathname + link.search)}">${escapeHtml(user.username + groups)}</a></li>`;
  });
  return page(200, 'Sign in as', `<ul>${items.join('')}</ul>`);
}

/** Why a sign-in could not begin, and what to do. Cognito says the word only. */
export function signInErrorPage({ url }: HttpRequest, { clients }: Directory): HttpReply {
  const query = url.searchParams;
  const error = query.get('error') ?? 'invalid_request';
  const client = clients.get(query.get('client_id') ?? '');
  const lines = [
    `client_id: ${query.get('client_id') ?? 'none'}`,
    `redirect_uri: ${query.get('redirect_uri') ?? 'none'}`,
    ...advice(error, client === undefined ? undefined : (client.callbackUrls ?? []), [...clients.values()]),
  ];
  return page(400, error, lines.map((line) => `<p>${escapeHtml(line)}</p>`).join(''));
}

function advice(
  error: string,
  callbackUrls: readonly string[] | undefined,
  clients: readonly { readonly clientId: string; readonly flow: string }[],
): string[] {
  const ids = clients.filter(({ flow }) => flow === 'code').map(({ clientId }) => clientId);
  if (error === 'redirect_mismatch') {
    const registered = callbackUrls?.length ? callbackUrls.join(', ') : 'any on this machine';
    return [
      `The address is none of the client's callback URLs (${registered}). Add it to people.callbackUrls of Identity.cognito, letter by letter and with its port.`,
    ];
  }
  return ids.length === 0 ? [] : [`Clients for people: ${ids.join(', ')}.`];
}

/** No other page may show a sign-in in a frame of its own, and none of it runs or loads anything. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function page(status: number, title: string, content: string): HttpReply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    },
    body: `<!doctype html><html lang="en"><title>Sign in locally</title><h1>${escapeHtml(title)}</h1>${content}</html>`,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
