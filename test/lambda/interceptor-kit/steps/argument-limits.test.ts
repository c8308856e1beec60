import { describe, expect, it } from 'vitest';
import { argumentLimits } from '../../../../lambda/interceptor-kit/steps/argument-limits';
import { inputCheck } from '../../../../lambda/interceptor-kit/steps/input-check';
import { requestEvent, toolCall, tryRequest } from '../../../../lambda/interceptor-kit/testing';
import type { JsonObject } from '../../../../lib/contract/json';
import type { ArgumentLimits } from '../../../../lib/contract/steps/argument-limits';
import { expectDenied, expectPassed } from '../expect-output';

const SCHEMAS = {
  Pay___out: { type: 'object', properties: { amount: { type: 'number' }, note: { type: 'string' }, list: {} } },
};

const attempt = (args: JsonObject, limits: ArgumentLimits, tool = 'Pay___out', tools = ['Pay']) =>
  tryRequest([argumentLimits({ limits: [{ tools, ...limits }] }, SCHEMAS)], requestEvent(toolCall(tool, args)));

describe('argument limits', () => {
  it.each<[string, JsonObject, ArgumentLimits, string]>([
    ['bytes', { note: 'ääää' }, { maxBytes: 17 }, 'too many bytes'],
    ['depth', { list: [[1]] }, { maxDepth: 2 }, 'too deep'],
    ['string length', { list: [{ a: 'xxxx' }] }, { maxStringLength: 3 }, 'too long'],
    ['items', { list: [1, 2, 3] }, { maxItems: 2 }, 'too long'],
    ['members', { amount: 1, note: '', list: [] }, { maxItems: 2 }, 'too long'],
    ['a minimum', { amount: 0 }, { arguments: { amount: { minimum: 1 } } }, 'amount is too small'],
    ['a maximum', { amount: 10.01 }, { arguments: { amount: { maximum: 10 } } }, 'amount is too large'],
    ['a range for a text', { amount: '5' }, { arguments: { amount: { maximum: 10 } } }, 'amount is too large'],
    ['a pattern', { note: 'ab1' }, { arguments: { note: { pattern: '[a-z]+' } } }, 'note does not fit its pattern'],
    [
      'a pattern with branches',
      { note: 'xa' },
      { arguments: { note: { pattern: 'a|b' } } },
      'note does not fit its pattern',
    ],
    [
      'a pattern, with a line break',
      { note: 'a\n' },
      { arguments: { note: { pattern: 'a' } } },
      'note does not fit its pattern',
    ],
    ['a length', { note: 'abcd' }, { arguments: { note: { maxLength: 3 } } }, 'note is too long'],
    [
      'a choice',
      { note: 'c' },
      { arguments: { note: { oneOf: ['a', 'b'] } } },
      'note is not one of the allowed values',
    ],
    ['unknown arguments', { amonut: 1 }, { unknownArguments: 'deny' }, 'amonut is not declared'],
    ['an inherited name', { toString: 1 }, { unknownArguments: 'deny' }, 'toString is not declared'],
  ])('denies beyond %s, and says which', async (_what, args, limits, detail) => {
    const error = expectDenied(await attempt(args, limits), 'argument-limit');
    expect(error['data']).toMatchObject({ details: [detail] });
  });

  it.each<[JsonObject, ArgumentLimits]>([
    [{ note: 'ääää' }, { maxBytes: 19 }],
    [{ list: [[1]] }, { maxDepth: 3 }],
    [{ amount: 10 }, { arguments: { amount: { minimum: 10, maximum: 10 } } }],
    [{ note: 'ab' }, { arguments: { note: { pattern: '[a-z]+', maxLength: 2, oneOf: ['ab'] } } }],
    [{}, { arguments: { amount: { minimum: 1 } } }],
    [{ amount: null }, { arguments: { amount: { minimum: 1, maximum: 5 } } }],
    [{ note: null }, { arguments: { note: { pattern: 'a', maxLength: 1, oneOf: ['a'] } } }],
    [
      { list: null },
      { arguments: { list: { maxLength: 1 } }, maxDepth: 1, maxStringLength: 0, unknownArguments: 'deny' },
    ],
    [{ amount: 1 }, { unknownArguments: 'deny' }],
    [{ other: 1 }, { unknownArguments: 'allow' }],
  ])('lets %j pass within %j', async (args, limits) => {
    expectPassed(await attempt(args, limits), toolCall('Pay___out', args));
  });

  it.each<[JsonObject, string]>([
    [{ amount: null }, 'a required argument'],
    [{ amount: [null] }, 'an element of a list'],
    [{ other: null }, 'an argument that is not declared'],
  ])('leaves it to the schema whether null may be: %j', async (args) => {
    const schemas = { Pay___out: { ...SCHEMAS.Pay___out, required: ['amount'] } };
    const limits = [{ tools: ['Pay'], unknownArguments: 'deny' as const, arguments: { amount: { maximum: 5 } } }];
    const chain = [
      argumentLimits({ limits }, schemas),
      inputCheck({ tools: ['Pay'], denyWithoutSchema: true }, schemas),
    ];
    const { mcp } = await tryRequest(chain, requestEvent(toolCall('Pay___out', args)));
    expect(mcp.transformedGatewayRequest).toBeUndefined();
  });

  it('drops unknown arguments', async () => {
    const args = JSON.parse('{"amount":1,"x":2,"__proto__":{"amount":3}}') as JsonObject;
    expectPassed(await attempt(args, { unknownArguments: 'drop' }), toolCall('Pay___out', { amount: 1 }));
  });

  it('knows the argument of the search tool, and none of tools without schema', async () => {
    const limits = { unknownArguments: 'deny' } as const;
    expectPassed(await attempt({ query: 'q' }, limits, 'x_amz_bedrock_agentcore_search', ['*']));
    expectDenied(await attempt({ query: 'q' }, limits, 'Live___found', ['*']), 'argument-limit');
    expectPassed(await attempt({ query: 'q' }, limits, 'Other___tool', ['Pay']));
  });

  it('applies every entry that selects the tool', async () => {
    const limits = [
      { tools: ['*'], maxBytes: 1_000 },
      { tools: ['Pay___out'], arguments: { amount: { maximum: 5 } } },
    ];
    const step = argumentLimits({ limits }, SCHEMAS);
    expectDenied(await tryRequest([step], requestEvent(toolCall('Pay___out', { amount: 6 }))), 'argument-limit');
    expectDenied(
      await tryRequest([step], requestEvent(toolCall('Pay___out', { note: 'x'.repeat(1_000) }))),
      'argument-limit',
    );
  });
});

describe('argument limits, patterns', () => {
  it.each(['a)|(?:b', '(?=a)a', '(a)\\1'])('denies with %s, which is no pattern or not linear', async (pattern) => {
    expectDenied(await attempt({ note: 'a' }, { arguments: { note: { pattern } } }), 'step-failed');
  });

  it('is no matter of the length of a text that nearly fits', async () => {
    const limits = { arguments: { note: { pattern: '([a-z]+ ?)+' } } };
    expectPassed(await attempt({ note: 'a'.repeat(100_000) }, limits));
    expectDenied(await attempt({ note: `${'a'.repeat(100_000)}!` }, limits), 'argument-limit');
  });
});
