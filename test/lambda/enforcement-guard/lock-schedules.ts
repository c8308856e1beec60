import fc from 'fast-check';
import type { Fault } from '../../doubles/control-plane/options';
import { WatchedStack } from './watched-stack';

const FAULTS: readonly Fault[] = ['throttle', 'error', 'reset', 'lost-answer', 'failure', 'slow'];

/** What somebody does, all of it at the same time as what the others do. */
const ACTS: { readonly [act: string]: (stack: WatchedStack) => Promise<void> } = {
  deploy: (stack) => stack.deploy(),
  guard: (stack) => stack.guard(),
  lock: (stack) => stack.lock(),
  unlock: (stack) => stack.unlock(),
  enforce: (stack) => stack.enforce(),
  open: (stack) => stack.tamper({ policyEngineConfiguration: { ...stack.attachment, mode: 'LOG_ONLY' } }),
  detach: (stack) => stack.tamper({ policyEngineConfiguration: undefined }),
  uncover: (stack) => stack.tamper({ interceptorConfigurations: [] }),
};

const anyStep = fc.record({ act: fc.constantFrom(...Object.keys(ACTS)), at: fc.integer({ min: 0, max: 30_000 }) });
const anyFault = fc.record({ at: fc.nat({ max: 80 }), fault: fc.constantFrom(...FAULTS) });

/**
 * Runs random schedules of the lock command, the guard, deployments and people with too many rights, all at the same time and with faults of
 * the service: no lock that was said to be in force is lost, no update takes away what it was not about, and the guard's next look that nothing
 * disturbs leaves no gateway open. Throws with the shortest schedule that breaks one of these.
 */
export async function runLockSchedules({
  runs,
  seed,
}: {
  readonly runs: number;
  readonly seed: number;
}): Promise<void> {
  const property = fc.asyncProperty(
    fc.array(anyStep, { minLength: 2, maxLength: 10 }),
    fc.array(anyFault, { maxLength: 6 }),
    async (steps, faults) => {
      const stack = new WatchedStack();
      await stack.start();
      const { clock, controlPlane } = stack.scenario;
      const first = controlPlane.requests.length;
      controlPlane.faultOf = (index) => faults.find(({ at }) => at === index - first)?.fault;
      const done = steps.map(async ({ act, at }) => {
        await clock.sleep(at);
        // Who fails says so, and runs again by and by.
        await ACTS[act]?.(stack).catch(() => undefined);
      });
      await clock.run(Promise.all(done));
      controlPlane.faultOf = () => undefined;
      await clock.pass(600_000);
      await clock.run(stack.guard());
      stack.watch();
      const { policyEngineConfiguration: engine, interceptorConfigurations: interceptors } = stack.gateway;
      if (JSON.stringify(engine) !== JSON.stringify(stack.attachment)) stack.broken.push('the gateway is open');
      if (!Array.isArray(interceptors) || interceptors.length !== 1)
        stack.broken.push('the gateway has no interceptor');
      if (stack.broken.length > 0) throw new Error(`broken: ${stack.broken.slice(0, 3).join('; ')}`);
    },
  );
  await fc.assert(property, { numRuns: runs, seed });
}
