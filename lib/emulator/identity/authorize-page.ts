import type { HttpReply } from '../http/exchange';
import type { LocalUser } from './users';

/** The sign-in page: one link per seeded user. */
export function authorizePage(users: readonly LocalUser[], url: URL): HttpReply {
  const items = users.map((user) => {
    const link = new URL(url);
    link.searchParams.set('login_hint', user.username);
    const groups = user.groups.length === 0 ? '' : ` (${user.groups.join(', ')})`;
    return `<li><a href="${escapeHtml(link.pathname + link.search)}">${escapeHtml(user.username + groups)}</a></li>`;
  });
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" },
    body: `<!doctype html><html lang="en"><title>Sign in locally</title><h1>Sign in as</h1><ul>${items.join('')}</ul></html>`,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
