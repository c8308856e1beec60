import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read } from '../house/source-files';
import { ConsumerProject } from './consumer-project';

/** The chain of docs/interceptors.md, and its test on the test runner that comes with Node.js. */
const CHAIN = /^```ts interceptors\/request\.ts\n([\s\S]*?)^```$/m.exec(read('docs/interceptors.md'))?.[1] ?? '';

const TEST = `
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  everyShape, refusedShapes, requestEvent, resultOf, responseEvent, rowScope, tokenExchange, toolCall, toolResult, tryRequest, tryResponse,
} from 'governed-gateway/interceptor';
import { businessHours, handler } from './request';

const call = toolCall('Claims___query_claims', { claim_id: 'CLM-1' });
const at = (hour: string) => ({ now: new Date('2026-11-20T' + hour + ':00:00Z') });

test('a step of the team', async () => {
  const open = await tryRequest([businessHours], requestEvent(call), at('10'));
  assert.deepEqual(open.mcp.transformedGatewayRequest?.body, call);
  const closed = await tryRequest([businessHours], requestEvent(call), at('22'));
  assert.match(JSON.stringify(closed), /"reason":"closed"/);
});

test('every shape', async () => {
  const shapes = everyShape();
  assert.ok(shapes.length > 30);
  for (const { point, event } of shapes) {
    const output = await (point === 'REQUEST' ? tryRequest : tryResponse)([businessHours], event, at('10'));
    assert.equal(output.interceptorOutputVersion, '1.0');
  }
  for (const { event, reason } of refusedShapes()) {
    assert.ok(JSON.stringify(await tryRequest([businessHours], event)).includes('"reason":"' + reason + '"'));
  }
});

test('built-in steps with providers of the test', async () => {
  const exchange = tokenExchange(
    {
      exchanges: [{
        tools: ['Claims'], roleVariable: 'ROLE', method: 'assume-role', sessionTags: {}, durationSeconds: 900,
        headers: { authorizationScheme: 'AWS' },
      }],
    },
    {
      exchange: async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c', expires: new Date(9e12) }),
      environment: { ROLE: 'arn:aws:iam::111122223333:role/claims' },
    },
  );
  const output = await tryRequest([exchange], requestEvent(call));
  assert.match(output.mcp.transformedGatewayRequest?.headers?.['authorization'] ?? '', /^AWS /);
  const rules = [{ tools: ['Claims'], rows: 'claims', ownerField: 'holder', claim: 'sub', countFields: [] }];
  const result = toolResult({ claims: [{ holder: 'ann' }, { holder: 'eve' }] });
  const event = responseEvent(call, resultOf(result), { claims: { sub: 'ann' } });
  const shown = await tryResponse([rowScope({ rules })], event);
  assert.deepEqual(shown.mcp.transformedGatewayResponse?.body, resultOf(toolResult({ claims: [{ holder: 'ann' }] })));
});

test('the handler, without the configuration that a deployment has', async () => {
  assert.match(JSON.stringify(await handler(requestEvent(call))), /"reason":"misconfigured"/);
});
`;

describe('a team that writes a chain with the packed package', () => {
  let project: ConsumerProject;
  beforeAll(() => {
    project = new ConsumerProject();
    project.write('interceptors/request.ts', CHAIN);
    project.write('interceptors/request.test.ts', TEST);
  });
  afterAll(() => project.remove());

  it('has types for it', () => {
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', 'node'];
    expect(project.node('node_modules/typescript/bin/tsc', ...options, 'interceptors/request.test.ts')).toBe('');
  });

  it('tests it with the harness, on fixtures of every payload shape', () => {
    expect(project.node('--import', 'tsx', '--test', 'interceptors/request.test.ts')).toMatch(/pass 4\n[\s\S]*fail 0/);
  });
});
