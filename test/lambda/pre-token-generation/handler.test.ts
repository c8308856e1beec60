import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customizeToken } from '../../../lambda/pre-token-generation/handler';
import type { JsonObject } from '../../../lib/contract/json';
import type { PreTokenConfig } from '../../../lib/contract/pre-token-config';

const CONFIG: PreTokenConfig = {
  version: 1,
  claims: [
    {
      name: 'department',
      source: 'attribute',
      attribute: 'custom:department',
      machineValues: { nightly: 'finance' },
      multiValued: false,
    },
    { name: 'mail', source: 'attribute', attribute: 'email', multiValued: false },
    { name: 'role', source: 'groups', values: { admins: 'admin', users: 'user' }, multiValued: false },
    { name: 'teams', source: 'groups', values: { admins: 'ops', users: 'claims', all: 'claims' }, multiValued: true },
    { name: 'tier', source: 'client', values: { people: 'interactive', nightly: 'batch' }, multiValued: false },
  ],
  clients: ['nightly', 'people'],
  apiSignInScopes: ['claims/invoke'],
};

const NAMES = new Map([
  ['id-nightly', 'nightly'],
  ['id-people', 'people'],
]);
const clientNames = (id: string): Promise<string | undefined> => Promise.resolve(NAMES.get(id));

function userEvent(request: JsonObject, change: JsonObject = {}): JsonObject {
  return {
    version: '3',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_x',
    userName: 'alice',
    triggerSource: 'TokenGeneration_HostedAuth',
    callerContext: { awsSdkVersion: 'x', clientId: 'id-people' },
    request: { userAttributes: {}, groupConfiguration: { groupsToOverride: [] }, scopes: [], ...request },
    response: { claimsAndScopeOverrideDetails: null },
    ...change,
  };
}

function machineEvent(clientId: string, request: JsonObject = {}): JsonObject {
  const triggerSource = 'TokenGeneration_ClientCredentials';
  return { version: '3', triggerSource, callerContext: { clientId }, request, response: {} };
}

async function accessToken(event: unknown, config = CONFIG): Promise<{ claims: JsonObject; scopes: unknown }> {
  const { response } = await customizeToken(event, config, clientNames);
  const { accessTokenGeneration } = response.claimsAndScopeOverrideDetails;
  return { claims: accessTokenGeneration.claimsToAddOrOverride, scopes: accessTokenGeneration.scopesToAdd };
}

describe('the claims of a user', () => {
  // Covers identity.trigger-event
  it('come from attributes, groups and the client', async () => {
    const userAttributes = { sub: '1', 'custom:department': 'eu', email: 'a@example.com', email_verified: 'true' };
    const groupConfiguration = { groupsToOverride: ['users', 'admins', 'others'] };
    expect(await accessToken(userEvent({ userAttributes, groupConfiguration }))).toEqual({
      claims: { department: 'eu', mail: 'a@example.com', role: 'admin', teams: ['ops', 'claims'], tier: 'interactive' },
      scopes: undefined,
    });
  });

  it('are absent, not empty, where there is no value', async () => {
    const userAttributes = { 'custom:department': '' };
    expect((await accessToken(userEvent({ userAttributes }))).claims).toEqual({ tier: 'interactive' });
    expect((await accessToken(userEvent({ userAttributes: null, groupConfiguration: null }))).claims).toEqual({
      tier: 'interactive',
    });
  });

  it('hold no address that the pool has not verified', async () => {
    for (const email_verified of ['false', '', undefined]) {
      const userAttributes = { email: 'boss@example.com', ...(email_verified !== undefined && { email_verified }) };
      expect((await accessToken(userEvent({ userAttributes }))).claims).not.toHaveProperty('mail');
    }
  });

  it('never come from a value for machines', async () => {
    const event = userEvent({}, { callerContext: { clientId: 'id-nightly' } });
    expect((await accessToken(event)).claims).toEqual({ tier: 'batch' });
  });

  it('never come from what the caller can write', async () => {
    const clientMetadata = { department: 'finance', 'custom:department': 'finance', tier: 'root' };
    expect((await accessToken(userEvent({ clientMetadata }))).claims).toEqual({ tier: 'interactive' });
  });

  it('get scopes after a sign-in by API only', async () => {
    const scopesOf = async (triggerSource: string): Promise<unknown> =>
      (await accessToken(userEvent({}, { triggerSource }))).scopes;
    expect(await scopesOf('TokenGeneration_Authentication')).toEqual(['claims/invoke']);
    expect(await scopesOf('TokenGeneration_HostedAuth')).toBeUndefined();
    expect(await scopesOf('TokenGeneration_RefreshTokens')).toBeUndefined();
  });
});

describe('the claims of a machine', () => {
  it('come from the client, by its id', async () => {
    expect((await accessToken(machineEvent('id-nightly'))).claims).toEqual({ department: 'finance', tier: 'batch' });
    expect((await accessToken(machineEvent('id-of-somebody-else'))).claims).toEqual({});
  });

  it('never come from attributes and groups, whatever the event says', async () => {
    const request = {
      userAttributes: { 'custom:department': 'eu' },
      groupConfiguration: { groupsToOverride: ['admins'] },
    };
    expect((await accessToken(machineEvent('id-of-somebody-else', request))).claims).toEqual({});
  });
});

describe('no token at all', () => {
  it.each([
    ['an event of version 1', userEvent({}, { version: '1' })],
    ['an unknown source', userEvent({}, { triggerSource: 'TokenGeneration_Whatever' })],
    ['no source', userEvent({}, { triggerSource: null })],
    ['no client', userEvent({}, { callerContext: null })],
    ['no object', 'event'],
  ])('is issued for %s', async (_, event) => {
    await expect(customizeToken(event, CONFIG, clientNames)).rejects.toThrow(TypeError);
  });

  it('is issued while the ids of clients cannot be read', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('ParameterNotFound'));
    await expect(customizeToken(machineEvent('id-nightly'), CONFIG, failing)).rejects.toThrow('ParameterNotFound');
  });

  it('depends on the ids only where a claim does', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('ParameterNotFound'));
    const config = { ...CONFIG, claims: CONFIG.claims.slice(1, 4), clients: [] };
    await expect(customizeToken(userEvent({}), config, failing)).resolves.toBeDefined();
  });
});

describe('any event', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('', '__proto__', 'constructor', 'admins', 'users', 'toString'));
  const attributes = fc.dictionary(
    fc.oneof(text, fc.constantFrom('custom:department', 'email', 'email_verified')),
    fc.oneof(text, fc.constant('true'), fc.jsonValue()),
  );
  const event = fc.record(
    {
      version: fc.constantFrom('1', '2', '3', 3),
      triggerSource: fc.constantFrom(
        'TokenGeneration_HostedAuth',
        'TokenGeneration_RefreshTokens',
        'TokenGeneration_ClientCredentials',
        'PostConfirmation_ConfirmSignUp',
      ),
      callerContext: fc.oneof(
        fc.record({ clientId: fc.constantFrom('id-people', 'id-nightly', '__proto__') }),
        fc.jsonValue(),
      ),
      request: fc.oneof(
        fc.record(
          {
            userAttributes: fc.oneof(attributes, fc.jsonValue()),
            groupConfiguration: fc.oneof(
              fc.record({ groupsToOverride: fc.array(fc.oneof(text, fc.jsonValue())) }),
              fc.jsonValue(),
            ),
          },
          { requiredKeys: [] },
        ),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: [] },
  );

  it('yields only declared claims with declared or attribute values, or no token', async () => {
    const declared = new Set(CONFIG.claims.map((claim) => claim.name));
    await fc.assert(
      fc.asyncProperty(fc.oneof(event, fc.jsonValue()), async (input) => {
        const answer = await customizeToken(input, CONFIG, clientNames).catch((error: unknown) => error);
        if (answer instanceof Error) {
          expect(answer).toBeInstanceOf(TypeError);
          return;
        }
        const { response, record } = answer as Awaited<ReturnType<typeof customizeToken>>;
        const claims = response.claimsAndScopeOverrideDetails.accessTokenGeneration.claimsToAddOrOverride;
        for (const [name, value] of Object.entries(claims)) {
          expect(declared.has(name)).toBe(true);
          expect([null, '']).not.toContainEqual(value);
          expect(value).not.toEqual([]);
        }
        expect(record.claims).toEqual(Object.keys(claims));
        expect(Object.keys(response.claimsAndScopeOverrideDetails)).toEqual(['accessTokenGeneration']);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no attribute value in the log', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), async (value) => {
        const marked = `value<${value}>`;
        const userAttributes = { 'custom:department': marked, email: marked, email_verified: 'true' };
        const { record } = await customizeToken(userEvent({ userAttributes }), CONFIG, clientNames);
        expect(JSON.stringify(record)).not.toContain('value<');
      }),
      { numRuns: 50 },
    );
  });
});
