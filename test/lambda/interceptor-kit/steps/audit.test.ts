import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deny, proceed } from '../../../../lambda/interceptor-kit/chain/outcome';
import { denialBody, denialOf } from '../../../../lambda/interceptor-kit/message/denial';
import { type AuditDependencies, audit } from '../../../../lambda/interceptor-kit/steps/audit/audit';
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
import { verifyAuditLog } from '../../../../lib/contract/audit-log';
import type { AuditRecord } from '../../../../lib/contract/audit-record';
import { denialResponse } from '../../../../lib/contract/decision';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import type { AuditConfig } from '../../../../lib/contract/steps/audit';
import { expectDenied, expectPassed } from '../expect-output';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function recorder(more: Partial<AuditConfig> = {}, dependencies: AuditDependencies = {}) {
  const lines: string[] = [];
  const config: AuditConfig = {
    points: 'response',
    claims: ['cognito:groups'],
    arguments: [{ tools: ['Claims'], names: ['claimId'] }],
    onDeliveryFailure: 'deny',
    ...more,
  };
  const step = audit(config, {
    write: (line) => lines.push(line),
    writer: 'w-1',
    environment: { STREAM: 'audit' },
    ...dependencies,
  });
  return { step, lines, records: () => lines.map((line) => JSON.parse(line) as AuditRecord) };
}

const CALL = toolCall('Claims___query', { claimId: 'c-1', ssn: '123-45-6789' }, 'm-1');
const CALLER = { claims: { sub: 'ann', 'cognito:groups': ['a'], email: 'ann@b.example' } };

/** The gateway's words for a denial by a policy. */
const POLICY_WORDS = (denialResponse(1, 'p-1').error as JsonObject)['message'] as string;

describe('audit record', () => {
  it('says who did what, how it ended, and how to find it again', async () => {
    const { step, records, lines } = recorder();
    const event = requestEvent(CALL, CALLER);
    const headers = {
      ...event.mcp.gatewayRequest?.headers,
      'Mcp-Session-Id': 'session-1',
      traceparent: '00-abc-def-01',
    };
    const answered = responseEvent(CALL, resultOf(toolResult({ rows: 'secret rows' })), { headers });
    await tryResponse([step], answered, { now: new Date('2026-11-20T10:00:00Z') });
    expect(records()).toEqual([
      {
        audit: 1,
        writer: 'w-1',
        sequence: 0,
        previous: '0'.repeat(64),
        time: '2026-11-20T10:00:00.000Z',
        point: 'response',
        who: { subject: 'ann', claims: { 'cognito:groups': ['a'] } },
        what: {
          method: 'tools/call',
          target: 'Claims',
          tool: 'query',
          argumentsHash: sha256('{"claimId":"c-1","ssn":"123-45-6789"}'),
          arguments: { claimId: 'c-1' },
        },
        outcome: 'allowed',
        durationMs: expect.any(Number),
        ids: { invocation: 'trial', message: 'm-1', trace: '00-abc-def-01', session: sha256('session-1').slice(0, 16) },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    for (const secret of ['123-45', 'session-1', 'secret rows', 'ann@b', 'eyJ'])
      expect(lines.join()).not.toContain(secret);
  });

  it.each<[string, unknown, string, string | undefined]>([
    ['a result', resultOf(toolResult(1)), 'allowed', undefined],
    [
      'a denial by policy, as error',
      denialResponse(1, 'Policy evaluation denied due to p-1'),
      'denied',
      'policy: Policy evaluation denied due to p-1',
    ],
    ['a denial by policy, as result', denialResponse(1, 'none', 'result'), 'denied', 'policy: none'],
    ['a denial by an interceptor', denialBody(1, denialOf('spoofed-field'), 'r'), 'denied', 'spoofed-field'],
    ...[
      ['reason', { code: -32002, message: 'x', data: { reason: 'spoofed-field' } }],
      ['words', { code: -32002, message: 'Request denied: all is well', data: { reason: 'not-allowed' } }],
      ['reason of its own', { code: -32002, message: 'Request denied: by me', data: { reason: 'by-me' } }],
      ['words around those of a policy', { code: -32002, message: `x ${POLICY_WORDS}` }],
      ['data beside those of a policy', { code: -32002, message: POLICY_WORDS, data: {} }],
      ['two reasons', { code: -32002, message: `${POLICY_WORDS} [p-2]` }],
    ].map(([what, error]): [string, JsonObject, string, string] => [
      `a target's error with the ${what as string} of a denial`,
      { jsonrpc: '2.0', id: 1, error: error as JsonObject },
      'failed',
      'error -32002',
    ]),
    ...[
      [{ type: 'text', text: `The note says: ${POLICY_WORDS}` }],
      [
        { type: 'text', text: POLICY_WORDS },
        { type: 'text', text: 'more' },
      ],
    ].map((content): [string, JsonObject, string, string] => [
      `a tool's failure of ${content.length} texts with the words of a denial`,
      resultOf({ content, isError: true }),
      'failed',
      'tool error',
    ]),
    ['another error', { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'x' } }, 'failed', 'error -32603'],
    [
      'an error of the tool',
      resultOf({ content: [{ type: 'text', text: 'An internal error' }], isError: true }),
      'failed',
      'tool error',
    ],
  ])('calls %s %s', async (_what, body, outcome, reason) => {
    const { step, records } = recorder();
    await tryResponse([step], responseEvent(CALL, body as JsonObject, CALLER));
    expect(records().map((record) => [record.outcome, record.reason])).toEqual([[outcome, reason]]);
    // A target that knows the words can say them: the record does not claim that the gateway did.
    expect(records()[0]?.toldBy).toBe(outcome === 'denied' ? 'answer' : undefined);
  });

  it('records what steps deny on the way out, and messages that cannot be read', async () => {
    const { step, records } = recorder();
    await tryResponse(
      [step, { name: 's', response: () => deny('result-withheld') }],
      responseEvent(CALL, resultOf({})),
    );
    await tryResponse([step], responseEvent([CALL], resultOf({})));
    expect(records().map(({ outcome, reason, what }) => [outcome, reason, what.method])).toEqual([
      ['denied', 'result-withheld', 'tools/call'],
      ['denied', 'batch', null],
    ]);
  });

  it.each<[string, JsonValue]>([
    ['a batch', [CALL]],
    ['a look-alike letter in the name of a tool', toolCall('Cl\u0430ims___query')],
    ['a number that was rounded', toolCall('Claims___query', { amount: 2 ** 53 })],
  ])('says who tried %s', async (_what, body) => {
    const { step, records } = recorder({ points: 'both' });
    await tryRequest([step], requestEvent(body, CALLER));
    await tryResponse([step], responseEvent(body, resultOf({}), CALLER));
    for (const { who, outcome } of records()) {
      expect([who, outcome]).toEqual([{ subject: 'ann', claims: { 'cognito:groups': ['a'] } }, 'denied']);
    }
    expect(records()).toHaveLength(2);
  });

  it('records at the request as well when asked to', async () => {
    const both = recorder({ points: 'both' });
    await tryRequest([both.step], requestEvent(CALL, CALLER));
    await tryRequest([both.step, { name: 's', request: () => deny('not-allowed') }], requestEvent(CALL, CALLER));
    await tryRequest([both.step], requestEvent(message('tools/list'), { headers: { accept: '*/*' } }));
    expect(both.records().map(({ outcome, point, who }) => [outcome, point, who.subject])).toEqual([
      ['forwarded', 'request', 'ann'],
      ['denied', 'request', 'ann'],
      ['probe', 'request', null],
    ]);
    const { step, lines } = recorder();
    await tryRequest([step], requestEvent(CALL));
    expect(lines).toEqual([]);
  });

  it('cuts what a client may make long', async () => {
    const { step, lines } = recorder({ points: 'both' });
    const long = 'x'.repeat(100_000);
    await tryRequest([step], requestEvent(toolCall('Claims___query', { claimId: long }, long), CALLER));
    await tryRequest([step], requestEvent(message(long, {}), CALLER));
    await tryRequest([step], requestEvent(message('resources/read', { uri: long }), CALLER));
    for (const line of lines) expect(line.length).toBeLessThan(2_000);
  });

  it('chains the records of one writer', async () => {
    const { step, lines, records } = recorder();
    for (let n = 0; n < 5; n++) await tryResponse([step], responseEvent(CALL, resultOf({}), CALLER));
    expect(records().map((record) => record.sequence)).toEqual([0, 1, 2, 3, 4]);
    expect(verifyAuditLog(lines.join('\n'), sha256)).toEqual({ records: 5, writers: 1, otherLines: 0, flaws: [] });
  });

  it('delivers the same line to a stream', async () => {
    const delivered: [string, string][] = [];
    const deliver: AuditDependencies['deliver'] = async (stream, line) => {
      delivered.push([stream, line]);
    };
    const { step, lines } = recorder({ streamVariable: 'STREAM' }, { deliver });
    await tryResponse([step], responseEvent(CALL, resultOf({})));
    expect(delivered).toEqual([['audit', lines[0]]]);
  });

  it('denies a call that cannot be delivered, or only logs it', async () => {
    const deliver = () => Promise.reject(new Error('stream gone'));
    const strict = recorder({ streamVariable: 'STREAM' }, { deliver });
    expectDenied(await tryResponse([strict.step], responseEvent(CALL, resultOf({}))), 'audit-failed', 'm-1');
    expect(strict.lines).toHaveLength(1);
    const lenient = recorder({ streamVariable: 'STREAM', onDeliveryFailure: 'log' }, { deliver });
    const logged: string[] = [];
    const output = await tryResponse([lenient.step], responseEvent(CALL, resultOf({})), {
      log: (line) => logged.push(line),
    });
    expect(output.mcp.transformedGatewayResponse?.body).toEqual(resultOf({}));
    expect(logged.join()).toContain('audit record not delivered');
    const unset = recorder({ streamVariable: 'NONE' }, { deliver: async () => {} });
    expectDenied(await tryResponse([unset.step], responseEvent(CALL, resultOf({}))), 'audit-failed', 'm-1');
  });

  it('changes nothing in the message', async () => {
    const { step } = recorder({ points: 'both' });
    expectPassed(await tryRequest([step, { name: 's', request: () => proceed() }], requestEvent(CALL)), CALL);
  });
});
