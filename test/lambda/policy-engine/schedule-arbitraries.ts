import fc from 'fast-check';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import type { Fault } from '../../doubles/control-plane/options';
import type { TickPlan } from './provider';
import { BAD_BODY, body, policy } from './scenario';

/** What somebody else does to a policy, past the stack. */
export type Tampering = 'edit' | 'delete' | 'add';

export interface Disturbance {
  /** Number of the request at which it happens, from the beginning of the deployment. */
  readonly at: number;
  readonly kind: Fault | Tampering;
  /** Name of the policy to tamper with. */
  readonly name: string;
}

export interface Disturbances {
  readonly disturbances: readonly Disturbance[];
  /** How the invocations go, in turn; the rest is left in peace. */
  readonly ticks: readonly TickPlan[];
}

export interface Deployment extends Disturbances {
  readonly policies: readonly DesiredPolicy[];
  /** Name of the stack's own engine, when it has one. */
  readonly engine: string;
}

export interface Model {
  /** The last successful set; undefined while there is no policy set resource. */
  live: readonly DesiredPolicy[] | undefined;
  /** Name of its engine, when the stack has one of its own. */
  engine: string;
}

const NAMES = ['a_permit', 'b_permit', 'c_forbid', 'd_forbid', 'e_permit'] as const;
export const FOREIGN = 'theirs';

const anyPolicy = fc
  .record({
    name: fc.constantFrom(...NAMES),
    text: fc.constantFrom('x', 'y', 'z'),
    bad: fc.integer({ min: 0, max: 11 }).map((n) => n === 0),
    enforcementMode: fc.constantFrom('ACTIVE' as const, 'ACTIVE' as const, 'LOG_ONLY' as const),
  })
  .map(({ name, text, bad, enforcementMode }) =>
    policy(name, {
      effect: name.endsWith('forbid') ? 'forbid' : 'permit',
      body: bad ? BAD_BODY : body(text),
      enforcementMode,
      validationMode: 'IGNORE_ALL_FINDINGS',
      description: `${name} ${text}`,
    }),
  );

const disturbanceWithin = (requests: number): fc.Arbitrary<Disturbance> =>
  fc.record({
    at: fc.nat({ max: requests }),
    kind: fc.constantFrom<Fault | Tampering>(
      'throttle',
      'throttle',
      'error',
      'reset',
      'lost-answer',
      'lost-answer',
      'denied',
      'failure',
      'stuck',
      'edit',
      'delete',
      'add',
    ),
    name: fc.constantFrom(...NAMES),
  });

const anyTick: fc.Arbitrary<TickPlan> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ time: 300_000 }) },
  { weight: 1, arbitrary: fc.record({ time: fc.constantFrom(30_000, 60_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({ time: fc.constant(300_000), diesAt: fc.nat({ max: 30 }), deathIsFinal: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ time: fc.constant(300_000), twice: fc.constant(true) }) },
);

const anyDeployed = fc
  .tuple(fc.uniqueArray(anyPolicy, { selector: ({ name }) => name, maxLength: 4 }), fc.integer({ min: 0, max: 19 }))
  .map(([policies, n]) => (n === 0 ? [...policies, policy(FOREIGN, { description: FOREIGN })] : policies));

const deploymentParts = {
  disturbances: fc.array(disturbanceWithin(30), { maxLength: 4 }),
  ticks: fc.array(anyTick, { maxLength: 3 }),
};

/** A deployment into an engine that was passed in. */
export const anySharedDeployment: fc.Arbitrary<Deployment> = fc.record({
  ...deploymentParts,
  policies: anyDeployed,
  engine: fc.constant(''),
});

/** A deployment with engine. Policy names depend on the engine's name, as the construct makes them: both exist for a while. */
export const anyOwnedDeployment: fc.Arbitrary<Deployment> = fc
  .record({ ...deploymentParts, policies: anyDeployed, second: fc.integer({ min: 0, max: 5 }) })
  .map(({ policies, second, ...rest }) => ({
    ...rest,
    engine: second === 0 ? 'second_engine' : 'first_engine',
    policies: second === 0 ? policies.map((desired) => ({ ...desired, name: `${desired.name}_2` })) : policies,
  }));

export const anyDestruction = fc.record({
  disturbances: fc.array(disturbanceWithin(10), { maxLength: 2 }),
  ticks: fc.array(anyTick, { maxLength: 2 }),
});

export const anyService = fc.record({
  pageSize: fc.constantFrom(2, 3, 100),
  lag: fc.constantFrom(0, 0, 1_500, 4_000),
  activation: fc.constantFrom(500, 500, 3_000),
  namesUniqueIn: fc.constantFrom('account' as const, 'engine' as const),
});
