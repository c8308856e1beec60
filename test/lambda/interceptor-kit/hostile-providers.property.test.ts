import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../../lambda/interceptor-kit/chain/step';
import { audit } from '../../../lambda/interceptor-kit/steps/audit/audit';
import { guardrail } from '../../../lambda/interceptor-kit/steps/guardrail';
import { tokenExchange } from '../../../lambda/interceptor-kit/steps/token-exchange';
import { trustedContext } from '../../../lambda/interceptor-kit/steps/trusted-context/trusted-context';
import {
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../lambda/interceptor-kit/testing';
import type { InterceptorOutput } from '../../../lib/contract/interceptor-payload';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { runs } from '../../runs';
import { FIELD, TOOL } from './every-step';
import { anyJson } from './hostile';

const RUNS = runs(300);
const environment = { ROLE: 'arn:aws:iam::111122223333:role/r', ID: 'g', VERSION: '1', STREAM: 's', TABLE: 't' };
const CALL = toolCall(TOOL, { q: 'for bob', [FIELD]: 'US' });
const SECRET = 'unjudged text';

/** A provider that answers what it should not, at once, later, or never. Its type fits wherever a provider is expected. */
type Provider = () => never;

/** Everything that a service, or its client, can do instead of answering. */
const broken: fc.Arbitrary<Provider> = fc.constantFrom<() => unknown>(
  () => {
    throw new Error('ServiceUnavailable');
  },
  () => Promise.reject(new Error('AccessDenied')),
  () => Promise.reject(undefined),
  () => new Promise(() => {}),
  // biome-ignore lint/suspicious/noThenProperty: something that `await` waits for and that is no promise
  () => ({ then: () => {} }),
  // biome-ignore lint/suspicious/noThenProperty: as above, and it fails
  () => ({ then: (_resolve: unknown, reject: (reason: unknown) => void) => reject(new Error('no')) }),
) as fc.Arbitrary<Provider>;

const answering = (values: fc.Arbitrary<unknown>): fc.Arbitrary<Provider> =>
  fc
    .tuple(values, fc.boolean())
    .map(([value, later]) => (later ? () => Promise.resolve(value) : () => value) as Provider);

/** Steps wait little, so that a thousand of them do not wait long. */
const hasty = (step: Step): Step => ({ ...step, budgetMs: 2 });
const passed = (output: InterceptorOutput): JsonValue | undefined => output.mcp.transformedGatewayRequest?.body;

describe('whatever a provider does', () => {
  const text = fc.constantFrom<unknown>('', 'AKID', 7, null, undefined, ['a'], { toString: 'a' });
  const credentials = fc.record(
    {
      accessKeyId: text,
      secretAccessKey: text,
      sessionToken: text,
      expires: fc.constantFrom<unknown>(new Date(9e12), new Date(NaN), '2027-01-01', 9e12),
    },
    { requiredKeys: [] },
  );
  const isComplete = (given: { [member: string]: unknown }): boolean =>
    ['accessKeyId', 'secretAccessKey', 'sessionToken'].every((name) => given[name] === 'AKID') &&
    given['expires'] instanceof Date &&
    !Number.isNaN(given['expires'].getTime());

  it.each([{ authorizationScheme: 'AWS' }, { accessKeyId: 'x-a', secretAccessKey: 'x-b', sessionToken: 'x-c' }])(
    'no call goes on without complete credentials, handed over as %j',
    async (headers) => {
      const garbage = fc.oneof(
        anyJson,
        credentials.filter((given) => !isComplete(given)),
      );
      const exchange = {
        tools: ['*'],
        roleVariable: 'ROLE',
        method: 'assume-role' as const,
        sessionTags: {},
        durationSeconds: 900,
        headers,
      };
      await fc.assert(
        fc.asyncProperty(fc.oneof(broken, answering(garbage)), async (provider) => {
          const step = tokenExchange({ exchanges: [exchange] }, { exchange: provider, environment });
          // Twice: what came first must not be remembered as an answer.
          for (let round = 0; round < 2; round++) {
            expect(passed(await tryRequest([hasty(step)], requestEvent(CALL)))).toBeUndefined();
          }
        }),
        RUNS,
      );
    },
  );

  it('no text goes on that the guardrail did not judge', async () => {
    const verdict = fc.record(
      {
        action: fc.constantFrom<unknown>('masked', 'blocked', 'NONE', 'None', '', null, ['none']),
        texts: fc.oneof(anyJson, fc.array(fc.oneof(anyJson, fc.constant('{NAME}')), { maxLength: 3 })),
      },
      { requiredKeys: [] },
    );
    const garbage = fc.oneof(
      anyJson.filter((value) => !isJsonObject(value) || value['action'] !== 'none'),
      verdict,
    );
    const config = {
      step: 'guardrail',
      tools: ['*'],
      guardrailVariable: 'ID',
      versionVariable: 'VERSION',
      inputs: 'mask',
      outputs: 'mask',
      maxCharacters: 1_000,
    } as const;
    const call = toolCall(TOOL, { q: SECRET });
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, answering(garbage)), async (provider) => {
        const steps = [hasty(guardrail(config, { apply: provider, environment }))];
        const answer = resultOf(toolResult({ text: SECRET }, true));
        for (const output of [
          await tryRequest(steps, requestEvent(call)),
          await tryResponse(steps, responseEvent(call, answer)),
        ]) {
          expect(JSON.stringify(output)).not.toContain(SECRET);
        }
      }),
      RUNS,
    );
  });

  it('no call goes on with a value of the client, or of no use, in a trusted field', async () => {
    const source = {
      kind: 'lookup',
      tableVariable: 'TABLE',
      keyAttribute: 'id',
      keyClaim: 'sub',
      valueAttribute: 'v',
      cacheSeconds: 60,
    } as const;
    const fields = [{ name: FIELD, type: 'string' as const, description: '', source, tools: [TOOL] }];
    const item = fc.oneof(anyJson, fc.record({ v: anyJson }), fc.constant<unknown>(Object.create({ v: 'EU' })));
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, answering(item)), async (provider) => {
        const step = trustedContext({ onSpoof: 'overwrite', fields }, { items: provider, environment });
        for (let round = 0; round < 2; round++) {
          const body = passed(await tryRequest([hasty(step)], requestEvent(CALL)));
          if (body === undefined) continue;
          const given = (await Promise.resolve<unknown>(provider())) as { v: string | number | boolean };
          const args = ((body as JsonObject)['params'] as JsonObject)['arguments'] as JsonObject;
          expect(Object.hasOwn(given, 'v')).toBe(true);
          expect(args[FIELD]).toBe(String(given.v));
          expect(args[FIELD]).not.toBe('');
        }
      }),
      RUNS,
    );
  });

  it('no call goes on, and no answer out, that could not be recorded', async () => {
    const config = {
      step: 'audit',
      points: 'both',
      claims: [],
      arguments: [],
      streamVariable: 'STREAM',
      onDeliveryFailure: 'deny',
    } as const;
    await fc.assert(
      fc.asyncProperty(broken, async (provider) => {
        const steps = [hasty(audit(config, { deliver: provider, environment, write: () => {} }))];
        expect(passed(await tryRequest(steps, requestEvent(CALL)))).toBeUndefined();
        const output = await tryResponse(steps, responseEvent(CALL, resultOf(toolResult(SECRET))));
        expect(JSON.stringify(output)).not.toContain(SECRET);
      }),
      runs(100),
    );
  });
});
