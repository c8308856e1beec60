import { LOOPBACK_NAMES } from '../../contract/loopback';
import type { HttpReply, HttpRequest } from '../http/exchange';
import { IDENTITY_PATH } from '../http/paths';
import type { IdentityProvider } from './provider';
import { type SignIn, SignInError } from './sign-in';
import { signInPage } from './sign-in-pages';
import type { LocalClient } from './users';

/**
 * Lets the person choose a seeded user; `login_hint` chooses without asking. A request whose client or redirect address is wrong ends on
 * an error page, every other wrong one at the client. Source: Cognito developer guide, page authorization-endpoint.
 */
export function authorize({ url }: HttpRequest, signIn: SignIn, { directory }: IdentityProvider): HttpReply {
  const query = url.searchParams;
  const client = directory.clients.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (client === undefined) return errorPage('invalid_client', query);
  if (client.flow !== 'code') return errorPage('unauthorized_client', query);
  if (!isCallback(redirectUri, client)) return errorPage('redirect_mismatch', query);
  try {
    const challenge = challengeOf(query);
    const scopes = signIn.scopes(client, query.get('scope'));
    const chosen = query.get('login_hint');
    if (chosen === null) return signInPage([...directory.users.values()], url);
    const user = directory.users.get(chosen);
    if (user === undefined) return signInPage([...directory.users.values()], url);
    return backTo(redirectUri, query, { code: signIn.code({ user, client, scopes, redirectUri, challenge }) });
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    return backTo(redirectUri, query, { error: error.error, error_description: error.message });
  }
}

/** The challenge of PKCE, which is for the client to use or not. Only S256 is taken. */
function challengeOf(query: URLSearchParams): string | undefined {
  const responseType = query.get('response_type');
  if (responseType === 'token')
    throw new SignInError('unauthorized_client', 'the client may not use response_type=token');
  if (responseType !== 'code') throw new SignInError('invalid_request', 'response_type must be code');
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  if (challenge === null && method === null) return undefined;
  if (challenge === null || challenge === '') throw new SignInError('invalid_request', 'code_challenge is missing');
  if (method !== 'S256') throw new SignInError('invalid_request', 'code_challenge_method must be S256');
  return challenge;
}

/** Addresses are compared as texts. For a client that the app does not make, only addresses on this machine are known to be its own. */
function isCallback(uri: string, { callbackUrls }: LocalClient): boolean {
  if (callbackUrls !== undefined) return callbackUrls.includes(uri);
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  return (protocol === 'http:' || protocol === 'https:') && LOOPBACK_NAMES.includes(hostname);
}

function backTo(redirectUri: string, query: URLSearchParams, answer: { readonly [name: string]: string }): HttpReply {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { location: target.href } };
}

function errorPage(error: string, query: URLSearchParams): HttpReply {
  const kept = new URLSearchParams({ error });
  for (const name of ['client_id', 'redirect_uri']) {
    const value = query.get(name);
    if (value !== null) kept.set(name, value);
  }
  return { status: 302, headers: { location: `${IDENTITY_PATH}/error?${kept}` } };
}
