import type { HttpRequest } from '../http/exchange';
import { SignInError } from './sign-in';
import { type Directory, LOCAL_PASSWORD, type LocalClient } from './users';

/**
 * The client of a request to the token endpoint: one with a secret proves it, in the header or the body; one without has none to send.
 * Throws `invalid_client`. Source: Cognito developer guide, page token-endpoint.
 */
export function authenticatedClient(request: HttpRequest, form: URLSearchParams, { clients }: Directory): LocalClient {
  const { id, secret } = credentialsOf(request, form);
  const client = clients.get(id);
  if (client === undefined) throw new SignInError('invalid_client', 'no such client');
  const expected = client.flow === 'client-credentials' ? LOCAL_PASSWORD : '';
  if (secret !== expected) {
    const reason = expected === '' ? 'the client has no secret, so none may be sent' : 'the client secret is wrong';
    throw new SignInError('invalid_client', reason);
  }
  return client;
}

function credentialsOf({ headers }: HttpRequest, form: URLSearchParams): { id: string; secret: string } {
  const basic = /^Basic (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (basic === undefined) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: percentDecoded(id), secret: percentDecoded(secret.join(':')) };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
