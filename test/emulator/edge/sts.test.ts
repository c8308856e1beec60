import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { RoleSessions } from '../../../lib/emulator/edge/role-sessions';
import { type Edge, startEdge } from '../../../lib/emulator/edge/start-edge';

const TOOL_ROLE: JsonValue = { 'Fn::GetAtt': ['ToolRole', 'Arn'] };
const PROVIDER = 'arn:aws:iam::000000000000:oidc-provider/cognito-idp.us-east-1.amazonaws.com/us-east-1_pool';
const AUDIENCE = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_pool:aud';

function allow(Principal: JsonValue, Action: JsonValue, Condition?: JsonValue): JsonObject {
  return { Effect: 'Allow', Principal, Action, ...(Condition === undefined ? {} : { Condition }) };
}

/** Trust policies by the logical ids of their roles. */
const TRUST: { readonly [role: string]: readonly JsonObject[] | undefined } = {
  Tagged: [
    allow({ AWS: TOOL_ROLE }, 'sts:AssumeRole', { StringEquals: { 'aws:RequestTag/caller_role': 'adjusters' } }),
    allow({ AWS: TOOL_ROLE }, 'sts:TagSession'),
  ],
  Untaggable: [allow({ AWS: TOOL_ROLE }, 'sts:AssumeRole')],
  Account: [
    allow({ AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::000000000000:root']] } }, 'sts:*'),
  ],
  Service: [allow({ Service: 'lambda.amazonaws.com' }, 'sts:AssumeRole')],
  Denied: [
    allow({ AWS: '*' }, ['sts:AssumeRole', 'sts:TagSession']),
    {
      ...allow({ AWS: '*' }, 'sts:AssumeRole', { StringLike: { 'sts:RoleSessionName': 'intruder*' } }),
      Effect: 'Deny',
    },
  ],
  Keys: [
    allow({ AWS: TOOL_ROLE }, ['sts:AssumeRole', 'sts:TagSession'], {
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['user', 'group'] },
      StringNotEquals: { 'aws:RequestTag/user': 'root' },
    }),
  ],
  Unknown: [allow({ AWS: TOOL_ROLE }, 'sts:AssumeRole', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })],
  Web: [allow({ Federated: PROVIDER }, 'sts:AssumeRoleWithWebIdentity', { StringEquals: { [AUDIENCE]: 'agents' } })],
  Foreign: undefined,
};

let edge: Edge;

beforeAll(async () => {
  edge = await startEdge({
    secrets: new Map(),
    local: {
      tables: [],
      personas: [],
      sql: {
        database: 'd',
        tables: [],
        roles: Object.entries(TRUST).map(([logicalId, Statement]) => ({
          logicalId,
          grants: [],
          ...(Statement && { trustPolicy: { Version: '2012-10-17', Statement: [...Statement] } }),
        })),
      },
    },
    directory: '.',
    resolve: (value) =>
      typeof value === 'string'
        ? value
        : 'Fn::GetAtt' in (value as object)
          ? 'ToolRole'
          : 'arn:aws:iam::000000000000:root',
    sessions: new RoleSessions(),
    functionRoles: new Map([
      ['FUNCTIONtool', 'ToolRole'],
      ['FUNCTIONother', 'OtherRole'],
    ]),
    verifyToken: async (token) => (token.startsWith('{') ? JSON.parse(token) : undefined),
  });
});

afterAll(() => edge.stop());

function client(accessKeyId: string): STSClient {
  return new STSClient({
    region: 'us-east-1',
    endpoint: edge.environment['AWS_ENDPOINT_URL_STS'] ?? '',
    credentials: { accessKeyId, secretAccessKey: 'local' },
  });
}

const arn = (role: string): string => `arn:aws:iam::000000000000:role/${role}`;

async function assume(
  role: string,
  { by = 'FUNCTIONtool', tags = {}, name = 'session' }: { by?: string; tags?: Record<string, string>; name?: string },
): Promise<string> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const input = { RoleArn: arn(role), RoleSessionName: name, ...(Tags.length > 0 && { Tags }) };
  return await outcome(client(by).send(new AssumeRoleCommand(input)));
}

async function outcome(
  sent: Promise<{ Credentials?: { AccessKeyId?: string | undefined } | undefined }>,
): Promise<string> {
  try {
    return (await sent).Credentials?.AccessKeyId?.startsWith('ASIA') ? 'assumed' : 'no credentials';
  } catch (error) {
    const { name, message } = error as Error;
    return `${name} ${/sts:\w+/.exec(message)?.[0] ?? message}`;
  }
}

describe('a role is assumed', () => {
  // Covers identity.trust-policies
  it.each([
    ['by the function whose role the trust policy names', 'Tagged', { tags: { caller_role: 'adjusters' } }],
    ['by everyone in the account that it names', 'Account', { by: 'FUNCTIONother', tags: { any: 'tag' } }],
    ['with tags among those that it lists', 'Keys', { tags: { user: 'rita', group: 'x' } }],
    ['without tags, of which all values are listed', 'Keys', {}],
    ['by anyone, when the app does not make the role', 'Foreign', { by: 'FUNCTIONother' }],
    ['by a session that no denial names', 'Denied', { name: 'worker' }],
  ])('%s', async (_, role, request) => {
    expect(await assume(role, request)).toBe('assumed');
  });

  // Covers identity.trust-policies, assumed.condition-operators
  it.each([
    ['by another function', 'Tagged', { by: 'FUNCTIONother', tags: { caller_role: 'adjusters' } }, 'AssumeRole'],
    ['with another tag', 'Tagged', { tags: { caller_role: 'administrators' } }, 'AssumeRole'],
    ['without the tag', 'Tagged', {}, 'AssumeRole'],
    ['with tags that nobody may set', 'Untaggable', { tags: { user: 'rita' } }, 'TagSession'],
    ['when it trusts a service alone', 'Service', {}, 'AssumeRole'],
    ['against a denial', 'Denied', { name: 'intruder1' }, 'AssumeRole'],
    ['with a tag that is not listed', 'Keys', { tags: { user: 'rita', admin: 'yes' } }, 'AssumeRole'],
    ['with a value that is excluded', 'Keys', { tags: { user: 'root' } }, 'AssumeRole'],
    ['under a condition that nobody here can judge', 'Unknown', {}, 'AssumeRole'],
    ['when nobody made it', 'Nobody', {}, 'AssumeRole'],
  ])('not %s', async (_, role, request, action) => {
    expect(await assume(role, request)).toBe(`AccessDenied sts:${action}`);
  });
});

describe('a web identity', () => {
  async function withToken(token: string, role = 'Web'): Promise<string> {
    const input = { RoleArn: arn(role), RoleSessionName: 'session', WebIdentityToken: token };
    return await outcome(client('FUNCTIONtool').send(new AssumeRoleWithWebIdentityCommand(input)));
  }

  it.each([
    ['is a role for its audience', { sub: 'rita', aud: 'agents' }, 'assumed'],
    ['is judged by `azp` where it has one', { sub: 'rita', aud: 'api', azp: 'agents' }, 'assumed'],
    ['of another audience is none', { sub: 'rita', aud: 'others' }, 'AccessDenied sts:AssumeRoleWithWebIdentity'],
    [
      'without audience, as of Cognito, is none',
      { sub: 'rita' },
      'InvalidIdentityTokenException Incorrect token audience',
    ],
  ])('%s', async (_, claims, expected) => {
    expect(await withToken(JSON.stringify(claims))).toBe(expected);
  });

  // Covers identity.web-identity
  it('needs a token of this issuer, and a role that trusts it', async () => {
    expect(await withToken('forged')).toBe('InvalidIdentityTokenException the token is not valid');
    expect(await withToken('{"aud":"agents"}', 'Untaggable')).toBe('AccessDenied sts:AssumeRoleWithWebIdentity');
  });
});

it('answers for every other service that it has no stand-in', async () => {
  const response = await fetch(edge.environment['AWS_ENDPOINT_URL'] ?? '', { method: 'POST', body: '{}' });
  expect([response.status, await response.json()]).toMatchObject([400, { __type: 'NotImplementedByEmulator' }]);
});
