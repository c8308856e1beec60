import { describe, expect, it } from 'vitest';
import { proceed, type Step } from '../../../../lambda/interceptor-kit';
import type { ItemQuery } from '../../../../lambda/interceptor-kit/sdk/dynamodb-item';
import type { ItemSource } from '../../../../lambda/interceptor-kit/steps/trusted-context/item-lookup';
import { trustedContext } from '../../../../lambda/interceptor-kit/steps/trusted-context/trusted-context';
import {
  message,
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolListings,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../../lambda/interceptor-kit/testing';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import type { DeclaredTrustedField, SpoofResponse, TrustedFieldSource } from '../../../../lib/contract/trusted-context';
import { expectDenied, expectPassed, expectResult } from '../expect-output';

const TOOL = 'Claims___query';

function field(source: TrustedFieldSource, more: Partial<DeclaredTrustedField> = {}): DeclaredTrustedField {
  return { name: 'geography', type: 'string', description: '', source, tools: [TOOL], ...more };
}

const step = (fields: DeclaredTrustedField[], onSpoof: SpoofResponse = 'overwrite', items?: ItemSource) =>
  trustedContext({ fields, onSpoof }, { items, environment: { TABLE: 'people', OTHER: 'people' } });

const constant = (value: string | number | boolean): TrustedFieldSource => ({ kind: 'constant', value });
const lookup = (more: object = {}): TrustedFieldSource => ({
  kind: 'lookup',
  tableVariable: 'TABLE',
  keyAttribute: 'id',
  keyClaim: 'sub',
  valueAttribute: 'region',
  cacheSeconds: 60,
  ...more,
});

async function argumentsOf(
  fields: DeclaredTrustedField[],
  claims: JsonObject = {},
  args: JsonObject = {},
): Promise<JsonValue | undefined> {
  const event = requestEvent(toolCall(TOOL, args), { claims: { sub: 'ann', ...claims } });
  const body = expectPassed(await tryRequest([step(fields)], event, { now: new Date('2026-11-20T10:00:00.500Z') }));
  return (body['params'] as JsonObject)['arguments'];
}

describe('trusted context, values', () => {
  it('takes no number of which JavaScript has lost the last digits: two callers could have it', async () => {
    const keys: unknown[] = [];
    const items: ItemSource = async ({ key }) => {
      keys.push(key);
      return { region: 'EU' };
    };
    const claims = { sub: 'ann', account: 2 ** 53 + 2 };
    for (const source of [lookup({ keyClaim: 'account' }), { kind: 'claim', claim: 'account' } as const]) {
      const event = requestEvent(toolCall(TOOL), { claims });
      expectDenied(await tryRequest([step([field(source)], 'overwrite', items)], event), 'context-unavailable');
    }
    expect(keys).toEqual([]);
  });

  it('remembers an item as long as each field says, whoever had it read', async () => {
    let reads = 0;
    const items: ItemSource = async () => {
      reads++;
      return { region: 'EU', suspended: 'no' };
    };
    const fields = [
      field(lookup({ cacheSeconds: 3_600 })),
      field(lookup({ cacheSeconds: 5, valueAttribute: 'suspended' }), { name: 'suspended', tools: ['Claims___pay'] }),
    ];
    const chain = [step(fields, 'overwrite', items)];
    const at = (tool: string, ms: number) =>
      tryRequest(chain, requestEvent(toolCall(tool), { claims: { sub: 'ann' } }), { now: new Date(ms) });
    await at(TOOL, 0);
    await at('Claims___pay', 4_999);
    expect(reads).toBe(1);
    await at('Claims___pay', 5_000);
    expect(reads).toBe(2);
    await at(TOOL, 3_600_000);
    expect(reads).toBe(2);
  });

  it.each<[string, DeclaredTrustedField, JsonObject, JsonValue]>([
    ['a claim', field({ kind: 'claim', claim: 'region' }), { region: 'EU' }, 'EU'],
    ['a number as text', field({ kind: 'claim', claim: 'level' }), { level: 3 }, '3'],
    ['an integer', field({ kind: 'claim', claim: 'level' }, { type: 'integer' }), { level: '3' }, 3],
    ['a boolean', field({ kind: 'claim', claim: 'vip' }, { type: 'boolean' }), { vip: 'true' }, true],
    ['a constant', field(constant('prod')), {}, 'prod'],
    ['the time', field({ kind: 'time', format: 'iso' }), {}, '2026-11-20T10:00:00.500Z'],
    ['the time in seconds', field({ kind: 'time', format: 'epoch-seconds' }, { type: 'integer' }), {}, 1795168800],
    [
      'the first choice that the claim includes',
      field({
        kind: 'claim-choice',
        claim: 'cognito:groups',
        choices: [
          { includes: 'admins', value: 'admin' },
          { includes: 'staff', value: 'staff' },
        ],
      }),
      { 'cognito:groups': ['staff', 'admins'] },
      'admin',
    ],
  ])('fills %s', async (_what, declared, claims, value) => {
    expect(await argumentsOf([declared], claims)).toEqual({ geography: value });
  });

  it.each<[string, DeclaredTrustedField, JsonObject]>([
    ['the claim is missing', field({ kind: 'claim', claim: 'region' }), {}],
    ['the claim is inherited', field({ kind: 'claim', claim: 'constructor' }), {}],
    ['the claim is empty', field({ kind: 'claim', claim: 'region' }), { region: '' }],
    ['the claim is null', field({ kind: 'claim', claim: 'region' }), { region: null }],
    ['the claim is a list', field({ kind: 'claim', claim: 'region' }), { region: ['EU'] }],
    ['the claim is no integer', field({ kind: 'claim', claim: 'level' }, { type: 'integer' }), { level: '3.5' }],
    [
      'the claim is too large',
      field({ kind: 'claim', claim: 'level' }, { type: 'integer' }),
      { level: '9007199254740993' },
    ],
    ['the claim is no boolean', field({ kind: 'claim', claim: 'vip' }, { type: 'boolean' }), { vip: 'yes' }],
    [
      'no choice is included',
      field({ kind: 'claim-choice', claim: 'g', choices: [{ includes: 'a', value: 'A' }] }),
      { g: ['ab'] },
    ],
  ])('denies when %s', async (_what, declared, claims) => {
    const event = requestEvent(toolCall(TOOL), { claims: { sub: 'ann', ...claims } });
    expectDenied(await tryRequest([step([declared])], event), 'context-unavailable');
  });

  it.each(['iam', 'none'] as const)('reads no claims on a gateway with authorization %s', async (authorization) => {
    const event = requestEvent(toolCall(TOOL), { claims: { sub: 'ann', region: 'EU' } });
    const output = await tryRequest([step([field({ kind: 'claim', claim: 'region' })])], event, {
      config: { authorization },
    });
    expectDenied(output, 'context-unavailable');
  });
});

describe('trusted context, spoofing', () => {
  it('overwrites what the client sent and keeps the rest', async () => {
    const args = JSON.parse('{"geography":"US","q":1,"Geography":"US","__proto__":{"geography":"US"}}') as JsonObject;
    const filled = (await argumentsOf([field(constant('EU'))], {}, args)) as JsonObject;
    expect(JSON.parse(JSON.stringify(filled))).toEqual(
      JSON.parse('{"q":1,"Geography":"US","__proto__":{"geography":"US"},"geography":"EU"}'),
    );
    expect(Object.hasOwn(filled, 'geography')).toBe(true);
  });

  it('rejects a call with a trusted field, whatever its value', async () => {
    for (const value of ['EU', null, {}]) {
      const event = requestEvent(toolCall(TOOL, { geography: value }));
      expectDenied(await tryRequest([step([field(constant('EU'))], 'reject')], event), 'spoofed-field');
    }
    expectPassed(await tryRequest([step([field(constant('EU'))], 'reject')], requestEvent(toolCall(TOOL))));
  });

  it('leaves other tools alone', async () => {
    const body = toolCall('Notes___read', { geography: 'US' });
    expectPassed(await tryRequest([step([field(constant('EU'))], 'reject')], requestEvent(body)), body);
  });

  it.each(['claims___query', 'CLAIMS___QUERY', 'Claims___Query'])('knows no tool %s', async (name) => {
    const event = requestEvent(toolCall(name, { geography: 'US' }));
    expectDenied(await tryRequest([step([field(constant('EU'))])], event), 'unknown-tool');
  });

  it('fills notifications too, which might be executed', async () => {
    const { id: _, ...body } = toolCall(TOOL, { geography: 'US' });
    const passed = expectPassed(await tryRequest([step([field(constant('EU'))])], requestEvent(body)));
    expect(passed['params']).toEqual({ name: TOOL, arguments: { geography: 'EU' } });
  });
});

describe('trusted context, lookup', () => {
  const call = (sub: string) => requestEvent(toolCall(TOOL), { claims: { sub } });
  const people: { readonly [id: string]: JsonObject } = { ann: { region: 'EU', role: 'admin' } };
  const reading =
    (queries: ItemQuery[]): ItemSource =>
    async (query) => {
      queries.push(query);
      return people[String(query.key)];
    };

  it('reads one item for all fields of a table', async () => {
    const queries: ItemQuery[] = [];
    const role = field(lookup({ tableVariable: 'OTHER', valueAttribute: 'role' }), { name: 'role' });
    const chain = [step([field(lookup()), role], 'overwrite', reading(queries))];
    const body = expectPassed(await tryRequest(chain, call('ann')));
    expect(body['params']).toMatchObject({ arguments: { geography: 'EU', role: 'admin' } });
    expect(queries).toEqual([{ table: 'people', keyAttribute: 'id', key: 'ann', attributes: ['region', 'role'] }]);
  });

  it('remembers found and missing items for as long as it may', async () => {
    const queries: ItemQuery[] = [];
    const chain = [step([field(lookup())], 'overwrite', reading(queries))];
    const at = (seconds: number) => ({ now: new Date(seconds * 1_000) });
    for (const seconds of [0, 59]) {
      expectPassed(await tryRequest(chain, call('ann'), at(seconds)));
      expectDenied(await tryRequest(chain, call('bob'), at(seconds)), 'context-unavailable');
    }
    expect(queries.map((query) => query.key)).toEqual(['ann', 'bob']);
    await tryRequest(chain, call('ann'), at(60));
    expect(queries.map((query) => query.key)).toEqual(['ann', 'bob', 'ann']);
  });

  it('waits for an item and for a secret once, and answers at once while it remembers them', async () => {
    const source: TrustedFieldSource = { kind: 'proof', secretVariable: 'SECRET', fingerprint: 'f' };
    const inner = trustedContext(
      { fields: [field(lookup()), field(source, { name: 'gateway_proof' })], onSpoof: 'overwrite' },
      { items: reading([]), secret: async () => 'value', environment: { TABLE: 'people', SECRET: 'arn' } },
    );
    const waited: boolean[] = [];
    const watched: Step = {
      name: 'watched',
      request: (message, context) => {
        const outcome = inner.request?.(message, context) ?? proceed();
        waited.push(outcome instanceof Promise);
        return outcome;
      },
    };
    const first = expectPassed(await tryRequest([watched], call('ann')));
    expect(expectPassed(await tryRequest([watched], call('ann')))).toEqual(first);
    expect(waited).toEqual([true, false]);
  });

  it('denies, and does not remember, when the table cannot be read', async () => {
    let failing = true;
    const items: ItemSource = async () => {
      if (failing) throw new Error('AccessDeniedException: arn:aws:dynamodb:...:people');
      return people['ann'];
    };
    const chain = [step([field(lookup())], 'overwrite', items)];
    const output = await tryRequest(chain, call('ann'));
    expectDenied(output, 'step-failed');
    expect(JSON.stringify(output)).not.toContain('people');
    failing = false;
    expectPassed(await tryRequest(chain, call('ann')));
  });

  it('denies when nobody told it the table', async () => {
    expectDenied(await tryRequest([step([field(lookup({ tableVariable: 'NONE' }))])], call('ann')), 'step-failed');
  });

  it('denies an item without the attribute, or with an inherited one', async () => {
    for (const valueAttribute of ['nothing', 'toString']) {
      const chain = [step([field(lookup({ valueAttribute }))], 'overwrite', reading([]))];
      expectDenied(await tryRequest(chain, call('ann')), 'context-unavailable');
    }
  });

  it('keeps no more than a thousand callers in mind', async () => {
    const queries: ItemQuery[] = [];
    const chain = [step([field(lookup())], 'overwrite', reading(queries))];
    const now = new Date(0);
    for (let caller = 0; caller <= 1_000; caller++) await tryRequest(chain, call(`c${caller}`), { now });
    await tryRequest(chain, call('c1000'), { now });
    await tryRequest(chain, call('c0'), { now });
    expect(queries).toHaveLength(1_002);
  });
});

describe('trusted context, hiding', () => {
  const properties = { q: { type: 'string' }, geography: { type: 'string' } };
  const published = {
    name: TOOL,
    description: 'Queries claims',
    inputSchema: { type: 'object', properties, required: ['q', 'geography'] },
    outputSchema: {
      type: 'object',
      properties: { rows: { type: 'array', items: { type: 'object', properties, required: ['geography'] } } },
    },
  };
  const other = { name: 'Notes___read', description: '', inputSchema: { type: 'object', properties } };
  const visible = {
    ...published,
    inputSchema: { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] },
    outputSchema: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { type: 'object', properties: { q: { type: 'string' } }, required: [] } },
      },
    },
  };
  const chain = [step([field(constant('EU'))])];
  const shown = toolListings([visible, other]);

  it.each(toolListings([published, other]).map((listing, index) => ({ ...listing, expected: shown[index]?.result })))(
    'hides fields in $name',
    async ({ request, result, expected }) => {
      expectResult(await tryResponse(chain, responseEvent(request, resultOf(result))), expected);
    },
  );

  it('shows nothing of a search result in an unknown shape', async () => {
    const search = toolListings([])[1]?.request ?? {};
    const result = {
      content: [{ type: 'text', text: 'tool Claims___query(q, geography)' }, { type: 'image' }],
      structuredContent: { hits: [published] },
    };
    expectResult(await tryResponse(chain, responseEvent(search, resultOf(result as JsonObject))), {
      content: [],
      structuredContent: { tools: [] },
    });
  });

  it('keeps the text of a failed search', async () => {
    const search = toolListings([])[1]?.request ?? {};
    const result = { content: [{ type: 'text', text: 'An internal error occurred.' }], isError: true };
    expectResult(await tryResponse(chain, responseEvent(search, resultOf(result))), result);
  });

  const echo = { query: { q: 1, geography: 'EU' }, rows: [{ id: 1, geography: 'EU' }] };
  const silent = { query: { q: 1 }, rows: [{ id: 1 }] };

  it('removes echoes from every form of a result', async () => {
    const output = await tryResponse(chain, responseEvent(toolCall(TOOL), resultOf(toolResult(echo, true))));
    expectResult(output, toolResult(silent, true));
    const nested = { content: [{ type: 'text', text: JSON.stringify(JSON.stringify(echo)) }] };
    expectResult(await tryResponse(chain, responseEvent(toolCall(TOOL), resultOf(nested))), {
      content: [{ type: 'text', text: JSON.stringify(JSON.stringify(silent)) }],
    });
  });

  it('shows echoes where the declaration says so, and in other tools', async () => {
    const open = [step([field(constant('EU'), { hideInResults: false })])];
    const result = toolResult(echo, true);
    expectResult(await tryResponse(open, responseEvent(toolCall(TOOL), resultOf(result))), result);
    expectResult(await tryResponse(chain, responseEvent(toolCall('Notes___read'), resultOf(result))), result);
  });

  it('keeps a text without echo to the byte', async () => {
    const result = { content: [{ type: 'text', text: '{ "id": 12345678901234567890 }' }] };
    expectResult(await tryResponse(chain, responseEvent(toolCall(TOOL), resultOf(result))), result);
  });

  it('leaves errors as they are', async () => {
    const error = { jsonrpc: '2.0', id: 1, error: { code: -32002, message: 'x' } };
    const output = await tryResponse(chain, responseEvent(message('tools/list'), error));
    expect(output.mcp.transformedGatewayResponse?.body).toEqual(error);
  });
});

describe('trusted context, echoes', () => {
  const hide = step([field(constant('EU'))]);
  const answered = async (body: JsonObject): Promise<JsonObject> => {
    const output = await tryResponse([hide], responseEvent(toolCall(TOOL), body));
    return output.mcp.transformedGatewayResponse?.body as JsonObject;
  };

  it('hides fields in a response that a tool put into its result as text', async () => {
    const inner = (value: JsonObject) => toolResult({ statusCode: 200, body: JSON.stringify(value) });
    const body = await answered(resultOf(inner({ id: 1, geography: 'EU' })));
    expect(body['result']).toEqual(inner({ id: 1 }));
  });

  it('hides fields in the data of errors', async () => {
    const error = { code: -32000, message: 'no', data: { query: { geography: 'EU', id: 1 } } };
    const body = await answered({ jsonrpc: '2.0', id: 1, error });
    expect(body['error']).toEqual({ ...error, data: { query: { id: 1 } } });
  });
});
