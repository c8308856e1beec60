import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { IdentityManifest, PersonaManifest } from '../../../lib/contract/manifest';
import type { Emulator } from '../../../lib/emulator';
import { claimsOf as offlineClaims } from '../../../lib/policy/testing/run/persona-claims';
import { tests } from '../../policy/testing/fixture';
import { claimsManifest, ping } from '../fixture';
import { startClaimsApp } from '../start-claims-app';

/** As Keycloak writes its tokens. */
const CLAIMS = {
  sub: 'f:1:rita',
  preferred_username: 'rita',
  realm_access: { roles: ['adjuster'] },
  'https://example.com/level': 3,
  scope: 'profile claims/read',
};

function start(
  settings: Partial<IdentityManifest> = {},
  claims: PersonaManifest['claims'] = CLAIMS,
): Promise<Emulator> {
  const own: IdentityManifest = {
    ...claimsManifest().identity,
    kind: 'oidc',
    groups: [],
    clients: [],
    allowedClients: [],
  };
  return startClaimsApp(() => ({
    identity: { ...own, ...settings },
    local: { tables: [], personas: [{ username: 'rita', groups: [], attributes: {}, ...(claims && { claims }) }] },
  }));
}

/** A token's claims without those that every token has. */
async function claimsOf(emulator: Emulator): Promise<object> {
  const token = await emulator.token('rita');
  expect((await ping(emulator, token)).status).toBe(200);
  const { iss, iat, exp, ...others } = decodeJwt(token);
  expect([iss, typeof iat, Number(exp) - Number(iat)]).toEqual([`${emulator.url}/identity`, 'number', 3_600]);
  return others;
}

describe("tokens of an issuer of the team's own", () => {
  it('carry what the test user says, and nothing of Cognito', async () => {
    expect(await claimsOf(await start())).toEqual(CLAIMS);
  });

  it('have a subject always, the one of offline tests', async () => {
    const [rita] = tests('personas: { rita: {} }\ntests: []').personas;
    const offline = rita && offlineClaims(rita, { ...claimsManifest().identity, kind: 'oidc', clients: [] });
    expect(await claimsOf(await start({}, {}))).toEqual(offline);
    expect(offline).toEqual({ sub: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it("have what the gateway's settings demand", async () => {
    const emulator = await start(
      { allowedClients: ['agents'], allowedAudiences: ['api://claims'], allowedScopes: ['claims/read'] },
      { sub: 'rita' },
    );
    expect(await claimsOf(emulator)).toEqual({
      sub: 'rita',
      client_id: 'agents',
      aud: 'api://claims',
      scope: 'claims/read',
    });
  });

  it('say other things for one call when they are told to, and leave out what they are told to', async () => {
    const emulator = await start();
    const token = await emulator.tokenFor({ username: 'rita', claims: { realm_access: null, amr: ['pwd'] } });
    const { realm_access: none, amr, preferred_username: kept } = decodeJwt(token) as typeof CLAIMS & { amr: string[] };
    expect([none, amr, kept]).toEqual([undefined, ['pwd'], 'rita']);
  });
});

it('has a discovery document as most issuers have, at both places', async () => {
  const emulator = await start({ allowedClients: ['agents'] });
  for (const path of [
    '/identity/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server/identity',
  ]) {
    expect(await (await fetch(`${emulator.url}${path}`)).json()).toMatchObject({
      issuer: `${emulator.url}/identity`,
      code_challenge_methods_supported: ['S256'],
    });
  }
  expect(emulator.clients()).toEqual([{ name: 'agents', clientId: 'agents', flow: 'code', scopes: [] }]);
});
