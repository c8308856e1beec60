import fc from 'fast-check';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import type { Fault } from '../../doubles/control-plane/options';
import type { TickPlan } from './provider';
import { BAD_BODY, body, policy } from './scenario';

/** What somebody else does to a policy, past the stack. */
export type Tampering = 'edit' | 'relabel' | 'delete' | 'add';

/** What the operator does past the stack. */
export type LockAction = 'lock' | 'unlock';

/** For a while, every call ends in this. */
export type Outage = 'unavailable' | 'hang' | 'throttle';

export interface Disturbance {
  /** Number of the request at which it happens, from the beginning of the deployment. */
  readonly at: number;
  readonly kind: Fault | Tampering | LockAction | `outage ${Outage}`;
  /** Name of the policy to tamper with. */
  readonly name: string;
  /** How long an outage lasts. */
  readonly seconds: number;
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

/** What the policies speak of: each permits or forbids the callers of one role. */
export const ROLES = ['x', 'y', 'z'] as const;
const NAMES = ['a_permit', 'b_permit', 'c_forbid', 'd_forbid', 'e_permit'] as const;
export const FOREIGN = 'theirs';

function isForbid(name: string): boolean {
  return name.endsWith('forbid');
}

const anyPolicy = fc
  .record({
    name: fc.constantFrom(...NAMES),
    text: fc.constantFrom(...ROLES),
    bad: fc.integer({ min: 0, max: 11 }).map((n) => n === 0),
    enforcementMode: fc.constantFrom('ACTIVE' as const, 'ACTIVE' as const, 'LOG_ONLY' as const),
  })
  .map(({ name, text, bad, enforcementMode }) =>
    policy(name, {
      effect: isForbid(name) ? 'forbid' : 'permit',
      body: bad ? BAD_BODY : body(text),
      enforcementMode,
      validationMode: 'IGNORE_ALL_FINDINGS',
      description: `${name} ${text}`,
    }),
  );

/** Policies that make a set large, all of one text. */
function bulk(count: number, text: string): DesiredPolicy[] {
  return Array.from({ length: count }, (_, index) => {
    const name = index % 5 === 4 ? `bulk_${index}_forbid` : `bulk_${index}_permit`;
    const effect = isForbid(name) ? 'forbid' : 'permit';
    return policy(name, {
      effect,
      body: body(text),
      validationMode: 'IGNORE_ALL_FINDINGS',
      description: `${name} ${text}`,
    });
  });
}

const FAULTS: readonly Fault[] = [
  'throttle',
  'error',
  'unavailable',
  'reset',
  'lost-answer',
  'hang',
  'hang-after',
  'denied',
  'quota',
  'failure',
  'silent-failure',
  'stuck',
  'slow',
];
const TAMPERINGS: readonly Tampering[] = ['edit', 'relabel', 'delete', 'add'];
const LOCK_ACTIONS: readonly LockAction[] = ['lock', 'lock', 'lock', 'unlock'];
const OUTAGES = ['outage unavailable', 'outage hang', 'outage throttle'] as const;

const disturbanceWithin = (requests: number): fc.Arbitrary<Disturbance> =>
  fc.record({
    at: fc.nat({ max: requests }),
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...FAULTS) },
      { weight: 3, arbitrary: fc.constantFrom(...TAMPERINGS) },
      { weight: 3, arbitrary: fc.constantFrom(...LOCK_ACTIONS) },
      { weight: 1, arbitrary: fc.constantFrom(...OUTAGES) },
    ),
    name: fc.constantFrom(...NAMES),
    seconds: fc.constantFrom(20, 60, 240, 600),
  });

/** Faults one by one, or many at once. */
const disturbancesWithin = (requests: number): fc.Arbitrary<readonly Disturbance[]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(disturbanceWithin(requests), { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.nat({ max: requests }), fc.array(disturbanceWithin(6), { minLength: 3, maxLength: 8 }))
        .map(([start, burst]) => burst.map((disturbance) => ({ ...disturbance, at: start + disturbance.at }))),
    },
  );

const anyTick: fc.Arbitrary<TickPlan> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ time: 300_000 }) },
  { weight: 1, arbitrary: fc.record({ time: fc.constantFrom(30_000, 60_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({ time: fc.constant(300_000), diesAt: fc.nat({ max: 30 }), deathIsFinal: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ time: fc.constant(300_000), twice: fc.constant(true) }) },
);

/** Up to 90 policies, once in a while. */
const anyBulk = fc.oneof(
  { weight: 60, arbitrary: fc.constant<readonly DesiredPolicy[]>([]) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 10, max: 85 }), fc.constantFrom(...ROLES)).map(([n, t]) => bulk(n, t)),
  },
);

const anyDeployed = fc
  .tuple(
    fc.uniqueArray(anyPolicy, { selector: ({ name }) => name, maxLength: 5 }),
    anyBulk,
    fc.integer({ min: 0, max: 19 }),
  )
  .map(([policies, more, n]) => [
    ...policies,
    ...more,
    ...(n === 0 ? [policy(FOREIGN, { description: FOREIGN, validationMode: 'IGNORE_ALL_FINDINGS' })] : []),
  ]);

const deploymentParts = { disturbances: disturbancesWithin(30), ticks: fc.array(anyTick, { maxLength: 3 }) };

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
  disturbances: fc.array(disturbanceWithin(10), { maxLength: 3 }),
  ticks: fc.array(anyTick, { maxLength: 2 }),
});

/** Passes are long when the service takes a minute for each policy; then it takes many at once. */
export const anyService = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      pageSize: fc.constantFrom(2, 3, 100),
      lag: fc.constantFrom(0, 0, 1_500, 4_000),
      activation: fc.constantFrom(500, 500, 3_000),
      namesUniqueIn: fc.constantFrom('account' as const, 'engine' as const),
      concurrentWrites: fc.constantFrom(true, true, true, false),
    }),
  },
  { weight: 1, arbitrary: fc.record({ activation: fc.constantFrom(60_000, 100_000), deletion: fc.constant(30_000) }) },
);
