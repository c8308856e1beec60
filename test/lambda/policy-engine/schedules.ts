import fc from 'fast-check';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import type { Fault } from '../../doubles/control-plane/options';
import type { PolicyView } from '../../doubles/control-plane/policy-store';
import type { TickPlan } from './provider';
import { BAD_BODY, body, GATEWAY_ARN, GATEWAY_ID, MARKER, policy, Scenario } from './scenario';
import type { DeployResult } from './stack';

/** What somebody else does to a policy, past the stack. */
type Tampering = 'edit' | 'delete' | 'add';

interface Disturbance {
  /** Number of the request at which it happens, from the beginning of the deployment. */
  readonly at: number;
  readonly kind: Fault | Tampering;
  /** Name of the policy to tamper with. */
  readonly name: string;
}

interface Deployment {
  readonly policies: readonly DesiredPolicy[];
  readonly disturbances: readonly Disturbance[];
  readonly ticks: readonly TickPlan[];
}

interface Model {
  /** The last successful set; undefined while there is no policy set resource. */
  live: readonly DesiredPolicy[] | undefined;
}

const NAMES = ['a_permit', 'b_permit', 'c_forbid', 'd_forbid', 'e_permit'] as const;
const FOREIGN = 'theirs';

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

const anyDeployment: fc.Arbitrary<Deployment> = fc.record({
  policies: fc
    .tuple(fc.uniqueArray(anyPolicy, { selector: ({ name }) => name, maxLength: 4 }), fc.integer({ min: 0, max: 19 }))
    .map(([policies, n]) => (n === 0 ? [...policies, policy(FOREIGN, { description: FOREIGN })] : policies)),
  disturbances: fc.array(disturbanceWithin(30), { maxLength: 4 }),
  ticks: fc.array(anyTick, { maxLength: 3 }),
});

const anyDestruction = fc.record({
  disturbances: fc.array(disturbanceWithin(10), { maxLength: 2 }),
  ticks: fc.array(anyTick, { maxLength: 2 }),
});

const anyService = fc.record({
  pageSize: fc.constantFrom(1, 2, 100),
  lag: fc.constantFrom(0, 0, 1_500, 4_000),
  activation: fc.constantFrom(500, 3_000),
  namesUniqueIn: fc.constantFrom('account' as const, 'engine' as const),
});

/** One control plane with one stack, watched. */
class World {
  readonly scenario: Scenario;
  engineId = '';
  private ticks: readonly TickPlan[] = [];
  private tickIndex = 0;
  private foreign: PolicyView | undefined;
  /** When somebody else last touched a policy in this deployment. */
  readonly tampered = new Map<string, number>();
  private previous: readonly DesiredPolicy[] = [];
  /** Policies of the last successful set that were gone before the deployment began. */
  private missing: ReadonlySet<string> = new Set();
  /** Whether all of the new set was in force at some moment. */
  private wasGrown = false;
  private added = 0;

  constructor(
    readonly owned: boolean,
    service: object,
  ) {
    this.scenario = new Scenario({
      service,
      afterFailure: (_, reason) => this.afterFailure(reason),
      tick: () => {
        this.tickIndex += 1;
        return this.ticks[this.tickIndex - 1] ?? { time: 300_000 };
      },
    });
  }

  async prepare(): Promise<void> {
    this.engineId = await this.scenario.foreignEngine();
    if (!this.owned) this.foreign = await this.scenario.foreignPolicy(this.engineId, FOREIGN, 'of another team');
  }

  async deploy(deployment: Deployment, model: Model): Promise<DeployResult> {
    const { controlPlane } = this.scenario;
    this.previous = model.live ?? [];
    this.disturb(deployment);
    const before = controlPlane.policies.current(this.engineId);
    this.missing = new Set((model.live ?? []).filter((desired) => !isInForce(desired, before)).map(({ name }) => name));
    controlPlane.onChange = () => this.watch(deployment, model);
    const result = await this.scenario.deployShared(this.engineId, deployment.policies, this.properties());
    controlPlane.faultOf = () => undefined;
    return result;
  }

  private disturb({ ticks, disturbances }: Omit<Deployment, 'policies'>): void {
    const { controlPlane } = this.scenario;
    this.ticks = ticks;
    this.tickIndex = 0;
    this.tampered.clear();
    const first = controlPlane.requests.length;
    controlPlane.faultOf = (index) => {
      let fault: Fault | undefined;
      for (const { at, kind, name } of disturbances) {
        if (at !== index - first) continue;
        if (kind === 'edit' || kind === 'delete' || kind === 'add') this.tamper(kind, name);
        else fault = kind;
      }
      return fault;
    };
  }

  /** What must hold when the resource failed, and before CloudFormation rolls back. */
  private afterFailure(reason: string): void {
    const alone = !this.ticks.some(({ twice }) => twice);
    if (alone && reason.includes('the set is what it was before')) this.check(this.previous, false);
    const disturbed = this.tampered.size > 0 || this.missing.size > 0;
    expectThat(disturbed || !reason.includes('left as it is'), `no return: ${reason}`);
  }

  /** The operator's next try after a rollback that failed, with nothing in its way. */
  async recover(policies: readonly DesiredPolicy[]): Promise<DeployResult> {
    this.ticks = [];
    this.scenario.controlPlane.onChange = () => undefined;
    return this.scenario.deployShared(this.engineId, policies, this.properties());
  }

  async destroy(disturbances: Omit<Deployment, 'policies'>): Promise<DeployResult> {
    this.disturb(disturbances);
    this.scenario.controlPlane.onChange = () => undefined;
    const result = await this.scenario.destroy();
    this.scenario.controlPlane.faultOf = () => undefined;
    this.ticks = [];
    return result.status === 'COMPLETE' ? result : this.scenario.destroy();
  }

  /** Time of the last read of all policies that ended before any of them could be tampered with unseen. */
  lastLook(): number {
    const { requests, options } = this.scenario.controlPlane;
    const read = requests.findLast(({ operation, status }) => operation === 'ListPolicies' && status === 200);
    return (read?.at ?? 0) - options.lag;
  }

  private properties() {
    return { OwnsEngine: this.owned ? 'true' : 'false', OwnerMarker: MARKER };
  }

  private tamper(kind: Tampering, name: string): void {
    const { policies, clock } = this.scenario.controlPlane;
    this.tampered.set(name, clock.now());
    const view = policies.current(this.engineId).find((candidate) => candidate.name === name);
    if (kind === 'add') {
      this.added += 1;
      if (this.owned) this.addForeign(`added_${this.added}`);
    } else if (view !== undefined && view.status === 'ACTIVE') {
      const statement = policy(name, { body: body('tampered') }).statementParts.join(GATEWAY_ARN);
      policies.tamper(view.policyId, kind === 'edit' ? { statement } : undefined);
    }
  }

  private addForeign(name: string): void {
    this.tampered.set(name, this.scenario.clock.now());
    const statement = policy(name).statementParts.join(GATEWAY_ARN);
    const content = { statement, description: 'by hand', enforcementMode: 'ACTIVE' as const };
    const tools = new Set(['notes___read']);
    const context = { tools, hasPermit: true, findingsFail: false, interceptorRefuses: false, notInvocable: undefined };
    this.scenario.controlPlane.policies.create(this.engineId, name, content, context, {});
  }

  /** What must hold at every moment of a deployment. */
  private watch({ policies }: Deployment, { live = [] }: Model): void {
    const { controlPlane } = this.scenario;
    const actual = controlPlane.policies.current(this.engineId);
    const names = actual.filter(({ status }) => status !== 'DELETING').map(({ name }) => name);
    expectThat(new Set(names).size === names.length, `duplicates among ${names.join(', ')}`);
    const arn = controlPlane.gateways.get(GATEWAY_ID)?.policyEngineConfiguration?.arn;
    const engine = controlPlane.engines.current().find(({ policyEngineArn }) => policyEngineArn === arn);
    expectThat(engine?.status === 'ACTIVE', 'the gateway is without an engine');
    this.watchForeign(actual);
    const wanted = new Map(policies.map((desired) => [desired.name, desired]));
    const grown = policies.every((desired) => isInForce(desired, actual));
    for (const { name } of live) {
      if (this.tampered.has(name) || this.missing.has(name)) continue;
      const there = actual.some((view) => view.name === name && view.status !== 'DELETING');
      expectThat(
        there || (!wanted.has(name) && (grown || this.tampered.size > 0 || this.wasGrown)),
        `\`${name}\` is absent`,
      );
    }
    this.wasGrown ||= grown;
  }

  private watchForeign(actual: readonly PolicyView[]): void {
    if (this.foreign === undefined) return;
    const now = actual.find(({ name }) => name === FOREIGN);
    expectThat(JSON.stringify(now) === JSON.stringify(this.foreign), 'a foreign policy was touched');
  }

  /** What must hold at the end of a deployment. What others added goes with the next success only. */
  check(set: readonly DesiredPolicy[], pruned: boolean): void {
    this.wasGrown = false;
    const actual = this.scenario.controlPlane.policies.current(this.engineId);
    const look = this.lastLook();
    const unseen = (name: string): boolean => (this.tampered.get(name) ?? 0) > look - 50;
    for (const desired of set) {
      if (unseen(desired.name)) continue;
      const view = actual.find(({ name }) => name === desired.name);
      expectThat(isInForce(desired, actual), `\`${desired.name}\` is ${JSON.stringify(view)}`);
    }
    const declared = new Set(set.map(({ name }) => name));
    for (const { name, status } of actual) {
      const known = declared.has(name) || name === FOREIGN || unseen(name) || (!pruned && name.startsWith('added_'));
      expectThat(known, `\`${name}\` ${status} is left over`);
    }
    this.watchForeign(actual);
  }
}

function isInForce(desired: DesiredPolicy, actual: readonly PolicyView[]): boolean {
  const view = actual.find(({ name, status }) => name === desired.name && status === 'ACTIVE');
  return (
    view?.statement === desired.statementParts.join(GATEWAY_ARN) &&
    view.enforcementMode === desired.enforcementMode &&
    view.description?.startsWith(`${desired.description} [${MARKER} `) === true
  );
}

function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`);
}

class DeployCommand implements fc.AsyncCommand<Model, World> {
  constructor(private readonly deployment: Deployment) {}

  check = (): boolean => true;

  async run(model: Model, world: World): Promise<void> {
    const result = await world.deploy(this.deployment, model);
    if (result.status === 'COMPLETE') {
      model.live = this.deployment.policies;
      return world.check(model.live, true);
    }
    this.checkReason(result);
    const previous = model.live ?? [];
    if (result.status !== 'ROLLED_BACK') {
      const recovery = await world.recover(previous);
      expectThat(recovery.status === 'COMPLETE', `no recovery: ${recovery.reasons.join(' / ')}`);
      model.live = previous;
    }
    world.check(previous, false);
  }

  /** A failure names its cause: a policy that is bad, or what was done to the deployment. */
  private checkReason({ reasons }: DeployResult): void {
    if (/theirs.*did not make/.test(reasons[0] ?? '')) return;
    const bad = this.deployment.policies.filter(({ statementParts }) =>
      statementParts.join('').includes('input.limit'),
    );
    const reason = reasons[0] ?? '';
    if (bad.some(({ origin }) => reason.includes(`${origin.file}:3:1`) && reason.includes('input.limit'))) return;
    expectThat(
      /internal failure|still CREATING|Task timed out|Operation timed out|no reason/.test(reason),
      `reason ${reason}`,
    );
  }

  toString(): string {
    const { policies, disturbances, ticks } = this.deployment;
    const set = policies.map(({ name, statementParts, enforcementMode }) => [name, statementParts[1], enforcementMode]);
    return `deploy(${JSON.stringify({ set, disturbances, ticks })})`;
  }
}

class DestroyCommand implements fc.AsyncCommand<Model, World> {
  constructor(private readonly disturbances: Omit<Deployment, 'policies'>) {}

  check = ({ live }: Readonly<Model>): boolean => live !== undefined;

  async run(model: Model, world: World): Promise<void> {
    const result = await world.destroy(this.disturbances);
    expectThat(result.status === 'COMPLETE', `not destroyed: ${result.reasons.join(' / ')}`);
    model.live = undefined;
    const own = world.scenario.controlPlane.policies
      .current()
      .filter(({ description }) => description?.includes(MARKER));
    expectThat(own.length === 0, `left over: ${own.map(({ name }) => name).join(', ')}`);
  }

  toString = (): string => `destroy(${JSON.stringify(this.disturbances)})`;
}

export interface ScheduleOptions {
  /** Whether the policy set owns the engine. */
  readonly owned: boolean;
  readonly runs: number;
  /** `POLICY_ENGINE_SEED` repeats a run. */
  readonly seed?: number;
}

/** Runs that many random schedules of deployments, and throws with the shortest that breaks a promise. */
export async function runSchedules(options: ScheduleOptions): Promise<void> {
  const seed = options.seed ?? Number(process.env['POLICY_ENGINE_SEED'] ?? Date.now() % 2 ** 31);
  process.stdout.write(`${options.runs} schedules, POLICY_ENGINE_SEED=${seed}\n`);
  const commands = fc.commands(
    [
      anyDeployment.map((deployment) => new DeployCommand(deployment)),
      anyDestruction.map((disturbances) => new DestroyCommand(disturbances)),
    ],
    { maxCommands: 4 },
  );
  await fc.assert(
    fc.asyncProperty(anyService, commands, async (service, schedule) => {
      const world = new World(options.owned, service);
      await world.prepare();
      await fc.asyncModelRun(() => ({ model: { live: undefined }, real: world }), schedule);
    }),
    { numRuns: options.runs, seed },
  );
}
