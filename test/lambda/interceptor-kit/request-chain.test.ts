import { describe, expect, it } from 'vitest';
import { makeSteps } from '../../../lambda/interceptor-kit/chain/configured-steps';
import { createHandler } from '../../../lambda/interceptor-kit/chain/handler';
import { interceptRequest } from '../../../lambda/interceptor-kit/chain/intercept-request';
import { createLogger, type Logger } from '../../../lambda/interceptor-kit/chain/logger';
import { answer, deny, proceed } from '../../../lambda/interceptor-kit/chain/outcome';
import type { Conclusion, Step } from '../../../lambda/interceptor-kit/chain/step';
import { everyShape, refusedShapes } from '../../../lambda/interceptor-kit/payload-shapes';
import { message, requestEvent, toolCall, tryRequest } from '../../../lambda/interceptor-kit/testing';
import type { JsonObject } from '../../../lib/contract/json';
import type { InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import { expectDenied, expectPassed } from './expect-output';

const step = (request: Step['request'], name = 'under-test'): Step => ({ name, request }) as Step;
const CALL = toolCall('T___x', { a: 1 });
const CONFIG: InterceptorConfig = { version: 1, authorization: 'jwt', steps: [], inputSchemas: {} };

function recordingLogger(): { lines: JsonObject[]; log: Logger } {
  const lines: JsonObject[] = [];
  return { lines, log: createLogger([], (line) => lines.push(JSON.parse(line) as JsonObject)) };
}

function noTime(): Date {
  throw new Error('no time');
}

describe('a REQUEST chain', () => {
  it.each(everyShape().filter(({ point }) => point === 'REQUEST'))(
    'echoes $name when no step changes it',
    async ({ event }) => {
      const output = await tryRequest([step(() => proceed())], event);
      expectPassed(output, event.mcp.gatewayRequest?.body);
      expect(output.mcp.transformedGatewayRequest).not.toHaveProperty('headers');
    },
  );

  it('shows each step what the one before it made', async () => {
    const seen: unknown[] = [];
    const add = (name: string): Step =>
      step((call) => {
        if (call.kind !== 'tools/call') return proceed();
        seen.push(call.arguments);
        return proceed({ arguments: { ...call.arguments, [name]: true } });
      });
    expectPassed(
      await tryRequest([add('b'), add('c')], requestEvent(CALL)),
      toolCall('T___x', { a: 1, b: true, c: true }),
    );
    expect(seen).toEqual([{ a: 1 }, { a: 1, b: true }]);
  });

  it('changes parameters and headers', async () => {
    const output = await tryRequest(
      [
        step(() => proceed({ params: { cursor: '2' }, headers: { 'X-Tenant': 'eu' } })),
        step(() => proceed({ headers: { authorization: 'Bearer x' } })),
      ],
      requestEvent(message('tools/list')),
    );
    expect(output.mcp.transformedGatewayRequest).toEqual({
      headers: { 'x-tenant': 'eu', authorization: 'Bearer x' },
      body: message('tools/list', { cursor: '2' }),
    });
  });

  it('stops at the first denial', async () => {
    let reached = false;
    const last = step(() => {
      reached = true;
      return proceed();
    });
    const error = expectDenied(
      await tryRequest([step(() => deny('closed-today', 'come back tomorrow')), last], requestEvent(CALL)),
      'closed-today',
    );
    expect(error).toMatchObject({
      code: -32002,
      message: 'Request denied: come back tomorrow',
      data: { requestId: 'trial' },
    });
    expect(reached).toBe(false);
  });

  it.each<[tools: unknown, request: JsonObject, runs: boolean]>([
    [['T'], CALL, true],
    [['T___x'], CALL, true],
    [['*'], CALL, true],
    [['x'], CALL, false],
    [['T___y', 'U'], CALL, false],
    [[], CALL, false],
    [['*'], message('tools/list'), false],
    [undefined, message('tools/list'), true],
    ['T___x', CALL, true],
  ])('runs a step that is for %j on %j: %s', async (tools, request, runs) => {
    const closed = { name: 'closed', tools, request: () => deny('not-allowed') } as unknown as Step;
    const output = await tryRequest([closed], requestEvent(request));
    // What is no list of tools denies, as everything does that a step cannot say.
    if (runs) expectDenied(output, typeof tools === 'string' ? 'step-failed' : 'not-allowed');
    else expectPassed(output, request);
  });

  it('names a tool to steps as `defineTool` does, and in full', async () => {
    const seen: unknown[] = [];
    const watch = step((call) => {
      if (call.kind === 'tools/call') seen.push(call.tool);
      return proceed();
    });
    await tryRequest([watch], requestEvent(CALL));
    expect(seen).toEqual([{ name: 'x', target: 'T', fullName: 'T___x' }]);
  });

  it('answers early', async () => {
    const output = await tryRequest(
      [step(() => answer({ tools: [] }))],
      requestEvent(message('tools/list', undefined, 'l')),
    );
    expect(output.mcp).toEqual({
      transformedGatewayResponse: {
        statusCode: 200,
        headers: { 'content-type': 'application/json' },
        body: { jsonrpc: '2.0', id: 'l', result: { tools: [] } },
      },
    });
  });

  it.each<[string, () => unknown]>([
    ['undefined', () => undefined],
    ['true', () => true],
    ['an object that looks like an outcome', () => ({ changes: {} })],
    ['an empty promise', () => Promise.resolve()],
    ['a payload', () => proceed({ payload: {} })],
    ['arguments for tools/list', () => proceed({ arguments: {} })],
    ['parameters that make the call invalid', () => proceed({ params: { name: 1 } })],
    ['a header that the gateway refuses', () => proceed({ headers: { 'x a': 'b' } })],
    ['a header with a line break', () => proceed({ headers: { x: 'a\r\nb: c' } })],
    ['arguments that are no object', () => proceed({ arguments: 'x' as never })],
    ['a denial without reason', () => ({ ...deny('batch'), denial: undefined })],
  ])('denies when a step returns %s', async (what, request) => {
    const body = what === 'arguments for tools/list' ? message('tools/list') : CALL;
    expectDenied(await tryRequest([step(request as Step['request'])], requestEvent(body)), 'step-failed');
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('table secret-table not found');
      },
    ],
    [
      'throws without words',
      () => {
        throw new RangeError();
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret-table'))],
  ])('denies without internals when a step %s', async (_what, request) => {
    const lines: string[] = [];
    const output = await tryRequest([step(request as Step['request'])], requestEvent(CALL), {
      log: (line) => lines.push(line),
    });
    expectDenied(output, 'step-failed');
    expect(JSON.stringify(output)).not.toContain('secret-table');
    expect(lines.join()).toContain('"step":"under-test"');
  });

  it('denies when a step takes too long, and tells it to stop', async () => {
    let signal: AbortSignal | undefined;
    const slow: Step = {
      name: 'slow',
      budgetMs: 5,
      request: (_call, context) => {
        signal = context.signal;
        return new Promise(() => {});
      },
    };
    expectDenied(await tryRequest([slow], requestEvent(CALL)), 'step-timeout');
    expect(signal?.aborted).toBe(true);
  });

  it('denies before Lambda ends the invocation, whatever the budgets of the steps add up to, and still takes note', async () => {
    const noted: unknown[] = [];
    const patient: Step = { name: 'patient', budgetMs: 60_000, request: () => new Promise(() => {}) };
    const observer: Step = { name: 'observer', observe: ({ denial }) => void noted.push(denial?.reason) };
    const options = { timeLeftMs: 1_010 };
    expectDenied(await tryRequest([observer, patient], requestEvent(CALL), options), 'step-timeout');
    expect(noted).toEqual(['step-timeout']);
    const hanging: Step = { name: 'hanging', budgetMs: 60_000, observe: () => new Promise(() => {}) };
    expectDenied(await tryRequest([hanging], requestEvent(CALL), { timeLeftMs: 260 }), 'audit-failed');
  });

  it('waits for nothing without a budget, promise or not', async () => {
    // biome-ignore lint/suspicious/noThenProperty: something that `await` waits for and that is no promise
    const never = step(() => ({ then: () => {} }) as never);
    expectDenied(await tryRequest([{ ...never, budgetMs: 5 }], requestEvent(CALL)), 'step-timeout');
  });

  it('answers with the id of the message, or null', async () => {
    const closed = [step(() => deny('not-allowed'))];
    expectDenied(await tryRequest(closed, requestEvent({ ...CALL, id: 'abc' })), 'not-allowed', 'abc');
    expectDenied(await tryRequest(closed, requestEvent({ ...CALL, id: 0 })), 'not-allowed', 0);
    const { id: _, ...notification } = CALL;
    expectDenied(await tryRequest(closed, requestEvent(notification)), 'not-allowed', null);
  });

  it.each(refusedShapes())('refuses $name before any step', async ({ event, reason }) => {
    let reached = false;
    const first = step(() => {
      reached = true;
      return proceed();
    });
    const output = await tryRequest([first], event);
    expect(output.mcp.transformedGatewayRequest).toBeUndefined();
    expect(output.mcp.transformedGatewayResponse?.body).toMatchObject({ error: { data: { reason } } });
    expect(reached).toBe(false);
  });

  // Covers interceptor.methods
  it.each([
    ['a batch', [CALL], 'batch'],
    ['a batch of discovery', [message('tools/list')], 'batch'],
    ['no JSON-RPC', { method: 'tools/list' }, 'malformed-message'],
  ])('refuses %s, with or without token', async (_what, body, reason) => {
    for (const caller of [{}, { headers: { accept: 'application/json' } }]) {
      expectDenied(await tryRequest([], requestEvent(body as never, caller)), reason, null);
    }
  });

  it('lets discovery without token pass unchanged, past every step', async () => {
    const closed = [step(() => deny('not-allowed'))];
    const body = message('tools/list', { cursor: 'x' });
    expectPassed(await tryRequest(closed, requestEvent(body, { headers: { accept: '*/*' } })), body);
    expectDenied(await tryRequest(closed, requestEvent(CALL, { headers: { accept: '*/*' } })), 'unauthenticated');
  });

  it.each(['iam', 'none'] as const)(
    'lets nothing past the steps on a gateway with authorization %s',
    async (authorization) => {
      const event = requestEvent(message('tools/list'), { headers: { accept: '*/*' } });
      expectDenied(
        await tryRequest([step(() => deny('not-allowed'))], event, { config: { authorization } }),
        'not-allowed',
      );
    },
  );

  it('denies everything without configuration, and logs why', async () => {
    for (const { event } of everyShape()) {
      const { lines, log } = recordingLogger();
      const output = await createHandler(interceptRequest, [], { config: undefined, log })(event);
      expectDenied(output as never, 'misconfigured', null);
      expect(lines).toEqual([expect.objectContaining({ message: 'failed', error: 'no config' })]);
    }
  });

  it('denies everything when a step cannot be made, and logs why', async () => {
    const { lines, log } = recordingLogger();
    const audit = () => {
      throw new Error('no such stream');
    };
    const config = { ...CONFIG, steps: [{ step: 'audit' }, { step: 'redaction' }] } as unknown as InterceptorConfig;
    for (const made of makeSteps(config, (name) => (name === 'audit' ? audit : undefined))) {
      const output = await createHandler(interceptRequest, [made], { config, log })(requestEvent(CALL));
      expectDenied(output as never, 'misconfigured');
    }
    const reasons = lines.filter(({ message: said }) => said === 'bad step').map(({ error }) => error);
    expect(reasons).toEqual([{ name: 'Error', message: 'no such stream' }, 'unknown']);
  });

  it('denies when the handler itself fails, and logs why', async () => {
    const { lines, log } = recordingLogger();
    const output = await createHandler(interceptRequest, [], { config: CONFIG, clock: noTime, log })(
      requestEvent(CALL),
    );
    expectDenied(output as never, 'step-failed', null);
    expect(lines).toEqual([expect.objectContaining({ error: { name: 'Error', message: 'no time' } })]);
  });

  it('denies when even the logger fails', async () => {
    const fail = (): never => {
      throw new Error('no log');
    };
    const log = { info: fail, warn: fail, error: fail };
    const output = await createHandler(interceptRequest, [], { config: CONFIG, clock: noTime, log })(
      requestEvent(CALL),
    );
    expectDenied(output as never, 'step-failed', null);
  });

  it('denies when it is wired to the wrong point', async () => {
    const { event } = everyShape().find(({ point }) => point === 'RESPONSE') ?? {};
    expectDenied(await tryRequest([], event), 'misconfigured', null);
  });

  it('does not judge messages of HTTP targets', async () => {
    const event = {
      interceptorInputVersion: '1.0',
      http: { gatewayRequest: { path: '/x', body: '' } },
      mcp: { gatewayRequest: { body: CALL } },
    };
    expect(await tryRequest([], event)).toMatchObject({ http: { transformedGatewayResponse: { statusCode: 403 } } });
    const config = { httpMessages: 'pass' } as const;
    expect(await tryRequest([], event, { config })).toEqual({ interceptorOutputVersion: '1.0', http: {} });
  });

  it.each([
    ['a denial of another step', step(() => deny('not-allowed')), CALL, 'denied', 'not-allowed'],
    ['a refusal of the kit', step(() => proceed()), [CALL], 'denied', 'batch'],
    ['a passage', step(() => proceed()), CALL, 'passed', undefined],
    ['an early answer', step(() => answer({})), CALL, 'answered', undefined],
  ])('shows observers %s', async (_what, other, body, outcome, reason) => {
    const seen: Conclusion[] = [];
    const observer: Step = {
      name: 'observer',
      observe: (conclusion) => {
        seen.push(conclusion);
      },
    };
    await tryRequest([observer, other], requestEvent(body as never));
    expect(seen.map((end) => [end.outcome, end.denial?.reason])).toEqual([[outcome, reason]]);
  });

  it('denies when an observer cannot take note', async () => {
    const observer: Step = { name: 'observer', observe: () => Promise.reject(new Error('stream is gone')) };
    expectDenied(await tryRequest([observer], requestEvent(CALL)), 'audit-failed');
  });

  it('shows a step claims, headers, token and time', async () => {
    const seen: unknown[] = [];
    const look = step((_call, { claims, headers, now, point, bearerToken }) => {
      seen.push(claims, headers.get('CONTENT-TYPE'), now.toISOString(), point, typeof bearerToken());
      return proceed();
    });
    const now = new Date('2026-11-20T10:00:00Z');
    await tryRequest([look], requestEvent(CALL, { claims: { sub: 'ann' } }), { now });
    expect(seen).toEqual([{ sub: 'ann' }, 'application/json', '2026-11-20T10:00:00.000Z', 'REQUEST', 'string']);
  });
});
