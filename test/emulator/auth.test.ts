import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { IdentityManifest } from '../../lib/contract/manifest';
import type { Emulator } from '../../lib/emulator';
import { claimsManifest, ping, post } from './fixture';
import { startClaimsApp } from './start-claims-app';

let emulator: Emulator;

async function start(...parts: Parameters<typeof startClaimsApp>): Promise<void> {
  emulator = await startClaimsApp(...parts);
}

const identity = (parts: Partial<IdentityManifest>) => () => ({ identity: { ...claimsManifest().identity, ...parts } });

describe('inbound authorization', () => {
  it('takes a token of the local provider', async () => {
    await start();
    expect((await ping(emulator, await emulator.token('rita'))).status).toBe(200);
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
    expect((await ping(emulator, forged)).status).toBe(401);
    const [head, , signature] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ ...decodeJwt(token), 'cognito:groups': ['admins'] })).toString(
      'base64url',
    );
    expect((await ping(emulator, `${head}.${claims}.${signature}`)).status).toBe(401);
  });

  it('refuses a token from the second on that it expires, though it was good before', async () => {
    let now = new Date('2026-03-01T10:00:00Z');
    await start(undefined, { clock: () => now });
    const token = await emulator.token('rita');
    expect((await ping(emulator, token)).status).toBe(200);
    now = new Date('2026-03-01T10:59:59Z');
    expect((await ping(emulator, token)).status).toBe(200);
    now = new Date('2026-03-01T11:00:00Z');
    expect((await ping(emulator, token)).status).toBe(401);
  });

  // Covers assumed.claim-rule, assumed.other-issuer
  it.each([
    ['without expiry', { exp: null }, 401, 'Invalid Bearer token'],
    ['that is not yet good', { nbf: 4_000_000_000 }, 401, 'Invalid Bearer token'],
    ['without subject', { sub: null }, 401, 'Invalid Bearer token'],
    ['with a rounded number', { n: 2 ** 53 }, 401, "Claim 'n' has a number that the emulator cannot carry exactly"],
    ['of a client that is not allowed', { client_id: 'other' }, 401, "Claim 'client_id' value mismatch"],
    ['without client, as an ID token', { client_id: null }, 401, "Claim 'client_id' value mismatch"],
    ['of another issuer', { iss: 'https://elsewhere' }, 403, 'Insufficient scope'],
  ])('refuses a token %s', async (_, claims, status, message) => {
    await start();
    const answer = await ping(emulator, await emulator.tokenFor({ username: 'rita', claims }));
    expect([answer.status, answer.body.error.message]).toEqual([status, message]);
  });

  // Covers identity.token-check
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
        emulator,
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
      emulator,
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

  // Covers iam.calls, assumed.iam-callers
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
