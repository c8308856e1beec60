import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { type Emulator, LOCAL_PASSWORD } from '../../../lib/emulator';
import { CLIENT, claimsManifest, MACHINE, ping } from '../fixture';
import { startClaimsApp } from '../start-claims-app';

let emulator: Emulator;

async function start(...parts: Parameters<typeof startClaimsApp>): Promise<void> {
  emulator = await startClaimsApp(...parts);
}

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

  // Covers identity.reserved-claims
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
    expect(claims['scope']).toBe('openid claims/read extra/scope');
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
    expect((await ping(emulator, token)).status).toBe(200);
    expect((await tokenRequest({ grant_type: 'client_credentials' }, `${MACHINE}:wrong`)).status).toBe(400);
    expect(
      (await tokenRequest({ grant_type: 'client_credentials', scope: 'claims/admin' }, `${MACHINE}:${LOCAL_PASSWORD}`))
        .status,
    ).toBe(400);
    expect((await tokenRequest({ grant_type: 'client_credentials' }, `${CLIENT}:${LOCAL_PASSWORD}`)).status).toBe(400);
    expect((await tokenRequest({ grant_type: 'password', client_id: CLIENT })).status).toBe(400);
  });

  it("answers the AWS SDK's Cognito client", async () => {
    await start();
    const { AuthenticationResult } = await signInAs('rita', LOCAL_PASSWORD);
    expect((await ping(emulator, AuthenticationResult?.AccessToken ?? '')).status).toBe(200);
    expect((await ping(emulator, AuthenticationResult?.IdToken ?? '')).body.error.message).toBe(
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
