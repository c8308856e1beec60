import { describe, expect, it } from 'vitest';
import { everyShape } from '../../../lambda/interceptor-kit/payload-shapes';
import {
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../lambda/interceptor-kit/testing';
import type { JsonObject } from '../../../lib/contract/json';
import { CONFIG, CREDENTIAL, coldSteps, TOOL, type World } from './every-step';

const options = { config: CONFIG, now: new Date('2026-11-20T10:00:00Z') };

const spoofed = toolCall(TOOL, { id: 'for bob', tenant: 'spoofed', other: 1 });
const rows: JsonObject[] = [
  { owner: 'caller', ssn: '1', mail: 'a@b.example', text: 'bob' },
  { owner: 'eve', ssn: '2' },
];
const events = [
  ...everyShape(),
  { name: 'a spoofed call', point: 'REQUEST' as const, event: requestEvent(spoofed) },
  {
    name: 'a result for every step',
    point: 'RESPONSE' as const,
    event: responseEvent(spoofed, resultOf(toolResult({ rows, count: 2, tenant: 'x' }, true))),
  },
];

describe('a chain of every built-in step that the gateway runs again for the same message', () => {
  it.each(events)('answers $name the same, and leaves the event as it was', async ({ point, event }) => {
    const attempt = point === 'REQUEST' ? tryRequest : tryResponse;
    const steps = coldSteps();
    const before = structuredClone(event);
    const first = await attempt(steps, event, options);
    expect(event).toEqual(before);
    expect(await attempt(steps, event, options)).toEqual(first);
  });

  it('goes through all of its steps', async () => {
    const world: World = { asked: [], records: [], decisions: [] };
    const steps = coldSteps(world);
    const { body, headers } =
      (await tryRequest(steps, requestEvent(spoofed), options)).mcp.transformedGatewayRequest ?? {};
    expect(body).toEqual(
      toolCall(TOOL, {
        id: 'for {NAME}',
        geography: 'EU',
        tenant: 'caller',
        since: '2026-11-20T10:00:00.000Z',
        level: 'gold 1',
      }),
    );
    expect(headers?.['x-key-id']).toBe(`${CREDENTIAL} 2`);
    expect(world.asked).toEqual(['item', 'credentials']);
    const shown = { rows: [{ owner: 'caller', ssn: '***', mail: '[email]', text: '{NAME}' }], count: 1 };
    const answer = events.at(-1)?.event;
    expect((await tryResponse(steps, answer, options)).mcp.transformedGatewayResponse?.body).toEqual(
      resultOf(toolResult(shown, true)),
    );
  });

  it('asks no provider again for what it knows, and records both attempts in one chain', async () => {
    const { asked, records }: World = { asked: [], records: [], decisions: [] };
    const steps = coldSteps({ asked, records, decisions: [] });
    for (let attempt = 0; attempt < 2; attempt++) await tryRequest(steps, requestEvent(spoofed), options);
    expect(asked).toEqual(['item', 'credentials']);
    const [first, second] = records.map((line) => JSON.parse(line) as JsonObject);
    expect([first?.['sequence'], second?.['sequence'], second?.['previous']]).toEqual([0, 1, first?.['hash']]);
    expect(second?.['what']).toEqual(first?.['what']);
  });

  it.each(events.filter(({ point }) => point === 'REQUEST'))('takes its own output for $name', async ({ event }) => {
    const steps = coldSteps();
    const first = await tryRequest(steps, event, options);
    const body = first.mcp.transformedGatewayRequest?.body;
    if (body !== undefined) expect(await tryRequest(steps, requestEvent(body), options)).toEqual(first);
  });
});
