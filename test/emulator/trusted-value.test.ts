import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustedContext } from '../../lambda/interceptor-kit';
import { requestEvent, toolCall, tryRequest } from '../../lambda/interceptor-kit/testing';
import type { JsonObject } from '../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../lib/contract/local-arn';
import type { GatewayManifest } from '../../lib/contract/manifest';
import type { InterceptorConfig } from '../../lib/contract/steps/interceptor-config';
import type { DeclaredTrustedField, TrustedFieldSource } from '../../lib/contract/trusted-context';
import type { TrustedValue } from '../../lib/contract/trusted-value';
import type { Emulator } from '../../lib/emulator';
import type { Persona } from '../../lib/policy/testing/file/test-file';
import { OfflineBackend } from '../../lib/policy/testing/run/offline-backend';
import { writeBundle } from '../lambda/interceptor-kit/run-bundle';
import { answerOf, claimsManifest, FixtureApp, policy, post, type RpcBody, tool } from './fixture';

const NOW = new Date('2026-01-01T12:00:00.500Z');
const TABLE = 'PEOPLE';
const ITEMS: readonly JsonObject[] = [
  { id: 'ann', region: 'EU', level: 7, active: true, empty: '', big: 2 ** 60, list: ['EU'] },
  { id: '42', region: 'US' },
];

const claim = (name: string): TrustedFieldSource => ({ kind: 'claim', claim: name });
const choice = (...choices: [string, string][]): TrustedFieldSource => ({
  kind: 'claim-choice',
  claim: 'account',
  choices: choices.map(([includes, value]) => ({ includes, value })),
});
const item = (valueAttribute: string, keyClaim = 'person'): TrustedFieldSource => ({
  kind: 'lookup',
  tableVariable: TABLE,
  keyAttribute: 'id',
  keyClaim,
  valueAttribute,
  cacheSeconds: 60,
});

/** Type and source of the field, claims of the caller, and what the field gets; undefined denies the call. */
const CASES: readonly [DeclaredTrustedField['type'], TrustedFieldSource, JsonObject, TrustedValue | undefined][] = [
  ['string', claim('account'), { account: 'a' }, 'a'],
  ['string', claim('account'), { account: 42 }, '42'],
  ['string', claim('account'), { account: 1.5 }, '1.5'],
  ['string', claim('account'), { account: true }, 'true'],
  ['string', claim('account'), { account: '' }, undefined],
  ['string', claim('account'), { account: ['a'] }, undefined],
  ['string', claim('account'), { account: { a: 'a' } }, undefined],
  ['string', claim('account'), {}, undefined],
  ['string', claim('constructor'), {}, undefined],
  ['integer', claim('account'), { account: 5 }, 5],
  ['integer', claim('account'), { account: '1234567890123456' }, 1_234_567_890_123_456],
  ['integer', claim('account'), { account: '-7' }, -7],
  ['integer', claim('account'), { account: '9007199254740993' }, undefined],
  ['integer', claim('account'), { account: '1.0' }, undefined],
  ['integer', claim('account'), { account: 1.5 }, undefined],
  ['integer', claim('account'), { account: true }, undefined],
  ['boolean', claim('account'), { account: false }, false],
  ['boolean', claim('account'), { account: 'true' }, true],
  ['boolean', claim('account'), { account: 'TRUE' }, undefined],
  ['boolean', claim('account'), { account: 1 }, undefined],
  ['string', choice(['eu', 'EU'], ['us', 'US']), { account: ['us', 'eu'] }, 'EU'],
  ['integer', choice(['eu', '5']), { account: 'eu' }, 5],
  ['boolean', choice(['eu', 'true']), { account: 'eu' }, true],
  ['integer', choice(['eu', 'five']), { account: 'eu' }, undefined],
  ['string', choice(['eu', 'EU']), { account: 'asia' }, undefined],
  ['string', item('region'), { person: 'ann' }, 'EU'],
  ['string', item('level'), { person: 'ann' }, '7'],
  ['integer', item('level'), { person: 'ann' }, 7],
  ['string', item('active'), { person: 'ann' }, 'true'],
  ['string', item('empty'), { person: 'ann' }, undefined],
  ['string', item('list'), { person: 'ann' }, undefined],
  ['string', item('big'), { person: 'ann' }, undefined],
  ['string', item('absent'), { person: 'ann' }, undefined],
  ['string', item('region'), { person: '42' }, 'US'],
  ['string', item('region'), { person: 42 }, undefined],
  ['string', item('region'), { person: 'bob' }, undefined],
  ['string', item('region'), { person: '' }, undefined],
  ['string', item('region'), { person: ['ann'] }, undefined],
  ['string', item('region'), {}, undefined],
  ['string', { kind: 'constant', value: 3 }, {}, '3'],
  ['integer', { kind: 'constant', value: 3 }, {}, 3],
  ['string', { kind: 'time', format: 'iso' }, {}, '2026-01-01T12:00:00.500Z'],
  ['string', { kind: 'time', format: 'epoch-seconds' }, {}, '1767268800'],
  ['integer', { kind: 'time', format: 'epoch-seconds' }, {}, 1_767_268_800],
];

const FIELDS = CASES.map(([type, source], index): DeclaredTrustedField => {
  return { name: 'value', type, description: '', source, tools: [`Claims___case_${index}`] };
});

/** Each case has a tool of its own, permitted for exactly the expected value, or for any where none is expected. */
function manifestOf(app: FixtureApp): GatewayManifest {
  const config: InterceptorConfig = {
    version: 1,
    authorization: 'jwt',
    steps: [{ step: 'trusted-context', fields: FIELDS, onSpoof: 'overwrite' }],
    inputSchemas: {},
  };
  const request = app.bundle('request', '', { environment: { [TABLE]: { Ref: TABLE } } });
  writeBundle(join(app.directory, request.asset), 'request-interceptor', config);
  const echo = app.bundle('claims', 'export const handler = async (event) => event;');
  const tools = FIELDS.map(({ type }, index) => tool(`case_${index}`, { value: { type } }));
  const policies = CASES.map(([, { kind }, , value], index) => {
    const isFixed = value !== undefined && kind !== 'time';
    const condition = isFixed ? `context.input.value == ${JSON.stringify(value)}` : 'context.input has value';
    const action = `AgentCore::Action::"Claims___case_${index}"`;
    return policy(
      `case-${index}`,
      `permit(principal is AgentCore::OAuthUser, action == ${action}, resource == ?resource) when { context.input has value && ${condition} };`,
    );
  });
  const manifest = claimsManifest({
    targets: [{ name: 'Claims', kind: 'lambda', tools, function: echo }],
    trustedContext: FIELDS,
    interceptors: { request },
    policies,
  });
  return {
    ...manifest,
    local: { ...manifest.local, tables: [{ logicalId: TABLE, partitionKey: 'id', seed: ITEMS }] },
  };
}

const app = new FixtureApp();
let manifest: GatewayManifest;
let emulator: Emulator;

beforeAll(async () => {
  manifest = manifestOf(app);
  emulator = await app.start(manifest, { clock: () => NOW });
});

afterAll(async () => {
  await emulator.stop();
  app.remove();
});

function typeOf(value: TrustedValue): typeof String | typeof Number {
  return typeof value === 'string' ? String : Number;
}

describe.each(CASES.map((row, index) => [index, ...row] as const))('case %i: %s from %j for %j', (index, _, ...row) => {
  const [, claims, expected] = row;
  const field = FIELDS[index] as DeclaredTrustedField;
  const name = field.tools[0] as string;

  it(`is ${expected === undefined ? 'denied' : JSON.stringify(expected)} by the interceptor`, async () => {
    const items = async ({ key }: { key: unknown }) => ITEMS.find(({ id }) => id === key);
    const step = trustedContext(
      { fields: [field], onSpoof: 'overwrite' },
      { items, environment: { [TABLE]: 'people' } },
    );
    const event = requestEvent(toolCall(name), { claims: { sub: 'ann', ...claims } });
    const { mcp } = await tryRequest([step], event, { now: NOW });
    const body = (mcp.transformedGatewayRequest ?? mcp.transformedGatewayResponse)?.body as JsonObject;
    if (expected === undefined) expect(body['error']).toMatchObject({ data: { reason: 'context-unavailable' } });
    else expect(body['params']).toMatchObject({ arguments: { value: expected } });
  });

  it('is the same offline', async () => {
    const offline = new OfflineBackend({
      policies: manifest.policies,
      targets: manifest.targets,
      gatewayArn: LOCAL_GATEWAY_ARN,
      trusted: { fields: FIELDS, onSpoof: 'overwrite', tables: { [TABLE]: ITEMS } },
      identity: manifest.identity,
    });
    const persona: Persona = { name: 'ann', groups: [], attributes: {}, claims, anonymous: false, trusted: {} };
    const options = { trusted: {}, fixesTrusted: false, bypassesInterceptor: false, now: NOW };
    const result = await offline.call(persona, name, {}, options);
    expect(result.kind === 'denied' ? result.by : result.kind).toBe(expected === undefined ? 'interceptor' : 'allowed');
    if (expected !== undefined) expect(offline.decided[0]?.input).toEqual({ value: expected });
  });

  it('is the same in the emulator', async () => {
    const token = await emulator.tokenFor({ username: 'ann', claims });
    const authorization = { authorization: `Bearer ${token}` };
    const { body }: { body: RpcBody } = await post(emulator, 'tools/call', { name, arguments: {} }, authorization);
    if (expected === undefined) expect(body.error?.message).toContain('Request denied:');
    // Functions have a clock of their own.
    else
      expect(answerOf(body)).toEqual({ value: field.source.kind === 'time' ? expect.any(typeOf(expected)) : expected });
  });
});
