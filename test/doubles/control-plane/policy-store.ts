import { type ControlPlaneOptions, conflict, notFound, quotaExceeded, SLOW } from './options';
import { type CheckContext, checkGrammar, checkStatement } from './statement-check';
import { Timeline } from './timeline';

/** States of engines and policies. */
export type ServiceStatus =
  | 'CREATING'
  | 'ACTIVE'
  | 'UPDATING'
  | 'DELETING'
  | 'CREATE_FAILED'
  | 'UPDATE_FAILED'
  | 'DELETE_FAILED';

export interface PolicyView {
  readonly policyId: string;
  readonly name: string;
  readonly policyEngineId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly status: ServiceStatus;
  readonly statement: string;
  readonly description: string | undefined;
  readonly enforcementMode: 'ACTIVE' | 'LOG_ONLY';
  readonly statusReasons: readonly string[];
}

export interface PolicyContent {
  readonly statement: string;
  readonly description: string | undefined;
  readonly enforcementMode: 'ACTIVE' | 'LOG_ONLY';
}

/** What is to happen to a policy when its time has come. */
interface Transition {
  readonly at: number;
  readonly policyId: string;
  readonly apply: (view: PolicyView) => PolicyView | undefined;
}

/** How an accepted write ends, when not by the service's own checks. */
export interface Ending {
  readonly failsWith?: readonly string[];
  readonly stuck?: boolean;
  readonly slow?: boolean;
}

/** The policies of all engines, with their past and their future. */
export class PolicyStore {
  private readonly policies = new Map<string, Timeline<PolicyView>>();
  private transitions: Transition[] = [];
  private ids = 0;
  private readonly stuck = new Set<string>();

  constructor(
    private readonly options: ControlPlaneOptions,
    private readonly now: () => number,
    private readonly changed: () => void,
  ) {}

  /** Lets everything happen whose time has come. */
  advance(): void {
    const now = this.now();
    if (!this.transitions.some(({ at }) => at <= now)) return;
    const due = this.transitions.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
    this.transitions = this.transitions.filter(({ at }) => at > now);
    for (const { at, policyId, apply } of due) {
      const timeline = this.policies.get(policyId);
      const view = timeline?.current;
      if (view === undefined) continue;
      const next = apply(view);
      timeline?.set(at, next && { ...next, updatedAt: at });
      this.changed();
    }
  }

  /** All policies of an engine as writes see them. */
  current(engineId?: string): PolicyView[] {
    this.advance();
    const views = [...this.policies.values()].map(({ current }) => current).filter((view) => view !== undefined);
    return engineId === undefined ? views : views.filter(({ policyEngineId }) => policyEngineId === engineId);
  }

  /** Policies as reads see them, in the order of their creation. */
  seen(engineId: string): PolicyView[] {
    this.advance();
    const time = this.now() - this.options.lag;
    const views = [...this.policies.values()].map((timeline) => timeline.asOf(time));
    return views.filter((view) => view?.policyEngineId === engineId).filter((view) => view !== undefined);
  }

  create(engineId: string, name: string, content: PolicyContent, check: CheckContext, ending: Ending): PolicyView {
    checkGrammar(content.statement);
    const scope = this.options.namesUniqueIn === 'account' ? undefined : engineId;
    if (this.current(scope).some((policy) => policy.name === name)) {
      throw conflict(`A policy with name ${name} already exists`);
    }
    if (this.current(engineId).length >= 1_000) throw quotaExceeded('the engine holds 1000 policies');
    this.assertIdle(engineId);
    this.ids += 1;
    const policyId = `${name}-${this.ids.toString(36).padStart(10, '0')}`;
    const now = this.now();
    const statement = this.options.layOut(content.statement);
    const times = { createdAt: now, updatedAt: now };
    const base = { policyId, name, policyEngineId: engineId, ...content, statement, ...times, statusReasons: [] };
    const view: PolicyView = { ...base, status: 'CREATING' };
    const timeline = new Timeline<PolicyView>();
    timeline.set(now, view);
    this.policies.set(policyId, timeline);
    const failure = ending.failsWith ?? failureOf(checkStatement(content.statement, check));
    this.end(policyId, this.options.activation, ending, (policy) =>
      failure === undefined
        ? { ...policy, status: 'ACTIVE' }
        : { ...policy, status: 'CREATE_FAILED', statusReasons: failure },
    );
    this.changed();
    return view;
  }

  /** Content that is left out stays; the statement is checked in any case. */
  update(policyId: string, change: Partial<PolicyContent>, check: CheckContext, ending: Ending): PolicyView {
    const view = this.writable(policyId);
    const statement = change.statement ?? view.statement;
    checkGrammar(statement);
    this.assertIdle(view.policyEngineId, policyId);
    const failure = ending.failsWith ?? failureOf(checkStatement(statement, check));
    this.stuck.delete(policyId);
    const updating: PolicyView = { ...view, status: 'UPDATING', statusReasons: [], updatedAt: this.now() };
    this.policies.get(policyId)?.set(this.now(), updating);
    this.end(policyId, this.options.activation, ending, (policy) =>
      failure === undefined
        ? { ...policy, ...change, statement: this.options.layOut(statement), status: 'ACTIVE' }
        : { ...policy, status: 'UPDATE_FAILED', statusReasons: failure },
    );
    this.changed();
    return updating;
  }

  remove(policyId: string, ending: Ending): PolicyView {
    const view = this.writable(policyId);
    this.assertIdle(view.policyEngineId, policyId);
    this.stuck.delete(policyId);
    const deleting: PolicyView = { ...view, status: 'DELETING', statusReasons: [], updatedAt: this.now() };
    this.policies.get(policyId)?.set(this.now(), deleting);
    const failure = ending.failsWith;
    this.end(policyId, this.options.deletion, ending, (policy) =>
      failure === undefined ? undefined : { ...policy, status: 'DELETE_FAILED', statusReasons: failure },
    );
    this.changed();
    return deleting;
  }

  /** Changes a policy at once and past the API, as another team's tool would. */
  tamper(policyId: string, change: Partial<PolicyView> | undefined): void {
    const timeline = this.policies.get(policyId);
    const view = timeline?.current;
    if (timeline === undefined || view === undefined) return;
    this.transitions = this.transitions.filter((transition) => transition.policyId !== policyId);
    timeline.set(this.now(), change === undefined ? undefined : { ...view, ...change, updatedAt: this.now() });
    this.changed();
  }

  private writable(policyId: string): PolicyView {
    this.advance();
    const view = this.policies.get(policyId)?.current;
    if (view === undefined) throw notFound(`policy ${policyId}`);
    const stuckLongEnough = this.stuck.has(policyId) && this.now() - view.updatedAt >= this.options.stuckDeletableAfter;
    if (['CREATING', 'UPDATING', 'DELETING'].includes(view.status) && !stuckLongEnough) {
      throw conflict(`policy ${policyId} is ${view.status}`);
    }
    return view;
  }

  /** Throws when the engine takes one write at a time, and is at work on another policy. */
  private assertIdle(engineId: string, policyId?: string): void {
    if (this.options.concurrentWrites) return;
    const busy = this.current(engineId).find(
      (policy) => policy.policyId !== policyId && ['CREATING', 'UPDATING', 'DELETING'].includes(policy.status),
    );
    if (busy !== undefined) throw conflict(`concurrent modification of policy engine ${engineId}`);
  }

  /** Has a change end, in its own way: what was under way for the policy before is forgotten. */
  private end(policyId: string, delay: number, ending: Ending, apply: Transition['apply']): void {
    this.transitions = this.transitions.filter((transition) => transition.policyId !== policyId);
    if (ending.stuck) this.stuck.add(policyId);
    else this.later(ending.slow ? SLOW : delay, policyId, apply);
  }

  private later(delay: number, policyId: string, apply: Transition['apply']): void {
    this.transitions.push({ at: this.now() + delay, policyId, apply });
  }
}

function failureOf(reasons: readonly string[]): readonly string[] | undefined {
  return reasons.length > 0 ? reasons : undefined;
}
