import { LOOPBACK_NAMES } from '../../contract/loopback';
import type { HttpHandler, HttpReply, HttpRequest } from '../http/exchange';
import { jsonReply } from '../http/exchange';
import { IDENTITY_PATH } from '../http/paths';
import { authorizePage } from './authorize-page';
import { cognitoApi } from './cognito-api';
import type { IdentityProvider } from './provider';
import { type SignedIn, SignIn, SignInError } from './sign-in';
import { LOCAL_PASSWORD } from './users';

/** The provider's HTTP paths. */
export function identityRoutes(provider: IdentityProvider, clock: () => Date): Map<string, HttpHandler> {
  const signIn = new SignIn(provider, clock);
  const discovery = (): HttpReply => jsonReply(discoveryDocument(provider.issuer));
  return new Map<string, HttpHandler>([
    [`GET ${IDENTITY_PATH}/.well-known/openid-configuration`, discovery],
    [`GET /.well-known/openid-configuration${IDENTITY_PATH}`, discovery],
    [`GET /.well-known/oauth-authorization-server${IDENTITY_PATH}`, discovery],
    [`GET ${IDENTITY_PATH}/.well-known/jwks.json`, () => jsonReply(provider.key.jwks)],
    [`POST ${IDENTITY_PATH}/oauth2/token`, (request) => tokenEndpoint(request, signIn)],
    [`GET ${IDENTITY_PATH}/oauth2/authorize`, (request) => authorize(request, signIn, provider)],
    [`POST ${IDENTITY_PATH}`, (request) => cognitoApi(request, signIn, provider)],
    [`POST ${IDENTITY_PATH}/`, (request) => cognitoApi(request, signIn, provider)],
  ]);
}

function discoveryDocument(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

async function tokenEndpoint(request: HttpRequest, signIn: SignIn): Promise<HttpReply> {
  const form = new URLSearchParams(request.body);
  const field = (name: string): string => form.get(name) ?? '';
  try {
    const { id, secret } = credentials(request, form);
    const client = signIn.client(id);
    switch (form.get('grant_type')) {
      case 'client_credentials':
        if (secret !== LOCAL_PASSWORD) throw new SignInError('invalid_client', 'wrong client secret');
        return tokenReply(await signIn.machine(client, form.get('scope') ?? undefined));
      case 'authorization_code':
        return tokenReply(
          await signIn.redeem(field('code'), field('code_verifier'), field('redirect_uri'), client.clientId),
        );
      case 'refresh_token':
        return tokenReply(await signIn.refresh(field('refresh_token'), client.clientId));
      default:
        throw new SignInError('unsupported_grant_type', 'this grant type is not supported');
    }
  } catch (error) {
    if (error instanceof SignInError) return jsonReply({ error: error.error, error_description: error.message }, 400);
    // A failing trigger: the pool issues nothing, and tells no more than this.
    return jsonReply({ error: 'invalid_request', error_description: 'pre-token-generation trigger failed' }, 400);
  }
}

function credentials(request: HttpRequest, form: URLSearchParams): { id: string | null; secret: string | null } {
  const basic = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (basic === undefined) return { id: form.get('client_id'), secret: form.get('client_secret') };
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':', 2);
  return { id: percentDecoded(id), secret: percentDecoded(secret) };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function tokenReply(tokens: SignedIn): HttpReply {
  return jsonReply(
    {
      access_token: tokens.accessToken,
      ...(tokens.idToken === undefined ? {} : { id_token: tokens.idToken }),
      ...(tokens.refreshToken === undefined ? {} : { refresh_token: tokens.refreshToken }),
      token_type: 'Bearer',
      expires_in: tokens.expiresIn,
      scope: tokens.scopes.join(' '),
    },
    200,
    { 'cache-control': 'no-store' },
  );
}

/** Lets the person choose a seeded user; `login_hint` chooses without asking. */
function authorize(request: HttpRequest, signIn: SignIn, provider: IdentityProvider): HttpReply {
  const query = request.url.searchParams;
  try {
    const client = signIn.client(query.get('client_id'));
    const redirect = loopbackRedirect(query.get('redirect_uri'));
    const challenge = query.get('code_challenge') ?? '';
    if (query.get('response_type') !== 'code' || challenge === '' || query.get('code_challenge_method') !== 'S256') {
      throw new SignInError('invalid_request', 'needs response_type=code and an S256 code challenge');
    }
    const scopes = signIn.scopes(client, query.get('scope'));
    const chosen = query.get('login_hint');
    if (chosen === null) return authorizePage([...provider.directory.users.values()], request.url);
    const code = signIn.code({
      user: signIn.user(chosen),
      client,
      scopes,
      redirectUri: query.get('redirect_uri') ?? '',
      challenge,
    });
    redirect.searchParams.set('code', code);
    const state = query.get('state');
    if (state !== null) redirect.searchParams.set('state', state);
    return { status: 302, headers: { location: redirect.href } };
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    return jsonReply({ error: error.error, error_description: error.message }, 400);
  }
}

/** Tokens of a laptop go to the laptop alone. */
function loopbackRedirect(uri: string | null): URL {
  const url = URL.canParse(uri ?? '') ? new URL(uri ?? '') : undefined;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !isWeb || !LOOPBACK_NAMES.includes(url.hostname)) {
    throw new SignInError('invalid_request', 'redirect_uri must be on this machine');
  }
  return url;
}
