import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../lib/contract/local-arn';
import { EvidenceCollector } from '../../lib/decisions/promote/evidence';
import { DecideAgain } from '../../lib/decisions/replay/decide-again';
import { Denials } from '../../lib/decisions/summary/denials';
import { Summary } from '../../lib/decisions/summary/summary';
import { preparePolicySet } from '../../lib/policy/decision/policy-set';
import { callsOf, logLinesOf, logOf, recordOf, spanOf } from './observed';

describe('records of this library', () => {
  const request = recordOf({ part: 'request', outcome: 'forwarded' });

  it('are one call for both of their lines, in either order', () => {
    const response = recordOf({
      part: 'response',
      outcome: 'denied',
      refusedBy: 'policy',
      reason: 'Policy evaluation denied due to cap-abcdefghij',
    });
    for (const lines of [
      [request, response],
      [response, request],
    ]) {
      const { calls } = callsOf(...lines);
      expect(calls).toHaveLength(1);
      expect(calls[0]).toMatchObject({
        verdict: 'denied',
        outcome: 'DENY',
        policies: ['cap'],
        caller: 'p_alice',
        record: { part: 'request', outcome: 'denied' },
      });
    }
  });

  it.each([
    [
      'what an interceptor refused',
      recordOf({ part: 'request', outcome: 'denied', refusedBy: 'interceptor', reason: 'not-allowed' }),
      'refused',
    ],
    ['a result under ENFORCE', recordOf(), 'allowed'],
    ['a failed target under ENFORCE', recordOf({ outcome: 'failed', refusedBy: 'target' }), 'allowed'],
    ['a result under LOG_ONLY, whose decision nobody sees', recordOf({ mode: 'LOG_ONLY' }), 'unknown'],
    [
      'an error of a policy',
      recordOf({ outcome: 'undecided', refusedBy: 'policy', reason: 'Policy evaluation failed.' }),
      'undecided',
    ],
    ['a line without the second one', recordOf({ part: 'request', outcome: 'forwarded' }), 'unknown'],
    [
      'what the emulator saw under LOG_ONLY',
      recordOf({ mode: 'LOG_ONLY', decided: { outcome: 'DENY', policies: ['cap'], flipping: [], mismatched: [] } }),
      'would be denied',
    ],
  ])('tell the verdict: %s', (_, record, verdict) => {
    expect(callsOf(record).calls).toMatchObject([{ verdict }]);
  });

  it('are found in what the log service gives out', () => {
    const text = JSON.stringify(recordOf());
    for (const line of [
      text,
      `2026-11-20T10:00:00.000Z ${text}`,
      JSON.stringify({ timestamp: 1, message: text }),
      `            "message": ${JSON.stringify(`${text}\n`)},`,
    ])
      expect(callsOf(line).calls).toMatchObject([{ verdict: 'allowed' }]);
  });

  it('stand for the calls that were not recorded beside them', () => {
    expect(callsOf(recordOf({ sample: 0.25 })).calls).toMatchObject([{ weight: 4 }]);
  });
});

describe('log lines of the platform', () => {
  // Covers gateway.log-lines
  it.each([
    ['ALLOW', true, 'allowed', undefined],
    ['DENY', false, 'denied', 'ENFORCE'],
    // The log of a denial that is only logged is that of a real one.
    ['DENY', true, 'would be denied', 'LOG_ONLY'],
  ] as const)('of a decision %s whose target ran: %s', (decision, ran, verdict, mode) => {
    const { calls } = callsOf(...logLinesOf(decision, ran, ['cap-abcdefghij']));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      verdict,
      mode,
      tool: 'notes___read',
      caller: 'alice',
      policies: ['cap'],
      requestId: 'r-1',
    });
  });

  it('of other methods are no calls', () => {
    expect(
      callsOf(
        logOf('Received request for tools/list method'),
        logOf('Started processing request', { requestBody: '{method=tools/list}' }),
      ).calls,
    ).toEqual([]);
  });

  it('of several calls at once are told apart', () => {
    const [one, other] = [logLinesOf('ALLOW', true, ['a'], 'r-1'), logLinesOf('DENY', false, ['b'], 'r-2')];
    const mixed = one.flatMap((line, index) => [line, other[index] ?? line]);
    expect(
      callsOf(...mixed)
        .calls.map(({ verdict }) => verdict)
        .sort(),
    ).toEqual(['allowed', 'denied']);
  });
});

describe('spans', () => {
  const invoke = spanOf('AgentCore.Gateway.InvokeTool', {
    'tool.name': 'notes___read',
    'aws.agentcore.policy.authorization_decision': 'DENY',
    'aws.agentcore.gateway.policy.mode': 'LOG_ONLY',
  });
  const authorize = spanOf('AgentCore.Policy.AuthorizeAction', {
    'aws.agentcore.policy.authorization_decision': 'DENY',
    'aws.agentcore.policy.determining_policies': ['cap-abcdefghij'],
    'aws.agentcore.policy.log_only_mismatched_policies': ['later-abcdefghij'],
    'aws.agentcore.policy.log_only_decision_flipping_policies': ['flip-abcdefghij'],
  });

  it('of one request are one call', () => {
    expect(callsOf(invoke, authorize).calls).toMatchObject([
      {
        verdict: 'would be denied',
        tool: 'notes___read',
        policies: ['cap'],
        mismatched: ['later'],
        flipping: ['flip'],
        caller: undefined,
        knowsMismatched: true,
      },
    ]);
  });

  it('join a record and log lines that have the same request id', () => {
    const record = recordOf({ requestId: 'r-1', tool: 'notes___read' });
    const { calls } = callsOf(record, ...logLinesOf('DENY', true, ['cap-abcdefghij']), invoke, authorize);
    expect(calls).toMatchObject([{ sources: ['record', 'log', 'span'], caller: 'p_alice', record: { key: 'p_1' } }]);
  });
});

it('counts lines about other things, and takes no harm from any', () => {
  const { calls, reader } = callsOf(
    '',
    'START RequestId',
    '{',
    '{}',
    '[1]',
    'null',
    { decisionRecord: 2 },
    { message: 5 },
    { body: { log: 5 }, request_id: 'r' },
  );
  expect(calls).toEqual([]);
  expect(reader.counts).toEqual({ record: 0, log: 0, span: 0, other: 9 });
});

/** A line in which one member, however deep, is anything at all. */
const spoiled = fc
  .tuple(
    fc.constantFrom<JsonObject>(
      recordOf({
        requestId: 'r-1',
        input: {
          principal: { type: 'AgentCore::OAuthUser' },
          fits: true,
          everyClaim: false,
          claims: { department: 'hr' },
          hasClaims: { email: true },
          arguments: { '/amount': 5 },
          hasArguments: { '/note': true },
          pseudonyms: { 'claim email': 'p_2' },
        },
        refusedBy: 'policy',
        reason: 'Policy evaluation denied due to cap',
        decided: { outcome: 'DENY', policies: ['cap'], flipping: [], mismatched: [] },
      }) as object as JsonObject,
      ...logLinesOf('DENY', false, ['cap']),
      spanOf('AgentCore.Policy.AuthorizeAction', { 'aws.agentcore.policy.determining_policies': ['cap'] }),
      spanOf('AgentCore.Gateway.InvokeTool', { 'tool.name': 'a___b' }),
    ),
    fc.infiniteStream(fc.nat({ max: 20 })),
    fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(1e300, -1, 0, '', 'x', null, [], {}, true)),
  )
  .map(([line, choices, anything]) => {
    const spoil = (value: unknown): unknown => {
      if (!isJsonObject(value) || Object.keys(value).length === 0) return anything;
      const names = Object.keys(value);
      const name = names[(choices.next().value ?? 0) % names.length] ?? '';
      const isDeep = (choices.next().value ?? 0) % 2 === 0;
      return { ...value, [name]: isDeep ? spoil(value[name]) : anything };
    };
    return spoil(line) as object;
  });

it('takes no harm from a line in which anything is something else, and tells calls that commands can go on with', () => {
  const set = preparePolicySet({ policies: [], targets: [], mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
  fc.assert(
    fc.property(fc.array(spoiled, { minLength: 1, maxLength: 4 }), (lines) => {
      const { calls } = callsOf(...lines);
      const now = new Date('2026-11-29T12:00:00Z');
      const [summary, denials, again] = [new Summary(), new Denials(), new DecideAgain(set)];
      const evidence = new EvidenceCollector({ expectations: [], now, settledAt: now, logOnly: new Map(), again });
      for (const call of calls) {
        for (const text of [call.caller, call.tool, call.reason, call.requestId])
          expect(['string', 'undefined']).toContain(typeof text);
        for (const text of [...(call.policies ?? []), ...call.flipping, ...call.mismatched])
          expect(text).toBeTypeOf('string');
        expect(call.time).toMatch(/^(\d{4}-\d\d-\d\dT[\d:.]+Z)?$/);
        expect(call.weight).toBeGreaterThan(0);
        for (const one of [summary, denials, evidence]) one.add(call);
      }
      expect(Number.isFinite(summary.result().total)).toBe(true);
      expect(denials.result()).toBeDefined();
      expect(evidence.result().decided).toBeLessThanOrEqual(calls.length);
    }),
    { numRuns: 300 },
  );
});

it('waits for lines in constant memory', () => {
  const { calls } = callsOf(
    ...Array.from({ length: 30_000 }, (_, index) => recordOf({ part: 'request', key: `p_${index}` })),
  );
  expect(calls).toHaveLength(30_000);
});
