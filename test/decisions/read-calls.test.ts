import { describe, expect, it } from 'vitest';
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

it('waits for lines in constant memory', () => {
  const { calls } = callsOf(
    ...Array.from({ length: 30_000 }, (_, index) => recordOf({ part: 'request', key: `p_${index}` })),
  );
  expect(calls).toHaveLength(30_000);
});
