import { expect, it } from 'vitest';
import { CallFailure, OutOfTime } from '../../../lambda/policy-engine/service/call-failure';
import { ServiceCalls } from '../../../lambda/policy-engine/service/service-calls';
import { TIMES } from '../../../lambda/policy-engine/timing';
import { VirtualClock } from '../../doubles/control-plane/virtual-clock';

const unanswered = (): Promise<never> => new Promise(() => {});

it('says nothing about the service when the end of the tick cuts a call off', async () => {
  const clock = new VirtualClock();
  const calls = new ServiceCalls(clock, clock.now() + TIMES.call / 2, clock.now());
  await expect(clock.run(calls.send('GetPolicy', unanswered))).rejects.toThrow(OutOfTime);
  expect([...calls.hindrances]).toEqual([]);
});

it('notes a call that had all its time and was not answered', async () => {
  const clock = new VirtualClock();
  const calls = new ServiceCalls(clock, clock.now() + 2.5 * TIMES.call, clock.now());
  await expect(clock.run(calls.send('GetPolicy', unanswered))).rejects.toThrow(OutOfTime);
  expect(calls.hindrances.get('GetPolicy')).toMatchObject({ kind: 'unanswered', attempts: 2 });
});

it('aborts the request that it gives up', async () => {
  const clock = new VirtualClock();
  const calls = new ServiceCalls(clock, clock.now() + TIMES.call / 2, clock.now());
  let aborted = false;
  const request = (signal: AbortSignal): Promise<never> => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return unanswered();
  };
  await expect(clock.run(calls.send('GetPolicy', request))).rejects.toThrow(OutOfTime);
  expect(aborted).toBe(true);
});

it('does not try again what the service refuses', async () => {
  const clock = new VirtualClock();
  const calls = new ServiceCalls(clock, clock.now() + 60_000, clock.now());
  let attempts = 0;
  const refused = async (): Promise<never> => {
    attempts += 1;
    throw Object.assign(new Error('bad statement'), {
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
  };
  await expect(clock.run(calls.send('CreatePolicy', refused))).rejects.toThrow(CallFailure);
  expect(attempts).toBe(1);
});
