import { type HttpHandler, type HttpReply, type HttpRequest, jsonReply } from '../http/exchange';
import { IDENTITY_PATH } from '../http/paths';
import { authorize } from './authorize-endpoint';
import { cognitoApi } from './cognito-api';
import { cognitoDiscovery, issuerDiscovery } from './discovery';
import type { IdentityProvider } from './provider';
import { SignIn } from './sign-in';
import { signInErrorPage } from './sign-in-pages';
import { revocationEndpoint, tokenEndpoint } from './token-endpoint';
import type { Directory } from './users';

/** The provider's HTTP paths: those of a user pool and its domain, or of an issuer of the team's own. */
export function identityRoutes(provider: IdentityProvider, clock: () => Date): Map<string, HttpHandler> {
  const signIn = new SignIn(provider, clock);
  const { issuer, directory, key } = provider;
  return new Map<string, HttpHandler>([
    ...discoveryRoutes(provider),
    [`GET ${IDENTITY_PATH}/.well-known/jwks.json`, () => jsonReply(key.jwks)],
    [`GET ${IDENTITY_PATH}/oauth2/authorize`, (request) => authorize(request, signIn, provider)],
    [`GET ${IDENTITY_PATH}/error`, (request) => signInErrorPage(request, directory)],
    [`POST ${IDENTITY_PATH}/oauth2/token`, (request) => tokenEndpoint(request, signIn, provider)],
    [`POST ${IDENTITY_PATH}/oauth2/revoke`, (request) => revocationEndpoint(request, signIn, provider)],
    [`GET ${IDENTITY_PATH}/oauth2/userInfo`, async (request) => await userInfo(request, provider)],
    [`GET ${IDENTITY_PATH}/logout`, (request) => logout(request, directory)],
    ...['/register', `${IDENTITY_PATH}/register`].map((path): [string, HttpHandler] => [
      `POST ${path}`,
      () => noRegistration(directory),
    ]),
    [`POST ${IDENTITY_PATH}`, (request) => cognitoApi(request, signIn, provider)],
    [`POST ${IDENTITY_PATH}/`, (request) => cognitoApi(request, signIn, provider)],
  ]);

  function discoveryRoutes({ kind }: IdentityProvider): [string, HttpHandler][] {
    const document = (kind === 'oidc' ? issuerDiscovery : cognitoDiscovery)(issuer);
    const paths = [
      `${IDENTITY_PATH}/.well-known/openid-configuration`,
      // A user pool answers nothing at the places of RFC 8414.
      ...(kind === 'oidc' ? [`/.well-known/oauth-authorization-server${IDENTITY_PATH}`] : []),
    ];
    return paths.map((path) => [`GET ${path}`, () => jsonReply(document)]);
  }
}

/** The attributes of a user whose token has the scope `openid`. Source: Cognito developer guide, page userinfo-endpoint. */
async function userInfo({ headers }: HttpRequest, { key, directory }: IdentityProvider): Promise<HttpReply> {
  const token = /^Bearer ([^\s]+)$/i.exec(headers['authorization'] ?? '')?.[1] ?? '';
  const claims = await key.verify(token);
  const user = [...directory.users.values()].find(({ sub }) => sub === claims?.['sub']);
  const scope = claims?.['scope'];
  const scopes = typeof scope === 'string' ? scope.split(' ') : [];
  if (user === undefined || !scopes.includes('openid')) {
    return jsonReply({ error: 'invalid_token', error_description: 'Access token does not contain openid scope' }, 401, {
      'www-authenticate': 'error="invalid_token"',
    });
  }
  return jsonReply({ ...user.attributes, sub: user.sub, username: user.username });
}

/** There is no session to end: whoever signs in is asked each time. Source: Cognito developer guide, page logout-endpoint. */
function logout({ url }: HttpRequest, { clients }: Directory): HttpReply {
  const target = url.searchParams.get('logout_uri') ?? '';
  const registered = clients.get(url.searchParams.get('client_id') ?? '')?.logoutUrls ?? [];
  if (registered.includes(target)) return { status: 302, headers: { location: target } };
  return jsonReply({ error: 'invalid_request', error_description: 'logout_uri is none of the client' }, 400);
}

/** Neither Cognito nor the gateway registers clients: an agent's program is given the id of a client that the app makes. */
function noRegistration({ clients }: Directory): HttpReply {
  const ids = [...clients.values()].filter(({ flow }) => flow === 'code').map(({ clientId }) => clientId);
  const hint = ids.length === 0 ? '' : `: ${ids.join(', ')}`;
  const text = `clients are not registered dynamically, here as in Cognito: configure the client id of the app's client for people${hint}`;
  return jsonReply({ error: 'access_denied', error_description: text }, 403);
}
