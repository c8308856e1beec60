import { afterEach, expect, it } from 'vitest';
import { answer, deny, proceed, proceedWithProof } from '../../../lambda/interceptor-kit/chain/outcome';
import type { Step } from '../../../lambda/interceptor-kit/chain/step';
import { requestEvent, toolCall, tryRequest } from '../../../lambda/interceptor-kit/testing';
import { STEP_WATCH, type StepTrace } from '../../../lib/contract/step-trace';

const globals = globalThis as { [name: symbol]: unknown };

afterEach(() => {
  delete globals[Symbol.for(STEP_WATCH)];
});

async function traces(...steps: Step[]): Promise<object[]> {
  const seen: StepTrace[] = [];
  globals[Symbol.for(STEP_WATCH)] = (trace: StepTrace) => seen.push(trace);
  await tryRequest(steps, requestEvent(toolCall('T___x', { a: 1 })));
  return seen.map(({ ms, ...trace }) => {
    expect(ms).toBeGreaterThanOrEqual(0);
    return trace;
  });
}

const step = (name: string, request: Step['request'], more: Partial<Step> = {}): Step =>
  ({ name, request, ...more }) as Step;

it('tells whoever watches what each step did, and neither values of headers nor proofs', async () => {
  const seen = await traces(
    step('idle', () => proceed()),
    step('elsewhere', () => proceed(), { tools: ['T___y'] }),
    step('adds', () => proceed({ arguments: { a: 2 }, headers: { authorization: 'Bearer secret' } })),
    step('proves', () => proceedWithProof({}, 'ggp_0123456789abcdef')),
    step('denies', () => deny('closed', 'the desk is closed', ['come tomorrow'])),
    step('late', () => proceed()),
  );
  expect(seen).toEqual([
    { step: 'idle', outcome: 'passed' },
    { step: 'adds', outcome: 'changed', arguments: { a: 2 }, headers: ['authorization'] },
    { step: 'proves', outcome: 'passed' },
    { step: 'denies', outcome: 'denied', reason: 'the desk is closed; come tomorrow (closed)' },
  ]);
  expect(JSON.stringify(seen)).not.toMatch(/secret|ggp_/);
});

it('tells of a step that throws, or whose changes do not fit, that it denied', async () => {
  const broken = step('broken', () => {
    throw new Error('table of 10.0.0.1 is gone');
  });
  expect(await traces(broken)).toEqual([
    { step: 'broken', outcome: 'denied', reason: expect.stringMatching(/\(step-failed\)$/) },
  ]);
  const misfit = step('misfit', () => proceed({ payload: {} }));
  expect(await traces(misfit)).toMatchObject([{ step: 'misfit', outcome: 'denied' }]);
  expect(await traces(step('answers', () => answer({ content: [] })))).toEqual([
    { step: 'answers', outcome: 'answered' },
  ]);
});
