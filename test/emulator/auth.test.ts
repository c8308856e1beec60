import { createHash, randomBytes } from 'node:crypto';
import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayManifest, IdentityManifest } from '../../lib/contract/manifest';
import { type Emulator, type EmulatorOptions, LOCAL_PASSWORD } from '../../lib/emulator';
import { CLIENT, claimsApp, claimsManifest, FixtureApp, type HttpAnswer, MACHINE, post } from './fixture';

let app: FixtureApp;
let emulator: Emulator;

async function start(
  parts: (app: FixtureApp) => Partial<GatewayManifest> = () => ({}),
  options: EmulatorOptions = {},
): Promise<void> {
  app = new FixtureApp();
  emulator = await app.start(claimsApp(app, parts(app)), options);
}

afterEach(async () => {
  await emulator.stop();
  app.remove();
});

const identity = (parts: Partial<IdentityManifest>) => () => ({ identity: { ...claimsManifest().identity, ...parts } });
const ping = (token: string): Promise<HttpAnswer> =>
  post(emulator, 'ping', undefined, { authorization: `Bearer ${token}` });

describe('inbound authorization', () => {
  it('takes a token of the local provider', async () => {
    await start();
    expect((await ping(await emulator.token('rita'))).status).toBe(200);
  });

  it.each([
    ['no token', ''],
    ['something else than a bearer token', 'Basic cml0YTpyaXRh'],
    [
      'a SigV4 signature',
      'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/bedrock-agentcore/aws4_request, SignedHeaders=host, Signature=x',
    ],
    ['garbage', 'Bearer garbage'],
    ['garbage in three parts', 'Bearer a.b.c'],
    [
      'a token without algorithm',
      `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x"}').toString('base64url')}.`,
    ],
  ])('refuses %s', async (_, authorization) => {
    await start();
    const { status, headers, body } = await post(emulator, 'ping', undefined, { authorization });
    expect([status, body.error]).toEqual([401, { code: -32001, message: 'Invalid Bearer token' }]);
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it("refuses another key's signature, and a claim that was changed", async () => {
    await start();
    const token = await emulator.token('rita');
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await new SignJWT(decodeJwt(token))
      .setProtectedHeader({ alg: 'RS256', kid: 'local-1' })
      .sign(privateKey);
    expect((await ping(forged)).status).toBe(401);
    const [head, , signature] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ ...decodeJwt(token), 'cognito:groups': ['admins'] })).toString(
      'base64url',
    );
    expect((await ping(`${head}.${claims}.${signature}`)).status).toBe(401);
  });

  it('refuses a token from the second on that it expires, though it was good before', async () => {
    let now = new Date('2026-03-01T10:00:00Z');
    await start(undefined, { clock: () => now });
    const token = await emulator.token('rita');
    expect((await ping(token)).status).toBe(200);
    now = new Date('2026-03-01T10:59:59Z');
    expect((await ping(token)).status).toBe(200);
    now = new Date('2026-03-01T11:00:00Z');
    expect((await ping(token)).status).toBe(401);
  });

  it.each([
    ['without expiry', { exp: null }, 401, 'Invalid Bearer token'],
    ['that is not yet good', { nbf: 4_000_000_000 }, 401, 'Invalid Bearer token'],
    ['without subject', { sub: null }, 401, 'Invalid Bearer token'],
    ['of a client that is not allowed', { client_id: 'other' }, 401, "Claim 'client_id' value mismatch"],
    ['without client, as an ID token', { client_id: null }, 401, "Claim 'client_id' value mismatch"],
    ['of another issuer', { iss: 'https://elsewhere' }, 403, 'Insufficient scope'],
  ])('refuses a token %s', async (_, claims, status, message) => {
    await start();
    const answer = await ping(await emulator.tokenFor({ username: 'rita', claims }));
    expect([answer.status, answer.body.error.message]).toEqual([status, message]);
  });

  it('checks audience, scopes and custom claims, all that are configured', async () => {
    await start(
      identity({
        allowedClients: [],
        allowedAudiences: ['api'],
        allowedScopes: ['claims/read', 'claims/admin'],
        customClaims: [
          {
            InboundTokenClaimName: 'department',
            InboundTokenClaimValueType: 'STRING',
            AuthorizingClaimMatchValue: {
              ClaimMatchOperator: 'EQUALS',
              ClaimMatchValue: { MatchValueString: 'finance' },
            },
          },
          {
            inboundTokenClaimName: 'cognito:groups',
            inboundTokenClaimValueType: 'STRING_ARRAY',
            authorizingClaimMatchValue: {
              claimMatchOperator: 'CONTAINS_ANY',
              claimMatchValue: { matchValueStringList: ['readers', 'owners'] },
            },
          },
        ],
      }),
    );
    const answer = async (claims: object): Promise<[number, string | undefined]> => {
      const { status, body } = await ping(
        await emulator.tokenFor({ username: 'rita', claims: { department: 'finance', ...claims } }),
      );
      return [status, body.error?.message];
    };
    expect(await answer({})).toEqual([200, undefined]);
    expect(await answer({ aud: ['other', 'api'] })).toEqual([200, undefined]);
    expect(await answer({ aud: 'other' })).toEqual([401, "Claim 'aud' value mismatch"]);
    expect(await answer({ department: 'sales' })).toEqual([401, "Claim 'department' value mismatch"]);
    expect(await answer({ department: ['finance'] })).toEqual([401, "Claim 'department' value mismatch"]);
    expect(await answer({ 'cognito:groups': ['strangers'] })).toEqual([401, "Claim 'cognito:groups' value mismatch"]);
    expect(await answer({ 'cognito:groups': 'readers' })).toEqual([401, "Claim 'cognito:groups' value mismatch"]);
    expect(await answer({ scope: 'openid claims/reader' })).toEqual([403, 'Insufficient scope']);
    const { headers } = await ping(
      await emulator.tokenFor({ username: 'rita', claims: { department: 'finance', scope: 'openid' } }),
    );
    expect(headers.get('www-authenticate')).toBe(
      `Bearer error="insufficient_scope", scope="claims/read claims/admin", resource_metadata="${emulator.url}/.well-known/oauth-protected-resource"`,
    );
  });

  it('tells where to get a token', async () => {
    await start();
    const metadata = (await (await fetch(`${emulator.url}/.well-known/oauth-protected-resource`)).json()) as {
      resource: string;
      authorization_servers: string[];
    };
    expect(metadata).toMatchObject({ resource: emulator.mcpUrl, authorization_servers: [`${emulator.url}/identity`] });
    const discovery = (await (
      await fetch(`${metadata.authorization_servers[0]}/.well-known/openid-configuration`)
    ).json()) as { issuer: string; jwks_uri: string };
    expect(discovery.issuer).toBe(`${emulator.url}/identity`);
    expect(await (await fetch(discovery.jwks_uri)).json()).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256' }] });
  });

  it('of an IAM gateway knows callers by the access key that stands for their ARN', async () => {
    const arn = 'arn:aws:sts::000000000000:assumed-role/Agent';
    await start(() => ({
      identity: { ...claimsManifest().identity, kind: 'iam', authorization: 'iam' },
      local: { tables: [], personas: [{ username: arn, groups: [], attributes: {} }] },
    }));
    const sign = (key: string): string =>
      `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/bedrock-agentcore/aws4_request, SignedHeaders=host, Signature=x`;
    const key = `LOCAL${Buffer.from(arn).toString('hex').toUpperCase()}`;
    expect((await post(emulator, 'ping', undefined, { authorization: sign(key) })).status).toBe(200);
    expect((await post(emulator, 'ping', undefined, { authorization: sign('AKIAOTHER') })).status).toBe(403);
    expect((await post(emulator, 'ping', undefined)).status).toBe(403);
  });
});

describe('the identity provider', () => {
  const TRIGGER = `export const handler = async (event) => {
    if (event.userName === 'walt') throw new Error('not today');
    event.response = { claimsAndScopeOverrideDetails: {
      accessTokenGeneration: {
        claimsToAddOrOverride: { department: event.request.userAttributes?.department ?? 'machines', seen: event.triggerSource + '/' + event.version, sub: 'forged', iss: 'forged' },
        claimsToSuppress: ['scope'], scopesToAdd: ['extra/scope'],
      },
      groupOverrideDetails: { groupsToOverride: event.request.groupConfiguration ? [...event.request.groupConfiguration.groupsToOverride, 'added'] : [] },
    } };
    return event;
  };`;

  it("runs the application's trigger on every token, which cannot touch what is the provider's", async () => {
    await start((app) => ({
      identity: { ...claimsManifest().identity, preTokenGeneration: app.bundle('trigger', TRIGGER) },
    }));
    const claims = decodeJwt(await emulator.token('rita'));
    expect(claims).toMatchObject({
      department: 'finance',
      seen: 'TokenGeneration_HostedAuth/3',
      'cognito:groups': ['readers', 'added'],
      iss: `${emulator.url}/identity`,
      token_use: 'access',
      client_id: CLIENT,
      username: 'rita',
    });
    expect(claims.sub).not.toBe('forged');
    expect(claims).not.toHaveProperty('scope');
    expect(decodeJwt(await emulator.token('machine'))).toMatchObject({
      sub: MACHINE,
      department: 'machines',
      seen: 'TokenGeneration_ClientCredentials/3',
    });
    await expect(emulator.token('walt')).rejects.toThrow();
  });

  it('issues nothing through its endpoints either when the trigger fails', async () => {
    await start((app) => ({
      identity: {
        ...claimsManifest().identity,
        preTokenGeneration: app.bundle('trigger', `export const handler = async () => { throw new Error('x'); };`),
      },
    }));
    const response = await tokenRequest({
      grant_type: 'client_credentials',
      client_id: MACHINE,
      client_secret: LOCAL_PASSWORD,
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'pre-token-generation trigger failed' },
    ]);
    await expect(signInAs('rita', LOCAL_PASSWORD)).rejects.toMatchObject({ name: 'UserLambdaValidationException' });
  });

  it('gives machines a token for client credentials', async () => {
    await start();
    const good = await tokenRequest(
      { grant_type: 'client_credentials', scope: 'claims/read' },
      `${MACHINE}:${LOCAL_PASSWORD}`,
    );
    const { access_token: token } = (await good.json()) as { access_token: string };
    expect((await ping(token)).status).toBe(200);
    expect((await tokenRequest({ grant_type: 'client_credentials' }, `${MACHINE}:wrong`)).status).toBe(400);
    expect(
      (await tokenRequest({ grant_type: 'client_credentials', scope: 'claims/admin' }, `${MACHINE}:${LOCAL_PASSWORD}`))
        .status,
    ).toBe(400);
    expect((await tokenRequest({ grant_type: 'client_credentials' }, `${CLIENT}:${LOCAL_PASSWORD}`)).status).toBe(400);
    expect((await tokenRequest({ grant_type: 'password', client_id: CLIENT })).status).toBe(400);
  });

  it('gives people a token for an authorization code with PKCE, once', async () => {
    await start();
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const redirect = 'http://127.0.0.1:9999/callback';
    const ask = (extra: object): Promise<Response> => {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: CLIENT,
        redirect_uri: redirect,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        state: 's',
        ...extra,
      });
      return fetch(`${emulator.url}/identity/oauth2/authorize?${query}`, { redirect: 'manual' });
    };
    expect(await (await ask({})).text()).toContain('login_hint=rita');
    expect((await ask({ redirect_uri: 'https://evil.example/', login_hint: 'rita' })).status).toBe(400);
    expect((await ask({ code_challenge_method: 'plain', login_hint: 'rita' })).status).toBe(400);
    const back = new URL((await ask({ login_hint: 'rita' })).headers.get('location') ?? '');
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirect, 's']);
    const code = back.searchParams.get('code') ?? '';
    const redeem = (form: object): Promise<Response> =>
      tokenRequest({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirect,
        client_id: CLIENT,
        code_verifier: verifier,
        ...form,
      });
    const tokens = (await (await redeem({})).json()) as { access_token: string; refresh_token: string };
    expect((await ping(tokens.access_token)).status).toBe(200);
    expect((await redeem({})).status).toBe(400);
    const again =
      new URL((await ask({ login_hint: 'rita' })).headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect((await redeem({ code: again, code_verifier: 'wrong' })).status).toBe(400);
    const refreshed = await tokenRequest({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
      client_id: CLIENT,
    });
    expect((await ping(((await refreshed.json()) as { access_token: string }).access_token)).status).toBe(200);
  });

  it("answers the AWS SDK's Cognito client", async () => {
    await start();
    const { AuthenticationResult } = await signInAs('rita', LOCAL_PASSWORD);
    expect((await ping(AuthenticationResult?.AccessToken ?? '')).status).toBe(200);
    expect((await ping(AuthenticationResult?.IdToken ?? '')).body.error.message).toBe(
      "Claim 'client_id' value mismatch",
    );
    await expect(signInAs('rita', 'wrong')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(signInAs('nobody', LOCAL_PASSWORD)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    const admin = await cognito().send(
      new AdminInitiateAuthCommand({
        UserPoolId: 'us-east-1_local',
        ClientId: CLIENT,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'walt', PASSWORD: LOCAL_PASSWORD },
      }),
    );
    expect(decodeJwt(admin.AuthenticationResult?.AccessToken ?? '')['username']).toBe('walt');
    const described = await cognito().send(
      new DescribeUserPoolClientCommand({ UserPoolId: 'us-east-1_local', ClientId: MACHINE }),
    );
    expect(described.UserPoolClient?.ClientSecret).toBe(LOCAL_PASSWORD);
  });

  it('knows who is meant by a name that is nearly right', async () => {
    await start();
    await expect(emulator.token('ritta')).rejects.toThrow('did you mean `rita`');
  });
});

function cognito(): CognitoIdentityProviderClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new CognitoIdentityProviderClient({
    endpoint: `${emulator.url}/identity`,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  });
}

function signInAs(USERNAME: string, PASSWORD: string) {
  return cognito().send(
    new InitiateAuthCommand({
      ClientId: CLIENT,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD },
    }),
  );
}

function tokenRequest(form: object, basic?: string): Promise<Response> {
  const headers: Record<string, string> =
    basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` };
  return fetch(`${emulator.url}/identity/oauth2/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ ...form }),
  });
}
