import { type HttpReply, type HttpRequest, jsonReply } from '../http/exchange';
import { authenticatedClient } from './client-authentication';
import type { IdentityProvider } from './provider';
import { type SignedIn, type SignIn, SignInError } from './sign-in';
import type { LocalClient } from './users';

/** Exchanges a code, a refresh token or client credentials for tokens. Source: Cognito developer guide, page token-endpoint. */
export async function tokenEndpoint(
  request: HttpRequest,
  signIn: SignIn,
  provider: IdentityProvider,
): Promise<HttpReply> {
  try {
    const form = formOf(request);
    return tokenReply(await grant(authenticatedClient(request, form, provider.directory), form, signIn));
  } catch (error) {
    if (error instanceof SignInError) return oauthError(error);
    // A failing trigger: the pool issues nothing, and tells no more than this.
    return oauthError(new SignInError('invalid_request', 'pre-token-generation trigger failed'));
  }
}

/** Ends a refresh token. Whether there was one is not told. Source: Cognito developer guide, page revocation-endpoint. */
export function revocationEndpoint(request: HttpRequest, signIn: SignIn, provider: IdentityProvider): HttpReply {
  try {
    const form = formOf(request);
    const client = authenticatedClient(request, form, provider.directory);
    signIn.revoke(required(form, 'token'), client);
    return { status: 200 };
  } catch (error) {
    if (error instanceof SignInError) return oauthError(error);
    throw error;
  }
}

async function grant(client: LocalClient, form: URLSearchParams, signIn: SignIn): Promise<SignedIn> {
  const type = required(form, 'grant_type');
  switch (type) {
    case 'client_credentials':
      return await signIn.machine(client, form.get('scope') ?? undefined);
    case 'authorization_code':
      return await signIn.redeem(client, {
        code: required(form, 'code'),
        redirectUri: required(form, 'redirect_uri'),
        verifier: form.get('code_verifier') ?? undefined,
      });
    case 'refresh_token':
      return await signIn.refresh(required(form, 'refresh_token'), client);
    default:
      throw new SignInError('unsupported_grant_type', `the grant type ${type} is not supported`);
  }
}

function formOf({ headers, body }: HttpRequest): URLSearchParams {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new SignInError('invalid_request', 'Content-Type must be application/x-www-form-urlencoded');
  }
  return new URLSearchParams(body);
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw new SignInError('invalid_request', `${name} is missing`);
  return value;
}

function oauthError({ error, message }: SignInError): HttpReply {
  return jsonReply({ error, error_description: message }, 400, { 'cache-control': 'no-store' });
}

function tokenReply({ accessToken, idToken, refreshToken, expiresIn }: SignedIn): HttpReply {
  const tokens = {
    ...(idToken === undefined ? {} : { id_token: idToken }),
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    expires_in: expiresIn,
    token_type: 'Bearer',
  };
  return jsonReply(tokens, 200, { 'cache-control': 'no-store' });
}
