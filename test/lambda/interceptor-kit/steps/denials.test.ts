import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deny } from '../../../../lambda/interceptor-kit/chain/outcome';
import { denialBody, denialOf } from '../../../../lambda/interceptor-kit/message/denial';
import { denials } from '../../../../lambda/interceptor-kit/steps/denials/denials';
import {
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../../lambda/interceptor-kit/testing';
import { METRIC_SERIES } from '../../../../lib/constructs/metrics/metric-series';
import { denialResponse, forbiddenBy } from '../../../../lib/contract/decision';
import { DENIAL_LINE_MAX_BYTES, type DenialLine, MASKED, parseDenialLine } from '../../../../lib/contract/denial-line';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';

const lines: string[] = [];
const step = denials(
  {
    gatewayVariable: 'GATEWAY',
    tools: ['Claims___pay', 'Claims___query'],
    reads: { amount_cap: [['amount'], ['owner', 'ssn'], ['place']], regions: [['region']] },
    maskedFields: ['SSN', 'region'],
  },
  { write: (line) => lines.push(line), environment: { GATEWAY: 'claims' } },
);
const CALLER = { claims: { sub: 'ann' } };
const CALL = toolCall('Claims___pay', {
  amount: 9_000,
  owner: { ssn: '123-45-6789' },
  place: { street: 'Main' },
  region: 'EU',
  note: 'unread',
});

async function lineOf(answer: object, call: JsonValue = CALL, headers = {}): Promise<DenialLine | undefined> {
  lines.length = 0;
  const event = requestEvent(call, CALLER);
  await tryResponse(
    [step],
    responseEvent(call, answer as JsonObject, { headers: { ...event.mcp.gatewayRequest?.headers, ...headers } }),
    {
      now: new Date('2026-11-20T02:37:00Z'),
    },
  );
  expect(lines.length).toBeLessThan(2);
  return lines[0] === undefined ? undefined : parseDenialLine(lines[0]);
}

const BY_CAP = denialResponse(1, forbiddenBy(['amount_cap-abcdefghij']));

describe('the count of denials', () => {
  it('says who was denied what, by which policy, for which arguments', async () => {
    const root = 'Root=1-0123abcd-0123456789abcdef01234567;Sampled=1';
    expect(await lineOf(BY_CAP, CALL, { 'x-amzn-trace-id': root })).toMatchObject({
      denial: 1,
      time: '2026-11-20T02:37:00.000Z',
      gateway: 'claims',
      tool: 'Claims___pay',
      method: 'tools/call',
      caller: 'ann',
      by: 'policy',
      reason: 'Policy evaluation denied due to amount_cap-abcdefghij',
      policies: ['amount_cap-abcdefghij'],
      arguments: { amount: '9000', 'owner.ssn': MASKED, place: '[object]' },
      trace: '0123abcd0123456789abcdef01234567',
      invocation: 'trial',
    });
    for (const hidden of ['123-45', 'Main', 'unread', 'eyJ']) expect(lines.join()).not.toContain(hidden);
  });

  // Covers gateway.embedded-metrics
  it('counts in the series that the library says it publishes', async () => {
    await lineOf(BY_CAP);
    const { _aws, ...values } = JSON.parse(lines[0] ?? '') as JsonObject;
    const [metric] = (
      _aws as { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: JsonObject[] }[] }
    ).CloudWatchMetrics;
    const series = METRIC_SERIES.find(({ metricName }) => metricName === 'Denials');
    expect(metric).toMatchObject({ Namespace: 'GovernedGateway', Metrics: [{ Name: 'Denials', Unit: 'Count' }] });
    expect(metric?.Dimensions).toEqual(series?.dimensionSets);
    expect(values).toMatchObject({ Gateway: 'claims', Tool: 'Claims___pay', Denials: 1 });
  });

  it.each<[string, object, Partial<DenialLine>]>([
    [
      'no policy',
      denialResponse(1, 'No policy applies to the request (denied by default).', 'result'),
      {
        by: 'policy',
        policies: [],
        arguments: { amount: '9000', 'owner.ssn': MASKED, place: '[object]', region: MASKED },
      },
    ],
    [
      'the REQUEST interceptor',
      denialBody(1, denialOf('spoofed-field'), 'r'),
      {
        by: 'request-interceptor',
        reason: 'spoofed-field',
        arguments: {},
      },
    ],
  ])('tells a denial by %s', async (_, answer, expected) => {
    expect(await lineOf(answer)).toMatchObject(expected);
  });

  it('tells a denial by the RESPONSE interceptor, after which the tool may have run', async () => {
    lines.length = 0;
    await tryResponse(
      [step, { name: 's', response: () => deny('result-withheld') }],
      responseEvent(CALL, resultOf({}), CALLER),
    );
    expect(parseDenialLine(lines[0] ?? '')).toMatchObject({ by: 'response-interceptor', reason: 'result-withheld' });
  });

  it('counts no tool by a name that a client made up', async () => {
    expect(await lineOf(BY_CAP, toolCall('Claims___x'))).toMatchObject({ tool: 'other', method: 'tools/call' });
    expect(await lineOf(denialBody(null, denialOf('batch'), 'r'), [CALL])).toMatchObject({
      tool: 'other',
      method: null,
      by: 'request-interceptor',
    });
  });

  it.each<[string, object]>([
    ['a result', resultOf(toolResult({ rows: [] }))],
    [
      'a failure that quotes a denial',
      resultOf({ content: [{ type: 'text', text: `so: ${JSON.stringify(BY_CAP)}` }], isError: true }),
    ],
    ['a denial with more data', { ...BY_CAP, error: { ...(BY_CAP.error as JsonObject), data: {} } }],
    ['words around it', { jsonrpc: '2.0', id: 1, error: { code: -32002, message: 'x Tool Execution Denied: [a]' } }],
  ])('does not count %s of a target', async (_, answer) => {
    expect(await lineOf(answer)).toBeUndefined();
  });

  it('writes nothing at the request', async () => {
    lines.length = 0;
    await tryRequest([step, { name: 's', request: () => deny('not-allowed') }], requestEvent(CALL, CALLER));
    expect(lines).toEqual([]);
  });

  it('stays one short line, whatever a client sends', async () => {
    const any = fc.string({ unit: 'binary', minLength: 0, maxLength: 2_000 });
    await fc.assert(
      fc.asyncProperty(any, any, any, async (value, method, trace) => {
        const call = toolCall(
          'Claims___pay',
          { amount: value, owner: { ssn: value }, place: value.repeat(50) },
          method,
        );
        await lineOf(BY_CAP, call, { traceparent: trace });
        const [line = '{}'] = lines;
        expect(Buffer.byteLength(line)).toBeLessThan(DENIAL_LINE_MAX_BYTES);
        expect(line).not.toContain('\n');
      }),
      { numRuns: 100 },
    );
  });
});
