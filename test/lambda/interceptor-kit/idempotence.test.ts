import { describe, expect, it } from 'vitest';
import { makeSteps } from '../../../lambda/interceptor-kit/configured-steps';
import { ALL_STEPS } from '../../../lambda/interceptor-kit/steps/all-steps';
import { everyShape, requestEvent, toolCall, tryRequest, tryResponse } from '../../../lambda/interceptor-kit/testing';
import type { InterceptorConfig } from '../../../lib/contract/interceptor-config';

const visibleTo = { claim: 'role', values: ['staff'] };
const config: InterceptorConfig = {
  version: 1,
  authorization: 'jwt',
  inputSchemas: { Notes___read: { type: 'object', properties: { id: { type: 'string' } } } },
  steps: [
    {
      step: 'trusted-context',
      onSpoof: 'overwrite',
      fields: [
        {
          name: 'tenant',
          type: 'string',
          description: '',
          source: { kind: 'claim', claim: 'sub' },
          tools: ['Notes___read'],
        },
      ],
    },
    { step: 'argument-limits', limits: [{ tools: ['*'], unknownArguments: 'allow', maxBytes: 100 }] },
    {
      step: 'redaction',
      fields: [{ tools: ['*'], paths: ['**.id'], visibleTo }],
      patterns: [],
      opaqueContent: 'withhold',
    },
    { step: 'tool-filter', rules: [{ tools: ['Notes'] }], otherwise: 'hide', denyCalls: true },
  ],
};

describe('a chain that the gateway runs again for the same message', () => {
  const steps = makeSteps(config, ALL_STEPS);
  const again = toolCall('Notes___read', { id: 'n', tenant: 'spoofed' });
  const events = [...everyShape(), { name: 'a spoofed call', point: 'REQUEST' as const, event: requestEvent(again) }];

  it.each(events)('answers $name the same, and leaves the event as it was', async ({ point, event }) => {
    const attempt = point === 'REQUEST' ? tryRequest : tryResponse;
    const before = structuredClone(event);
    const first = await attempt(steps, event, { config });
    expect(event).toEqual(before);
    expect(await attempt(steps, event, { config })).toEqual(first);
  });

  it('fills its own output the same', async () => {
    const first = await tryRequest(steps, requestEvent(again), { config });
    const body = first.mcp.transformedGatewayRequest?.body ?? null;
    expect(await tryRequest(steps, requestEvent(body), { config })).toEqual(first);
  });
});
