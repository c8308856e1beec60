import { describe, expect, it } from 'vitest';
import { deny, proceed } from '../../../../lambda/interceptor-kit/chain/outcome';
import type { Step } from '../../../../lambda/interceptor-kit/chain/step';
import {
  type DecisionRecordDependencies,
  decisionRecord,
} from '../../../../lambda/interceptor-kit/steps/decision-record/decision-record';
import {
  message,
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../../lambda/interceptor-kit/testing';
import type { CedarAttribute } from '../../../../lib/contract/arguments/cedar-type';
import { cedarTypeJson } from '../../../../lib/contract/arguments/cedar-type-json';
import { denialResponse, EVALUATION_FAILED, forbiddenBy } from '../../../../lib/contract/decision';
import { isDecisionRecord } from '../../../../lib/contract/decision-record/is-record';
import { MAX_RECORD_CHARACTERS } from '../../../../lib/contract/decision-record/record';
import type { JsonObject } from '../../../../lib/contract/json';
import type { DecisionRecordConfig } from '../../../../lib/contract/steps/decision-record';

const TOOL = 'Claims___query';
const CONFIG: DecisionRecordConfig = {
  tools: {
    [TOOL]: {
      reads: {
        callerId: false,
        clock: true,
        claims: ['department', 'email', 'tier'],
        testedClaims: ['level'],
        arguments: ['/amount', '/customer', '/place/zip', '/url'],
        testedArguments: ['/note'],
      },
      input: cedarTypeJson({
        kind: 'record',
        attributes: new Map<string, CedarAttribute>([
          ...['customer', 'url', 'note', 'region'].map((name) => [name, optional('string')] as const),
          ['amount', { type: { kind: 'long' as const }, required: true }],
          [
            'place',
            {
              type: {
                kind: 'record' as const,
                attributes: new Map(['zip', 'street'].map((name) => [name, optional('string')] as const)),
              },
              required: false,
            },
          ],
        ]),
      }),
      schema: 'abc',
    },
  },
  mode: 'ENFORCE',
  pseudonymize: ['email', '/customer'],
  sample: 1,
  keyVariable: 'KEY',
};

function optional(kind: 'string'): CedarAttribute {
  return { type: { kind }, required: false };
}

const CLAIMS = { sub: 'alice', department: 'sales', email: 'a@b.example', level: 'x', other: 'hidden-claim' };
const ARGUMENTS = {
  amount: 5,
  customer: 'c-77',
  note: 'hidden-note',
  place: { zip: '1', street: 'hidden-street' },
  region: 'hidden-region',
};
const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl';
const NOW = new Date('2026-11-20T10:00:00Z');

function stepOf(config: Partial<DecisionRecordConfig> = {}, more: DecisionRecordDependencies = {}) {
  const lines: string[] = [];
  const step = decisionRecord(
    { ...CONFIG, ...config },
    {
      write: (line) => void lines.push(line),
      secret: async () => 'key-of-pseudonyms',
      environment: { KEY: 'arn' },
      ...more,
    },
  );
  return { step, lines, records: () => lines.map((line) => JSON.parse(line) as JsonObject) };
}

const call = (args: JsonObject = ARGUMENTS, tool = TOOL) => toolCall(tool, args);
const caller = { claims: CLAIMS };

describe('a record of a decision', () => {
  it('has what policies can read, under pseudonyms where asked for, and nothing else', async () => {
    const { step, records, lines } = stepOf();
    const trusted: Step = {
      name: 'trusted',
      request: (one) => proceed({ arguments: { ...(one as { arguments: JsonObject }).arguments, amount: 7 } }),
    };
    await tryRequest([trusted, step], requestEvent(call(), caller), { now: NOW });
    const [record] = records();
    expect(isDecisionRecord(record)).toBe(true);
    expect(record).toEqual({
      decisionRecord: 1,
      part: 'request',
      key: expect.stringMatching(/^p_[0-9a-f]{24}$/),
      time: '2026-11-20T10:00:00.000Z',
      caller: expect.stringMatching(/^p_[0-9a-f]{24}$/),
      tool: TOOL,
      mode: 'ENFORCE',
      sample: 1,
      schema: 'abc',
      outcome: 'forwarded',
      input: {
        principal: { type: 'AgentCore::OAuthUser' },
        fits: true,
        everyClaim: false,
        claims: { department: 'sales', tier: null },
        hasClaims: { level: true, email: true },
        arguments: { '/amount': 7, '/place/zip': '1', '/url': null },
        hasArguments: { '/note': true, '/customer': true },
        pseudonyms: { 'claim email': expect.any(String), 'argument /customer': expect.any(String) },
      },
    });
    const [line = ''] = lines;
    for (const text of ['alice', 'hidden', 'a@b.example', 'c-77', 'key-of', 'Bearer']) expect(line).not.toContain(text);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['a result', resultOf(toolResult(1)), { outcome: 'allowed' }],
    [
      'a failed tool',
      resultOf({ ...toolResult(1), isError: true }),
      { outcome: 'failed', refusedBy: 'target', reason: 'tool error' },
    ],
    [
      'a denial by policy',
      denialResponse(1, forbiddenBy(['cap-abcdefghij'])) as unknown as JsonObject,
      { outcome: 'denied', refusedBy: 'policy', reason: 'Policy evaluation denied due to cap-abcdefghij' },
    ],
    [
      'a policy that erred',
      denialResponse(1, EVALUATION_FAILED) as unknown as JsonObject,
      { outcome: 'undecided', refusedBy: 'policy', reason: EVALUATION_FAILED },
    ],
  ])('says at RESPONSE how a call ended: %s', async (_, answer, ending) => {
    const { step, records } = stepOf();
    await tryRequest([step], requestEvent(call(), caller), { now: NOW });
    await tryResponse([step], responseEvent(call(), answer, caller), { now: NOW });
    const [request, response] = records();
    expect(response).toEqual({
      decisionRecord: 1,
      part: 'response',
      key: request?.['key'],
      time: '2026-11-20T10:00:00.000Z',
      caller: request?.['caller'],
      tool: TOOL,
      mode: 'ENFORCE',
      sample: 1,
      schema: 'abc',
      ...ending,
    });
  });

  it('has no values of a call that an interceptor refused', async () => {
    const { step, records } = stepOf();
    const refusing: Step = { name: 'refusing', request: () => deny('not-allowed') };
    await tryRequest([refusing, step], requestEvent(call(), caller), { now: NOW });
    const [record] = records();
    expect(record).toMatchObject({ outcome: 'denied', refusedBy: 'interceptor', reason: 'not-allowed' });
    expect(record).not.toHaveProperty('input');
  });

  it('says of arguments that do not fit no more than that', async () => {
    const { step, records } = stepOf();
    await tryRequest([step], requestEvent(call({ amount: 'much', customer: 'c-77' }), caller), { now: NOW });
    expect(records()[0]).toMatchObject({ input: { fits: false, claims: {}, arguments: {}, pseudonyms: {} } });
  });

  it('has no token, wherever a caller puts one, and is bounded', async () => {
    const { step, lines, records } = stepOf();
    await tryRequest([step], requestEvent(call({ amount: 1, url: `https://a/?t=${TOKEN}` }), caller), { now: NOW });
    await tryRequest([step], requestEvent(call({ amount: 1, url: 'u'.repeat(50_000) }), caller), { now: NOW });
    expect(lines.join()).not.toContain(TOKEN.split('.')[1]);
    const [masked, cut] = records();
    expect(masked).toMatchObject({ input: { hasArguments: { '/url': true } } });
    expect(cut).toMatchObject({ input: { cut: true, arguments: {}, claims: {} } });
    expect(lines[1]?.length).toBeLessThan(MAX_RECORD_CHARACTERS);
  });

  it('takes the gateway id of a request where there is one, and is only about calls of tools', async () => {
    const { step, records } = stepOf();
    await tryRequest([step], requestEvent(message('tools/list'), caller), { now: NOW });
    expect(records()).toEqual([]);
    await tryRequest([step], requestEvent(call({}, 'Claims___later'), caller), { now: NOW });
    const [record] = records();
    expect(record).toMatchObject({ tool: 'Claims___later', outcome: 'forwarded' });
    expect(record).not.toHaveProperty('schema');
  });

  it('draws the same lot at both points, for the share that was asked for', async () => {
    const { step, records } = stepOf({ sample: 0.3 });
    for (let id = 0; id < 200; id++) {
      await tryRequest([step], requestEvent(toolCall(TOOL, { amount: id }, id), caller), { now: NOW });
      await tryResponse([step], responseEvent(toolCall(TOOL, { amount: id }, id), resultOf(toolResult(1), id), caller));
    }
    const of = (part: string) => records().flatMap((one) => (one['part'] === part ? [one['key']] : []));
    expect(of('request')).toEqual(of('response'));
    expect(of('request').length).toBeGreaterThan(30);
    expect(of('request').length).toBeLessThan(90);
  });

  it.each<[string, DecisionRecordDependencies]>([
    ['the key cannot be read', { secret: async () => Promise.reject(new Error('no right')) }],
    ['the key never comes', { secret: () => new Promise(() => {}) }],
    [
      'the log cannot be written',
      {
        write: () => {
          throw new Error('full');
        },
      },
    ],
  ])('is missing, and the call goes on, when %s', async (_, broken) => {
    const { step } = stepOf({}, broken);
    const logged: string[] = [];
    const output = await tryRequest([step], requestEvent(call(), caller), { log: (line) => void logged.push(line) });
    expect(output.mcp.transformedGatewayRequest).toBeDefined();
    expect(logged.join()).toContain('decision not recorded');
  });
});
