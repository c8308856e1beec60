import Ajv from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTool, ToolError } from '../../../lambda/tool-kit';
import { toolHandlerWithLog } from '../../../lambda/tool-kit/tool-handler';
import { PROOF_ARGUMENT, proofOf } from '../../../lib/contract/interceptor-proof';
import type { JsonObject } from '../../../lib/contract/json';
import { call, recordingLog } from './call';

const getClaim = defineTool({
  name: 'get_claim',
  description: 'Returns one claim',
  input: z.object({ claim_id: z.string().regex(/^C-\d+$/), limit: z.int().max(10).default(5) }),
  output: z.object({ id: z.string(), limit: z.number() }),
  handler: ({ claim_id, limit }) => ({ id: claim_id, limit }),
});

const whereAmI = defineTool({
  name: 'where_am_i',
  description: 'Returns the geography of the caller',
  input: z.object({ greeting: z.string().optional() }),
  trusted: z.object({ geography: z.enum(['EU', 'US']), level: z.int() }),
  handler: async ({ greeting }, { trusted, ...context }) => ({
    greeting: greeting ?? null,
    place: trusted.geography,
    tool: context.toolName,
    gateway: context.gatewayId,
    target: context.targetId,
    request: context.requestId,
  }),
});

function failing(run: () => unknown) {
  return defineTool({
    name: 'fail',
    description: 'Fails',
    input: z.object({ secret: z.string().optional() }),
    handler: run,
  });
}

describe('a call that is in order', () => {
  // Covers target.lambda
  it('gets the result of the tool that the gateway names, arguments parsed', async () => {
    const { handler } = recordingLog(getClaim, whereAmI);
    expect(await call(handler, 'Claims___get_claim', { claim_id: 'C-1' })).toEqual({ id: 'C-1', limit: 5 });
  });

  it('sees its context, and trusted fields apart from the arguments', async () => {
    const { handler } = recordingLog(getClaim, whereAmI);
    expect(await call(handler, 'Claims___where_am_i', { greeting: 'hi', geography: 'EU', level: 3 })).toEqual({
      greeting: 'hi',
      place: 'EU',
      tool: 'where_am_i',
      gateway: 'claims-a1b2c3d4e5',
      target: 'AB12CD34EF',
      request: 'request-1',
    });
  });

  it('may log, with tool and request in every entry, and knows how long it may take', async () => {
    const tool = defineTool({
      name: 'slow',
      description: 'Takes its time',
      input: z.object({}),
      handler: (_input, { log, remainingTime }) => {
        log.info('half way', { rows: 2 });
        return remainingTime();
      },
    });
    const { handler, entries } = recordingLog(tool);
    const custom = { bedrockAgentCoreToolName: 'T___slow', bedrockAgentCoreAwsRequestId: 'request-1' };
    const context = { clientContext: { custom }, getRemainingTimeInMillis: () => 1_234 };
    expect(await handler({}, context)).toBe(1_234);
    expect(entries).toEqual([
      { level: 'info', message: 'half way', tool: 'slow', requestId: 'request-1', messageId: '', rows: 2 },
    ]);
    expect(await handler({}, { clientContext: { custom } })).toBe(Number.POSITIVE_INFINITY);
  });

  it('may have a tool name with underscores, also doubled', async () => {
    const tool = defineTool({ name: 'a___b__c', description: 'Odd name', input: z.object({}), handler: () => 'ok' });
    const { handler } = recordingLog(tool);
    expect(await call(handler, 'My-Target___a___b__c', {})).toBe('ok');
  });

  it('answers null when the tool returns nothing', async () => {
    const { handler } = recordingLog(failing(() => undefined));
    expect(await call(handler, 'T___fail', {})).toBeNull();
  });
});

describe('null and absence', () => {
  const tool = defineTool({
    name: 'echo',
    description: 'Echoes',
    input: z.object({
      optional: z.string().optional(),
      nullable: z.string().nullable(),
      both: z.string().nullish(),
      defaulted: z.int().default(7),
    }),
    handler: (input) => input,
  });

  it('mean the same on the wire, and each argument gets the one that it takes', async () => {
    const { handler } = recordingLog(tool);
    expect(await call(handler, 'T___echo', {})).toEqual({ nullable: null, defaulted: 7 });
    const nulls = { optional: null, nullable: null, both: null, defaulted: null };
    expect(await call(handler, 'T___echo', nulls)).toEqual({ nullable: null, both: null, defaulted: 7 });
  });

  it('stay errors for required arguments', async () => {
    const { handler } = recordingLog(getClaim);
    for (const args of [{}, { claim_id: null }]) {
      expect(await call(handler, 'T___get_claim', args)).toMatchObject({ error: { code: 'INVALID_ARGUMENTS' } });
    }
  });
});

describe('a call that is not in order', () => {
  it('is refused with the place of every wrong argument; the log has no values', async () => {
    const { handler, entries } = recordingLog(getClaim);
    const result = await call(handler, 'Claims___get_claim', { claim_id: 'topsecret', limit: 99 });
    expect(result).toMatchObject({
      error: { code: 'INVALID_ARGUMENTS', requestId: 'request-1', issues: [{ path: 'claim_id' }, { path: 'limit' }] },
    });
    expect(JSON.stringify(entries)).not.toContain('topsecret');
    expect(entries).toMatchObject([{ level: 'warn', tool: 'get_claim', paths: ['claim_id', 'limit'] }]);
  });

  it.each([null, undefined, 'text', [1], 5])('is refused when its arguments are no object: %j', async (event) => {
    const { handler } = recordingLog(getClaim);
    expect(await call(handler, 'Claims___get_claim', event)).toMatchObject({ error: { code: 'INVALID_ARGUMENTS' } });
  });

  it.each(['Claims___get_clam', 'get_claim', 'Claims___', '', 'Claims___toString'])(
    'is refused when the tool is unknown, without naming those that exist: %j',
    async (name) => {
      const { handler } = recordingLog(getClaim);
      const result = await call(handler, name, {});
      expect(result).toEqual({
        error: { code: 'UNKNOWN_TOOL', message: 'There is no such tool.', requestId: 'request-1' },
      });
    },
  );

  it.each([undefined, null, {}, { custom: null }, { custom: { bedrockAgentCoreToolName: 5 } }])(
    'is refused without a client context: %j',
    async (clientContext) => {
      const { handler } = recordingLog(getClaim);
      const result = await handler({ claim_id: 'C-1' }, { awsRequestId: 'lambda-1', clientContext });
      expect(result).toMatchObject({ error: { code: 'UNKNOWN_TOOL', requestId: 'lambda-1' } });
    },
  );

  it.each([
    {},
    { geography: 'EU' },
    { geography: 'EU', level: '3' },
    { geography: 'MARS', level: 3 },
    { geography: null, level: 3 },
  ])('is denied when a trusted field is missing or malformed: %j', async (trusted) => {
    const { handler, entries } = recordingLog(whereAmI);
    const result = await call(handler, 'Claims___where_am_i', { greeting: 'hi', ...trusted });
    expect(result).toEqual({ error: { code: 'DENIED', message: 'The call is denied.', requestId: 'request-1' } });
    expect(JSON.stringify(entries)).not.toContain('MARS');
  });
});

describe('a tool that fails', () => {
  it('is answered with a generic text; the log has the error without values of arguments', async () => {
    const { handler, entries } = recordingLog(
      failing(() => {
        throw new TypeError('no row for hunter2-password in table claims');
      }),
    );
    const result = await call(handler, 'T___fail', { secret: 'hunter2-password' });
    expect(result).toEqual({
      error: { code: 'FAILED', message: 'The tool could not complete the call.', requestId: 'request-1' },
    });
    expect(entries).toMatchObject([
      { level: 'error', tool: 'fail', errorType: 'TypeError', errorMessage: 'no row for <argument> in table claims' },
    ]);
    expect(JSON.stringify(entries)).not.toContain('hunter2');
  });

  it('may say why with a ToolError, and only so', async () => {
    const { handler } = recordingLog(
      failing(() => Promise.reject(new ToolError('CLAIM_NOT_FOUND', 'there is no claim with this id'))),
    );
    expect(await call(handler, 'T___fail', {})).toEqual({
      error: { code: 'CLAIM_NOT_FOUND', message: 'there is no claim with this id', requestId: 'request-1' },
    });
  });

  it.each([
    ['a thrown text', () => Promise.reject('plain')],
    ['a result that JSON cannot carry', () => ({ big: 1n })],
  ])('is answered the same for %s', async (_name, run) => {
    const { handler } = recordingLog(failing(run));
    expect(await call(handler, 'T___fail', {})).toMatchObject({ error: { code: 'FAILED' } });
  });

  it('does not pass on a result that misses its output schema', async () => {
    const tool = defineTool({
      name: 'leak',
      description: 'Returns too little',
      input: z.object({}),
      output: z.object({ id: z.string() }),
      handler: () => JSON.parse('{"id":5}') as { id: string },
    });
    const { handler, entries } = recordingLog(tool);
    expect(await call(handler, 'T___leak', {})).toMatchObject({ error: { code: 'FAILED' } });
    expect(entries).toMatchObject([{ level: 'error', paths: ['id'] }]);
  });

  it('drops members that its output schema does not know', async () => {
    const tool = defineTool({
      name: 'extra',
      description: 'Returns too much',
      input: z.object({}),
      output: z.object({ id: z.string() }),
      handler: () => ({ id: 'a', internal: 'b' }),
    });
    expect(await call(recordingLog(tool).handler, 'T___extra', {})).toEqual({ id: 'a' });
  });

  it('may not return more than the platform carries', async () => {
    const { handler } = recordingLog(failing(() => 'x'.repeat(7 * 1024 * 1024)));
    expect(await call(handler, 'T___fail', {})).toMatchObject({ error: { code: 'RESULT_TOO_LARGE' } });
  });
});

describe('the declarations on the handler', () => {
  it('are what synth reads, trusted fields apart', () => {
    const handler = toolHandlerWithLog([getClaim, whereAmI], console);
    expect(handler.tools.map((tool) => tool.name)).toEqual(['get_claim', 'where_am_i']);
    expect(handler.tools[0]?.inputSchema).toMatchObject({ required: ['claim_id'] });
    expect(handler.tools[0]?.outputSchema).toMatchObject({
      type: 'object',
      properties: { id: {}, limit: {}, error: { required: ['code', 'message', 'requestId'] } },
    });
    expect(handler.tools[1]?.inputSchema['properties']).toEqual({ greeting: { type: 'string' } });
    expect(handler.tools[1]?.trustedSchema).toMatchObject({ required: ['geography', 'level'] });
  });
});

describe('the proof of the REQUEST interceptor', () => {
  it('reaches no handler, issue or log entry, also of a tool that takes no further arguments', async () => {
    const seen: unknown[] = [];
    const strict = defineTool({
      name: 'strict',
      description: 'Takes one argument and no other',
      input: z.strictObject({ id: z.string() }),
      handler: (input) => {
        seen.push(input);
        throw new Error('no luck');
      },
    });
    const { handler, entries } = recordingLog(strict);
    const proof = proofOf('value', 'fingerprint');
    await call(handler, 'Claims___strict', { id: 'c', [PROOF_ARGUMENT]: proof });
    const refused = await call(handler, 'Claims___strict', { id: 1, [PROOF_ARGUMENT]: proof });
    expect(seen).toEqual([{ id: 'c' }]);
    expect(JSON.stringify([refused, entries])).not.toMatch(/ggp_|gateway_proof/);
  });
});

describe('the output schema that clients check answers against', () => {
  const throwing = (what: unknown) =>
    defineTool({
      name: 'fail',
      description: 'Fails',
      input: z.object({ id: z.string() }),
      output: z.object({ amount: z.number() }),
      handler: () => {
        throw what;
      },
    });

  it.each<[string, JsonObject, unknown]>([
    ['a declared error', { id: 'c-1' }, new ToolError('CLAIM_NOT_FOUND', 'there is no claim with this id')],
    ['any other error', { id: 'c-1' }, new Error('secret')],
    ['wrong arguments', { id: 1 }, undefined],
  ])('takes %s, so that its code reaches the agent', async (_what, args, thrown) => {
    const { handler } = recordingLog(throwing(thrown));
    const { outputSchema } = handler.tools[0] ?? {};
    const validate = new Ajv({ strict: false }).compile(outputSchema ?? false);
    const answer = await call(handler, 'fail', args);
    expect(answer).toMatchObject({ error: { code: expect.any(String) } });
    expect([validate(answer), validate.errors]).toEqual([true, null]);
    expect(validate({ amount: 1 })).toBe(true);
    expect(validate({ amount: 'much' })).toBe(false);
  });

  it('is left out where the output has an error of its own', () => {
    const own = defineTool({
      name: 'own',
      description: 'Has an error',
      input: z.object({}),
      output: z.object({ error: z.string() }),
      handler: () => ({ error: 'x' }),
    });
    expect(recordingLog(own).handler.tools[0]).not.toHaveProperty('outputSchema');
  });
});
