import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import type { Recorded } from '../../doubles/control-plane/control-plane';
import type { Fault } from '../../doubles/control-plane/options';
import type { PolicyView } from '../../doubles/control-plane/policy-store';
import type { TickPlan } from './provider';
import { body, GATEWAY_ARN, GATEWAY_ID, MARKER, policy, Scenario } from './scenario';
import { type Deployment, type Disturbances, FOREIGN, type Model, type Tampering } from './schedule-arbitraries';
import type { DeployResult } from './stack';

/** One control plane with one stack, watched. */
export class World {
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
  deployments = 0;
  completed = 0;

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

  private disturb({ ticks, disturbances }: Disturbances): void {
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

  async destroy(disturbances: Disturbances): Promise<DeployResult> {
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
    const isFirstPage = ({ operation, input, status }: Recorded): boolean =>
      operation === 'ListPolicies' && status === 200 && input['nextToken'] === undefined;
    const read = requests.findLast(isFirstPage);
    return (read?.at ?? 0) - options.lag;
  }

  /** CloudFormation sends an update in any case, since the hash is another one each time. */
  private properties() {
    this.deployments += 1;
    return { DocumentHash: String(this.deployments), OwnsEngine: this.owned ? 'true' : 'false', OwnerMarker: MARKER };
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

/** Throws when a promise is broken. */
export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`);
}
