import { readLock } from '../../../lib/contract/lock';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import type { Recorded } from '../../doubles/control-plane/control-plane';
import { ApiError, type Fault, MAY_EXCEED_QUOTA } from '../../doubles/control-plane/options';
import type { PolicyView } from '../../doubles/control-plane/policy-store';
import type { TickPlan } from './provider';
import { body, GATEWAY_ARN, GATEWAY_ID, MARKER, policy, Scenario } from './scenario';
import {
  type Deployment,
  type Disturbances,
  FOREIGN,
  type Model,
  type Outage,
  type Tampering,
} from './schedule-arbitraries';
import { allowedRoles, isInForce } from './schedule-decisions';
import { expectThat, LockOrders } from './schedule-locks';
import type { Happened } from './schedule-reasons';
import type { DeployResult } from './stack';

/** One control plane with one stack, watched. */
export class World {
  readonly scenario: Scenario;
  readonly locks: LockOrders;
  private sharedEngineId = '';
  private ticks: readonly TickPlan[] = [];
  private tickIndex = 0;
  private foreign: PolicyView | undefined;
  /** When somebody else last touched a policy in this deployment. */
  readonly tampered = new Map<string, number>();
  /** What somebody else did in this deployment, by policy. */
  private tamperings = new Map<string, string[]>();
  private hits = new Map<Fault, number>();
  /** Whether a bridge met a fault: then the forbid is changed without one. */
  private bridgeFailed = false;
  /** Roles that may call before or after the deployment. Undefined where no promise is made about the time between. */
  private mayPass: ReadonlySet<string> | undefined;
  /** Policies that somebody made theirs: by their signature in an engine of others, by signature and statement in one of the stack. */
  private readonly takenOver = new Set<string>();
  /** What others added, and that nobody has removed yet. */
  private readonly addedNames = new Set<string>();
  private started = 0;
  /** Whether the set moves to another engine: then its old engine is not looked at before the way back. */
  private moves = false;
  private previous: readonly DesiredPolicy[] = [];
  /** Policies of the last successful set that were gone before the deployment began. */
  private missing: ReadonlySet<string> = new Set();
  /** Whether all of the new set was in force at some moment. */
  private wasGrown = false;
  private added = 0;
  /** Engines that CloudFormation gave up to delete, because they hold policies of others. */
  readonly abandoned = new Set<string>();
  deployments = 0;
  completed = 0;

  constructor(
    readonly owned: boolean,
    service: object,
  ) {
    this.scenario = new Scenario({
      shared: !owned,
      service,
      afterFailure: (_, reason) => this.afterFailure(reason),
      tick: () => {
        this.tickIndex += 1;
        return this.ticks[this.tickIndex - 1] ?? { time: 300_000 };
      },
    });
    this.locks = new LockOrders(this.scenario);
  }

  async prepare(): Promise<void> {
    if (this.owned) return;
    this.sharedEngineId = await this.scenario.foreignEngine();
    this.foreign = await this.scenario.foreignPolicy(this.sharedEngineId, FOREIGN, 'of another team');
  }

  async deploy(deployment: Deployment, model: Model): Promise<DeployResult> {
    const { controlPlane } = this.scenario;
    this.previous = model.live ?? [];
    this.moves = model.engine !== '' && model.engine !== deployment.engine;
    this.started = this.scenario.clock.now();
    this.disturb(deployment);
    const before = controlPlane.policies.current();
    this.missing = new Set((model.live ?? []).filter((desired) => !isInForce(desired, before)).map(({ name }) => name));
    this.mayPass = this.promiseOf(deployment, before);
    controlPlane.onChange = () => this.watch(deployment, model);
    const result = await this.put(deployment);
    controlPlane.faultOf = () => undefined;
    if (result.status === 'COMPLETE') this.addedNames.clear();
    for (const reason of result.reasons) {
      const engine = /^policy engine `(\w+)` still holds policies that this stack did not make/.exec(reason)?.[1];
      if (engine !== undefined) this.abandoned.add(engine);
    }
    if (this.owned && result.status !== 'COMPLETE' && model.live === undefined) this.forgetGateway();
    return result;
  }

  private put({ policies, engine }: Pick<Deployment, 'policies' | 'engine'>): Promise<DeployResult> {
    // CloudFormation sends an update in any case, since the hash is another one each time.
    this.deployments += 1;
    const set = { Deployment: String(this.deployments) };
    if (this.owned) return this.scenario.deploy(policies, { engine: { EngineName: engine }, set });
    return this.scenario.deployShared(this.sharedEngineId, policies, set);
  }

  private disturb({ ticks, disturbances }: Disturbances): void {
    const { controlPlane } = this.scenario;
    this.ticks = ticks;
    this.tickIndex = 0;
    this.tampered.clear();
    this.tamperings = new Map();
    this.hits = new Map();
    this.bridgeFailed = false;
    this.locks.begin();
    const first = controlPlane.requests.length;
    let outage: { readonly kind: Outage; readonly until: number } | undefined;
    controlPlane.faultOf = (index, operation, input) => {
      let fault: Fault | undefined;
      for (const { at, kind, name, seconds } of disturbances) {
        if (at !== index - first) continue;
        if (kind === 'lock') this.locks.place();
        else if (kind === 'unlock') this.locks.lift(this.moves);
        else if (kind === 'edit' || kind === 'relabel' || kind === 'delete' || kind === 'add') this.tamper(kind, name);
        else if (kind.startsWith('outage ')) {
          outage = { kind: kind.slice('outage '.length) as Outage, until: controlPlane.clock.now() + seconds * 1000 };
        } else fault = kind as Fault;
      }
      if (outage !== undefined && controlPlane.clock.now() < outage.until) fault = outage.kind;
      if (fault === 'quota' && !MAY_EXCEED_QUOTA.has(operation)) fault = undefined;
      if (fault !== undefined) this.hits.set(fault, (this.hits.get(fault) ?? 0) + 1);
      this.bridgeFailed ||=
        fault !== undefined && operation === 'CreatePolicy' && String(input['name']).startsWith('bridge_');
      return fault;
    };
  }

  /** What happened since the beginning of the deployment or deletion, for the judgement of its reasons. */
  happened(policies: readonly DesiredPolicy[]): Happened {
    const there = this.scenario.controlPlane.policies.current();
    return {
      hits: this.hits,
      ticks: this.ticks,
      policies,
      tamperings: this.tamperings,
      holdsAdded: there.some(({ name }) => name.startsWith('added_')),
      holdsTakenOver: there.some(({ policyId }) => this.takenOver.has(policyId)),
      takesForeignName: this.foreign !== undefined && policies.some(({ name }) => name === FOREIGN),
    };
  }

  /** ServiceCalls that pass before or after, when nothing but the deployment itself changes policies, and permits are in force already. */
  private promiseOf({ policies, ticks }: Deployment, before: readonly PolicyView[]): ReadonlySet<string> | undefined {
    if (this.moves || this.missing.size > 0 || ticks.some(({ twice }) => twice)) return undefined;
    const added = before
      .filter(({ name }) => name.startsWith('added_') || name === FOREIGN)
      .map((view) => ({ ...view, status: 'ACTIVE' as const }));
    const old = allowedRoles([...before, ...added]);
    const next = allowedRoles([
      ...policies.map((desired) => ({
        ...desired,
        status: 'ACTIVE',
        statement: desired.statementParts.join(GATEWAY_ARN),
      })),
      ...added,
    ]);
    return old.hasPermit ? new Set([...old.roles, ...next.roles]) : undefined;
  }

  /** What must hold when the resource failed, and before CloudFormation rolls back. */
  private afterFailure(reason: string): void {
    const alone = !this.moves && !this.ticks.some(({ twice }) => twice);
    if (alone && reason.includes('the set is what it was before')) this.check(this.previous, false);
    const disturbed = this.tampered.size > 0 || this.missing.size > 0;
    // What CloudFormation rolls back alone: the engine could not be read when the change began.
    const outage = ['unavailable', 'hang', 'throttle', 'error', 'denied'].some((fault) =>
      this.hits.has(fault as Fault),
    );
    expectThat(disturbed || outage || !reason.includes('left as it is'), `no return: ${reason}`);
  }

  /** The operator's next try after a rollback that failed, with nothing in its way. */
  async recover(policies: readonly DesiredPolicy[], engine: string): Promise<DeployResult> {
    this.ticks = [];
    this.scenario.controlPlane.onChange = () => undefined;
    this.removeTakenOver();
    await this.scenario.clock.pass(this.scenario.controlPlane.options.lag);
    const result = await this.put({ policies, engine });
    if (result.status === 'COMPLETE') this.addedNames.clear();
    return result;
  }

  /** The operator removes what is in the way of a name, and is nobody's. */
  private removeTakenOver(): void {
    const { policies } = this.scenario.controlPlane;
    for (const { policyId, description } of policies.current()) {
      const isSigned = description?.includes(`[${MARKER} `) === true;
      if (this.takenOver.has(policyId) && !isSigned) policies.tamper(policyId, undefined);
    }
  }

  /** Deletes the stack. */
  async destroy(disturbances: Disturbances): Promise<DeployResult> {
    const { controlPlane } = this.scenario;
    this.disturb(disturbances);
    controlPlane.onChange = () => this.locks.watch();
    const result = await this.scenario.destroy();
    controlPlane.faultOf = () => undefined;
    if (this.owned && result.status === 'COMPLETE') this.forgetGateway();
    return result;
  }

  /** Deletes it again after a failure: without disturbance, and without policies that somebody else left in its engine. */
  async destroyAgain(): Promise<DeployResult> {
    const { controlPlane } = this.scenario;
    this.ticks = [];
    this.addedNames.clear();
    this.removeTakenOver();
    for (const { policyId, name } of controlPlane.policies.current()) {
      if (name.startsWith('added_')) controlPlane.policies.tamper(policyId, undefined);
    }
    const result = await this.scenario.destroy();
    if (this.owned) this.forgetGateway();
    return result;
  }

  /** Time of the last read of all policies of the engine that ended before any of them could be tampered with unseen. */
  lastLook(): number {
    const { requests, options } = this.scenario.controlPlane;
    const { engineId } = this;
    const isFirstPage = ({ operation, input, status }: Recorded): boolean =>
      operation === 'ListPolicies' &&
      status === 200 &&
      input['policyEngineId'] === engineId &&
      input['nextToken'] === undefined;
    const read = requests.findLast(isFirstPage);
    return (read?.at ?? 0) - options.lag;
  }

  private tamper(kind: Tampering, base: string): void {
    const { policies, clock } = this.scenario.controlPlane;
    const view = policies.current(this.engineId).find(({ name }) => name === base || name === `${base}_2`);
    for (const name of [base, `${base}_2`]) {
      this.tampered.set(name, clock.now());
      this.tamperings.set(name, [...(this.tamperings.get(name) ?? []), kind]);
    }
    if (kind === 'add') {
      this.added += 1;
      if (this.owned) this.addForeign(`added_${this.added}`);
    } else if (view !== undefined && view.status === 'ACTIVE') {
      const statement = policy(view.name, { body: body('tampered') }).statementParts.join(GATEWAY_ARN);
      const changes = { edit: { statement }, relabel: { description: 'edited by hand' }, delete: undefined };
      policies.tamper(view.policyId, changes[kind]);
      const kinds = this.tamperings.get(base) ?? [];
      const isAnother = kinds.includes('relabel') && kinds.includes('edit');
      if ((kind === 'relabel' && !this.owned) || isAnother) this.takenOver.add(view.policyId);
    }
  }

  private addForeign(name: string): void {
    if (this.engineId === '') return;
    this.tampered.set(name, this.scenario.clock.now());
    const statement = policy(name).statementParts.join(GATEWAY_ARN);
    try {
      this.scenario.addByHand(this.engineId, name, statement, 'by hand');
      this.addedNames.add(name);
    } catch (error) {
      // An engine that takes one write at a time is at work.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  private get engineId(): string {
    const own = this.scenario.stack.resources.get('Engine')?.data['PolicyEngineId'] ?? '';
    const exists = this.scenario.controlPlane.engines.current().some(({ policyEngineId }) => policyEngineId === own);
    if (this.owned) return exists ? own : '';
    return this.sharedEngineId;
  }

  /** What must hold at every moment of a deployment. */
  private watch({ policies }: Deployment, { live = [] }: Model): void {
    const { controlPlane } = this.scenario;
    const actual = controlPlane.policies.current();
    const names = actual.filter(({ status }) => status !== 'DELETING').map(({ name }) => name);
    expectThat(new Set(names).size === names.length, `duplicates among ${names.join(', ')}`);
    const gateway = controlPlane.gateways.get(GATEWAY_ID);
    const arn = gateway?.policyEngineConfiguration?.arn;
    const engine = controlPlane.engines.current().find(({ policyEngineArn }) => policyEngineArn === arn);
    // CloudFormation has deleted the gateway before it deletes the engine.
    const isGoing = this.owned && !this.scenario.stack.resources.has('Engine');
    const isServed = gateway === undefined || engine?.status === 'ACTIVE';
    expectThat(isGoing || isServed, 'the gateway is without an engine');
    this.watchForeign(actual);
    this.locks.watch();
    if (this.mayPass !== undefined && this.tampered.size === 0 && !this.bridgeFailed) {
      const wider = [...allowedRoles(actual).roles].filter((role) => this.mayPass?.has(role) !== true);
      expectThat(wider.length === 0, `calls of ${wider.join(', ')} pass that neither set allows`);
    }
    const wanted = new Map(policies.map((desired) => [desired.name, desired]));
    // A forbid that changes in place does so when the old permits are gone.
    const mayCome = ({ name, effect }: DesiredPolicy): boolean =>
      effect === 'forbid' && live.some((old) => old.name === name);
    const grown = policies.every((desired) => isInForce(desired, actual) || mayCome(desired));
    // What somebody else did to the set may be too young to be read.
    const disturbed = this.tampered.size > 0 || this.missing.size > 0;
    for (const { name } of live) {
      if (this.tampered.has(name) || this.missing.has(name)) continue;
      const there = actual.some((view) => view.name === name && view.status !== 'DELETING');
      expectThat(there || (!wanted.has(name) && (grown || disturbed || this.wasGrown)), `\`${name}\` is absent`);
    }
    this.wasGrown ||= grown;
  }

  private forgetGateway(): void {
    this.scenario.controlPlane.gateways.clear();
    this.locks.forget();
  }

  private watchForeign(actual: readonly PolicyView[]): void {
    if (this.foreign === undefined) return;
    const now = actual.find(({ name }) => name === FOREIGN);
    expectThat(JSON.stringify(now) === JSON.stringify(this.foreign), 'a foreign policy was touched');
  }

  /** What must hold at the end of a deployment. What others added goes with the next success only. */
  check(set: readonly DesiredPolicy[], pruned: boolean): void {
    const actual = this.scenario.controlPlane.policies.current();
    if (!pruned && !this.wasGrown) {
      const lost = [...this.addedNames].filter((added) => !actual.some(({ name }) => name === added));
      expectThat(lost.length === 0, `a rollback removed ${lost.join(', ')}, which somebody else made`);
    }
    this.wasGrown = false;
    const look = this.lastLook();
    const unseen = (name: string): boolean =>
      (this.tampered.get(name) ?? 0) > look - 50 || (this.missing.has(name) && look < this.started);
    for (const desired of set) {
      if (unseen(desired.name)) continue;
      const view = actual.find(({ name }) => name === desired.name);
      expectThat(isInForce(desired, actual), `\`${desired.name}\` is ${JSON.stringify(view)}`);
    }
    const declared = new Set(set.map(({ name }) => name));
    for (const view of actual) {
      const { name, status, policyEngineId } = view;
      if (readLock(view) !== undefined || this.takenOver.has(view.policyId)) continue;
      // An update that cannot tell whether it is a rollback, since somebody changed the old set or it cannot be read, keeps what others added.
      const touched = this.tampered.size > 0 || this.missing.size > 0 || this.hits.size > 0;
      const mayStay = !pruned || policyEngineId !== this.engineId || touched;
      const known = declared.has(name) || name === FOREIGN || unseen(name) || (mayStay && name.startsWith('added_'));
      expectThat(known, `\`${name}\` ${status} is left over`);
    }
    this.watchForeign(actual);
    this.locks.check();
  }
}
