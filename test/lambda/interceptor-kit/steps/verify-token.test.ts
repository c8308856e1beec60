import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, it } from 'vitest';
import { verifyToken } from '../../../../lambda/interceptor-kit/steps/verify-token';
import { requestEvent, tokenOf, toolCall, tryRequest } from '../../../../lambda/interceptor-kit/testing';
import type { JsonObject } from '../../../../lib/contract/json';
import { expectDenied, expectPassed } from '../expect-output';

const ISSUER = 'https://issuer.example';
const NOW = new Date('2026-11-20T10:00:00Z');
let keys: JsonObject[];
let sign: (claims: { [name: string]: unknown }, issuer?: string, expires?: string) => Promise<string>;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  keys = [{ ...((await exportJWK(publicKey)) as JsonObject), kid: 'k', alg: 'RS256' }];
  sign = (claims, issuer = ISSUER, expires = '2026-11-20T11:00:00Z') =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setSubject('ann')
      .setIssuer(issuer)
      .setExpirationTime(new Date(expires))
      .sign(privateKey);
});

async function attempt(token: string, options: object = {}) {
  const step = verifyToken({ issuer: ISSUER, jwksUri: 'https://issuer.example/jwks', ...options }, { keys });
  const event = requestEvent(toolCall('T___x'), { headers: { authorization: `Bearer ${token}` } });
  return tryRequest([step], event, { now: NOW });
}

describe('verify token', () => {
  it('lets a token of the issuer pass', async () => {
    expectPassed(await attempt(await sign({})));
    expectPassed(await attempt(await sign({ client_id: 'c', aud: 'a' }), { clients: ['c'], audience: ['a'] }));
  });

  it('denies everything else', async () => {
    const good = await sign({ client_id: 'c' });
    expectDenied(await attempt(tokenOf({ sub: 'ann', iss: ISSUER })), 'unauthenticated');
    expectDenied(await attempt(`${good.slice(0, -6)}AAAAAA`), 'unauthenticated');
    expectDenied(await attempt(await sign({}, 'https://other.example')), 'unauthenticated');
    expectDenied(await attempt(await sign({}, ISSUER, '2026-11-20T09:00:00Z')), 'unauthenticated');
    expectDenied(await attempt(good, { clients: ['d'] }), 'unauthenticated');
    expectDenied(await attempt(good, { audience: ['a'] }), 'unauthenticated');
    expectDenied(await attempt(good, { algorithms: ['ES256'] }), 'unauthenticated');
  });
});
