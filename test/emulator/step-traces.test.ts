import { afterAll, expect, it } from 'vitest';
import { requestEvent, toolCall } from '../../lambda/interceptor-kit/testing';
import type { StepTrace } from '../../lib/contract/step-trace';
import { localFunction } from '../../lib/emulator/functions/local-function';
import { FixtureApp } from './fixture';

const app = new FixtureApp();
afterAll(() => app.remove());

/** What is seen of a chain of steps, made with the real kit, in a thread of the emulator. */
async function traces(steps: string): Promise<object[]> {
  const kit = `${process.cwd()}/lambda/interceptor-kit`;
  const { asset } = app.bundle(
    'chain',
    `import { createHandler } from '${kit}/chain/handler';
import { interceptRequest } from '${kit}/chain/intercept-request';
import { answer, deny, proceed, proceedWithProof } from '${kit}/chain/outcome';
const step = (name, request, more = {}) => ({ name, request, ...more });
const config = { version: 1, authorization: 'none', inputSchemas: {}, steps: [] };
export const handler = createHandler(interceptRequest, [${steps}], { config });`,
  );
  const one = localFunction({
    name: 'chain',
    directory: `${app.directory}/${asset}`,
    handler: 'index.handler',
    timeoutSeconds: 30,
    memoryMb: 128,
    environment: {},
    sdkClients: [],
    onOutput: () => undefined,
  });
  const seen: StepTrace[] = [];
  try {
    await one.invoke(requestEvent(toolCall('T___x', { a: 1 })) as never, undefined, (trace) => void seen.push(trace));
  } finally {
    await one.stop();
  }
  return seen.map(({ ms, ...trace }) => {
    expect(ms).toBeGreaterThanOrEqual(0);
    return trace;
  });
}

it('tell what each step did, and neither values of headers nor proofs', async () => {
  const seen = await traces(`
    step('idle', () => proceed()),
    step('elsewhere', () => proceed(), { tools: ['T___y'] }),
    step('adds', () => proceed({ arguments: { a: 2 }, headers: { authorization: 'Bearer secret' } })),
    step('proves', () => proceedWithProof({}, 'ggp_0123456789abcdef')),
    step('denies', () => deny('closed', 'the desk is closed', ['come tomorrow'])),
    step('late', () => proceed()),`);
  expect(seen).toEqual([
    { step: 'idle', outcome: 'passed' },
    { step: 'adds', outcome: 'changed', arguments: { a: 2 }, headers: ['authorization'] },
    { step: 'proves', outcome: 'passed' },
    { step: 'denies', outcome: 'denied', reason: 'the desk is closed; come tomorrow (closed)' },
  ]);
  expect(JSON.stringify(seen)).not.toMatch(/secret|ggp_/);
});

it('tell of a step that throws, or whose changes do not fit, that it denied', async () => {
  const broken = `step('broken', () => { throw new Error('table of 10.0.0.1 is gone'); })`;
  expect(await traces(broken)).toEqual([
    { step: 'broken', outcome: 'denied', reason: expect.stringMatching(/\(step-failed\)$/) },
  ]);
  expect(await traces(`step('misfit', () => proceed({ payload: {} }))`)).toMatchObject([
    { step: 'misfit', outcome: 'denied' },
  ]);
  expect(await traces(`step('answers', () => answer({ content: [] }))`)).toEqual([
    { step: 'answers', outcome: 'answered' },
  ]);
});
