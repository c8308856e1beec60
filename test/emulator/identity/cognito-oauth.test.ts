import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, LOCAL_PASSWORD } from '../../../lib/emulator';
import { CALLBACK, CLIENT, MACHINE, ping } from '../fixture';
import { startClaimsApp } from '../start-claims-app';

let emulator: Emulator;
let issuer: string;

beforeEach(async () => {
  emulator = await startClaimsApp();
  issuer = `${emulator.url}/identity`;
});

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

type Fields = { readonly [name: string]: string | undefined };

function given(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

const REQUEST: Fields = {
  response_type: 'code',
  client_id: CLIENT,
  redirect_uri: CALLBACK,
  code_challenge: challenge,
  code_challenge_method: 'S256',
  state: 's',
  login_hint: 'rita',
};

function authorize(changes: Fields = {}): Promise<Response> {
  const query = new URLSearchParams(given({ ...REQUEST, ...changes }));
  return fetch(`${issuer}/oauth2/authorize?${query}`, { redirect: 'manual' });
}

/** Where a request to sign in sends the browser: path, and the members of the query that matter. */
async function sentTo(changes: Fields): Promise<object> {
  const location = new URL((await authorize(changes)).headers.get('location') ?? '', emulator.url);
  const { code, error_description: _, ...query } = Object.fromEntries(location.searchParams);
  return {
    to: location.origin === emulator.url ? location.pathname : `${location.origin}${location.pathname}`,
    ...query,
    ...(code && { code: 'a code' }),
  };
}

async function code(changes: Fields = {}): Promise<string> {
  return new URL((await authorize(changes)).headers.get('location') ?? '').searchParams.get('code') ?? '';
}

function token(form: Fields, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${issuer}/oauth2/token`, { method: 'POST', headers, body: new URLSearchParams(given(form)) });
}

async function redeem(changes: Fields = {}): Promise<Response> {
  return await token({
    grant_type: 'authorization_code',
    code: changes['code'] ?? (await code()),
    redirect_uri: CALLBACK,
    client_id: CLIENT,
    code_verifier: verifier,
    ...changes,
  });
}

const basic = (id: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

describe('discovery', () => {
  // Covers identity.discovery
  it('is the document of a user pool, member for member', async () => {
    const document = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as object;
    expect(Object.keys(document).sort()).toEqual([
      'authorization_endpoint',
      'end_session_endpoint',
      'id_token_signing_alg_values_supported',
      'issuer',
      'jwks_uri',
      'response_types_supported',
      'revocation_endpoint',
      'scopes_supported',
      'subject_types_supported',
      'token_endpoint',
      'token_endpoint_auth_methods_supported',
      'userinfo_endpoint',
    ]);
  });

  // Covers identity.resource-metadata
  it('of the gateway names the issuer, and is at one path', async () => {
    const document = await (await fetch(`${emulator.url}/.well-known/oauth-protected-resource`)).json();
    expect(document).toEqual({ authorization_servers: [issuer], resource: emulator.mcpUrl, scopes_supported: [] });
  });

  it.each([
    '/.well-known/oauth-protected-resource/mcp',
    '/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/identity',
    '/.well-known/openid-configuration/identity',
    '/identity/.well-known/oauth-authorization-server',
  ])('is not at %s, as on AgentCore and Cognito', async (path) => {
    expect((await fetch(`${emulator.url}${path}`)).status).toBe(404);
  });

  it.each(['/register', '/identity/register'])('refuses registration at %s, and names the client', async (path) => {
    const response = await fetch(`${emulator.url}${path}`, {
      method: 'POST',
      body: JSON.stringify({ redirect_uris: [CALLBACK] }),
    });
    const { error_description: text } = (await response.json()) as { error_description: string };
    expect([response.status, text]).toEqual([
      403,
      expect.stringContaining(`client id of the app's client for people: ${CLIENT}`),
    ]);
    expect(text).not.toContain(MACHINE);
  });
});

describe('the authorize endpoint', () => {
  it('lets the person choose, in no frame', async () => {
    const response = await authorize({ login_hint: undefined });
    expect(await response.text()).toContain('login_hint=rita');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  });

  it.each<[string, Fields]>([
    ['with PKCE', {}],
    ['without PKCE, which is for the client to use', { code_challenge: undefined, code_challenge_method: undefined }],
    ['with a scope of the client', { scope: 'openid claims/read' }],
    ['with the resource that MCP clients name', { resource: 'http://127.0.0.1/mcp' }],
  ])('gives a code %s', async (_, changes) => {
    expect(await sentTo(changes)).toEqual({ to: CALLBACK, code: 'a code', state: 's' });
  });

  // Covers identity.authorize-endpoint
  it.each<[string, Fields, string]>([
    ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
    ['a client for machines', { client_id: MACHINE }, 'unauthorized_client'],
    ['no redirect address', { redirect_uri: undefined }, 'redirect_mismatch'],
    ['another port', { redirect_uri: 'http://127.0.0.1:9998/callback' }, 'redirect_mismatch'],
    ['another name of this machine', { redirect_uri: 'http://localhost:9999/callback' }, 'redirect_mismatch'],
    ['another path', { redirect_uri: `${CALLBACK}/` }, 'redirect_mismatch'],
    ['a query that is not registered', { redirect_uri: `${CALLBACK}?a=b` }, 'redirect_mismatch'],
    ['another site', { redirect_uri: 'https://evil.example/' }, 'redirect_mismatch'],
    ['a script', { redirect_uri: 'javascript://localhost/%0aalert(1)' }, 'redirect_mismatch'],
  ])('keeps the browser, for %s', async (_, changes, error) => {
    expect(await sentTo(changes)).toMatchObject({ to: '/identity/error', error });
  });

  // Covers identity.authorize-endpoint
  it.each<[string, Fields, string]>([
    ['no response type', { response_type: undefined }, 'invalid_request'],
    ['an unknown response type', { response_type: 'id_token' }, 'invalid_request'],
    ['the implicit flow', { response_type: 'token' }, 'unauthorized_client'],
    ['a challenge without method', { code_challenge_method: undefined }, 'invalid_request'],
    ['a method without challenge', { code_challenge: undefined }, 'invalid_request'],
    ['the method plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a scope of others', { scope: 'claims/admin' }, 'invalid_scope'],
    ["a scope of users' attributes that the client has not", { scope: 'phone' }, 'invalid_scope'],
  ])('tells the client, for %s', async (_, changes, error) => {
    expect(await sentTo(changes)).toEqual({ to: CALLBACK, error, state: 's' });
  });

  it('says on its error page what to configure', async () => {
    const location = (await authorize({ redirect_uri: 'http://localhost:3334/<b>' })).headers.get('location') ?? '';
    const page = await fetch(new URL(location, emulator.url));
    const text = await page.text();
    expect([page.status, text]).toEqual([
      400,
      expect.stringContaining('Add it to people.callbackUrls of Identity.cognito'),
    ]);
    expect(text).toContain(CALLBACK);
    expect(text).not.toContain('<b>');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

describe('the token endpoint', () => {
  // Covers identity.token-endpoint
  it('exchanges a code once, and refreshes without a new refresh token', async () => {
    const once = await code();
    const response = await redeem({ code: once });
    const tokens = (await response.json()) as { access_token: string; refresh_token: string };
    expect(Object.keys(tokens).sort()).toEqual([
      'access_token',
      'expires_in',
      'id_token',
      'refresh_token',
      'token_type',
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await ping(emulator, tokens.access_token)).status).toBe(200);
    expect(await (await redeem({ code: once })).json()).toMatchObject({ error: 'invalid_grant' });
    const refresh: Fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: CLIENT };
    expect(Object.keys((await (await token(refresh)).json()) as object)).not.toContain('refresh_token');
    const revoke = { method: 'POST', body: new URLSearchParams({ token: tokens.refresh_token, client_id: CLIENT }) };
    expect((await fetch(`${issuer}/oauth2/revoke`, revoke)).status).toBe(200);
    expect(await (await token(refresh)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  // Covers identity.token-endpoint
  it('takes the secret of a machine in the header and in the body', async () => {
    const form: Fields = { grant_type: 'client_credentials', scope: 'claims/read' };
    const inHeader = (await (await token(form, basic(MACHINE, LOCAL_PASSWORD))).json()) as { access_token: string };
    expect(decodeJwt(inHeader.access_token)).toMatchObject({ sub: MACHINE, scope: 'claims/read' });
    const inBody = await token({ ...form, client_id: MACHINE, client_secret: LOCAL_PASSWORD });
    expect([inBody.status, Object.keys((await inBody.json()) as object).sort()]).toEqual([
      200,
      ['access_token', 'expires_in', 'token_type'],
    ]);
  });

  it('exchanges a code that was asked for without PKCE, and gives no id token without the scope openid', async () => {
    const plain = await code({ code_challenge: undefined, code_challenge_method: undefined, scope: 'claims/read' });
    const tokens = (await (await redeem({ code: plain, code_verifier: undefined })).json()) as object;
    expect(Object.keys(tokens)).not.toContain('id_token');
  });

  // Covers assumed.code-redirect
  it.each<[string, Fields, string]>([
    ['another verifier', { code_verifier: 'wrong' }, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 'invalid_grant'],
    ['another redirect address', { redirect_uri: 'http://127.0.0.1:9999/' }, 'invalid_grant'],
    ['an unknown code', { code: 'x' }, 'invalid_grant'],
    ['no code', { code: '' }, 'invalid_request'],
    ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
    ['no client', { client_id: undefined }, 'invalid_client'],
    ['a secret of a client that has none', { client_secret: LOCAL_PASSWORD }, 'invalid_client'],
    ['a client for machines', { client_id: MACHINE, client_secret: LOCAL_PASSWORD }, 'unauthorized_client'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['no grant type', { grant_type: undefined }, 'invalid_request'],
    ['client credentials of a client for people', { grant_type: 'client_credentials' }, 'unauthorized_client'],
    ['a refresh token of nobody', { grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
  ])('refuses %s', async (_, changes, error) => {
    const response = await redeem(changes);
    expect([response.status, await response.json()]).toEqual([400, { error, error_description: expect.any(String) }]);
  });

  it.each([
    ['a wrong secret', basic(MACHINE, 'wrong')],
    ['no secret', basic(MACHINE, '')],
  ])('refuses a machine with %s', async (_, headers) => {
    expect(await (await token({ grant_type: 'client_credentials' }, headers)).json()).toMatchObject({
      error: 'invalid_client',
    });
  });

  it('reads forms only', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${issuer}/oauth2/token`, { method: 'POST', headers, body: '{}' });
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });
});

describe("the pool's other endpoints", () => {
  // Covers identity.other-endpoints
  it('tell about the user of a token with the scope openid', async () => {
    const userInfo = (bearer: string): Promise<Response> =>
      fetch(`${issuer}/oauth2/userInfo`, { headers: { authorization: `Bearer ${bearer}` } });
    const { access_token: good } = (await (await redeem({ code: await code({ scope: 'openid' }) })).json()) as {
      access_token: string;
    };
    expect(await (await userInfo(good)).json()).toMatchObject({ username: 'rita', department: 'finance' });
    const { access_token: other } = (await (await redeem({ code: await code({ scope: 'claims/read' }) })).json()) as {
      access_token: string;
    };
    expect([(await userInfo(other)).status, (await userInfo('x')).status]).toEqual([401, 401]);
  });

  // Covers identity.other-endpoints
  it('sign out to registered addresses alone', async () => {
    const logout = (uri: string): Promise<Response> =>
      fetch(`${issuer}/logout?${new URLSearchParams({ client_id: CLIENT, logout_uri: uri })}`, { redirect: 'manual' });
    expect((await logout('http://localhost:6274/')).headers.get('location')).toBe('http://localhost:6274/');
    expect((await logout('https://evil.example/')).status).toBe(400);
  });
});
