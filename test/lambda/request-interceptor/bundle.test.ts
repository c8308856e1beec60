import { describe, expect, it } from 'vitest';
import { requestEvent, toolCall } from '../../../lambda/interceptor-kit/testing';
import type { TrustedFieldSource } from '../../../lib/contract/trusted-context';
import { linesOfBundle, modulesOfBundle, runBundle, sizeOfChain, textOfBundle } from '../interceptor-kit/run-bundle';

const TOOL = 'Claims___query';
const EVENT = requestEvent(toolCall(TOOL, { geography: 'US' }));

function config(source: TrustedFieldSource) {
  const fields = [{ name: 'geography', type: 'string', description: '', source, tools: [TOOL] }];
  return {
    version: 1,
    authorization: 'jwt',
    inputSchemas: {},
    steps: [{ step: 'trusted-context', onSpoof: 'overwrite', fields }],
  };
}

const VALID = config({ kind: 'constant', value: 'EU' });
const run = (settings: string | object | undefined) => runBundle('request-interceptor', settings, EVENT).mcp;

describe('the bundled REQUEST interceptor', () => {
  it('does its work where there is no SDK', () => {
    expect(run(VALID).transformedGatewayRequest?.body).toEqual(toolCall(TOOL, { geography: 'EU' }));
  });

  it('loads the SDK with the first lookup, and denies when it cannot', () => {
    const lookup = {
      kind: 'lookup',
      tableVariable: 'PATH',
      keyAttribute: 'id',
      keyClaim: 'sub',
      valueAttribute: 'v',
      cacheSeconds: 1,
    } as const;
    expect(run(config(lookup)).transformedGatewayResponse?.body).toMatchObject({
      error: { data: { reason: 'step-failed' } },
    });
    // Minified names of classes reach no log.
    const log = linesOfBundle('request-interceptor', config(lookup), EVENT).find((line) =>
      line.includes('step failed'),
    );
    expect(JSON.parse(log ?? '')).toMatchObject({ step: 'trusted-context', error: { name: 'Error' } });
    const text = textOfBundle('request-interceptor');
    expect(text).toContain('import("@aws-sdk/client-dynamodb")');
    expect(text).not.toContain('require("@aws-sdk');
  });

  it.each<[string, string | object | undefined]>([
    ['no configuration', undefined],
    ['no JSON', '{'],
    ['another version', { ...VALID, version: 2 }],
    ['no authorization', { ...VALID, authorization: undefined }],
    ['steps that are no list', { ...VALID, steps: {} }],
    ['a step that nobody knows', { ...VALID, steps: [{ step: 'later' }] }],
    ['a step of the other point', { ...VALID, steps: [{ step: 'row-scope', rules: [] }] }],
    ['a step without its options', { ...VALID, steps: [{ step: 'trusted-context' }] }],
  ])('denies everything with %s', (_what, settings) => {
    expect(run(settings).transformedGatewayResponse?.body).toMatchObject({
      error: { data: { reason: 'misconfigured' } },
    });
  });

  it('is small, and each further step costs only those who configure it', () => {
    const usual = ['trusted-context', 'argument-limits', 'input-check', 'audit'];
    expect(sizeOfChain('request-interceptor', usual)).toBeLessThanOrEqual(50 * 1_024);
    expect(sizeOfChain('request-interceptor', [])).toBeLessThanOrEqual(20 * 1_024);
    expect(sizeOfChain('request-interceptor', usual.slice(0, 1))).toBeLessThanOrEqual(30 * 1_024);
  });

  it('loads of Node.js what hashes and writes, and nothing that measures', () => {
    const modules = modulesOfBundle('request-interceptor', VALID, EVENT).join('\n');
    expect(modules).toContain('NativeModule crypto');
    expect(modules).not.toContain('perf_hooks');
  });

  it('loads the engine for patterns where there is one', () => {
    const limits = [{ tools: ['*'], arguments: { geography: { pattern: '(E+)+U' } } }];
    const chain = (geography: string) =>
      run({
        ...config({ kind: 'constant', value: geography }),
        steps: [...config({ kind: 'constant', value: geography }).steps, { step: 'argument-limits', limits }],
      });
    expect(chain('EU').transformedGatewayRequest).toBeDefined();
    expect(chain('US').transformedGatewayResponse?.body).toMatchObject({
      error: { data: { reason: 'argument-limit' } },
    });
  });
});
