import { describe, expect, it } from 'vitest';
import { message, responseEvent, resultOf } from '../../../lambda/interceptor-kit/testing';
import { runBundle, sizeOfChain, textOfBundle } from '../interceptor-kit/run-bundle';

const tools = [{ name: 'Notes___read' }, { name: 'Admin___reset' }];
const VALID = {
  version: 1,
  authorization: 'jwt',
  inputSchemas: {},
  steps: [{ step: 'tool-filter', rules: [{ tools: ['Notes'] }], otherwise: 'hide', denyCalls: true }],
};
const run = (settings: string | object | undefined) => {
  const event = responseEvent(message('tools/list'), resultOf({ tools }));
  return runBundle('response-interceptor', settings, event).mcp.transformedGatewayResponse?.body;
};

describe('the bundled RESPONSE interceptor', () => {
  it('does its work where there is no SDK', () => {
    expect(run(VALID)).toEqual(resultOf({ tools: [{ name: 'Notes___read' }] }));
    expect(textOfBundle('response-interceptor')).not.toContain('require("@aws-sdk');
  });

  it.each<[string, string | object | undefined]>([
    ['no configuration', undefined],
    ['a broken one', '{}'],
    ['a step that nobody knows', { ...VALID, steps: [{ step: 'later' }] }],
    [
      'a step of the other point',
      { ...VALID, steps: [{ step: 'input-check', tools: ['*'], denyWithoutSchema: true }] },
    ],
  ])('shows nothing with %s', (_what, settings) => {
    expect(run(settings)).toMatchObject({ error: { data: { reason: 'misconfigured' } } });
  });

  it('is small', () => {
    const usual = ['trusted-context', 'tool-filter', 'redaction', 'row-scope', 'audit'];
    expect(sizeOfChain('response-interceptor', usual)).toBeLessThanOrEqual(46 * 1_024);
  });
});
