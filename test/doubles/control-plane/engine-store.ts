import { type ControlPlaneOptions, conflict, notFound } from './options';
import { Timeline } from './timeline';

export interface EngineView {
  readonly policyEngineId: string;
  readonly policyEngineArn: string;
  readonly name: string;
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING' | 'CREATE_FAILED';
  readonly statusReasons: readonly string[];
  readonly description: string | undefined;
  readonly encryptionKeyArn: string | undefined;
  readonly tags: { readonly [key: string]: string };
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A gateway with the parts that matter to policies. */
export interface GatewayView {
  readonly gatewayId: string;
  readonly gatewayArn: string;
  readonly name: string;
  /** Full names. */
  readonly tools: readonly string[];
  readonly policyEngineConfiguration?: { readonly arn: string; readonly mode: 'ENFORCE' | 'LOG_ONLY' };
  readonly interceptorConfigurations?: readonly object[];
}

interface Transition {
  readonly at: number;
  readonly policyEngineId: string;
  readonly status: EngineView['status'] | 'GONE';
  readonly reasons: readonly string[];
}

/** The account's policy engines. */
export class EngineStore {
  private readonly engines = new Map<string, Timeline<EngineView>>();
  private transitions: Transition[] = [];
  private ids = 0;

  constructor(
    private readonly options: ControlPlaneOptions,
    private readonly now: () => number,
    private readonly changed: () => void,
  ) {}

  advance(): void {
    const now = this.now();
    const due = this.transitions.filter(({ at }) => at <= now);
    if (due.length === 0) return;
    this.transitions = this.transitions.filter(({ at }) => at > now);
    for (const { at, policyEngineId, status, reasons } of due) {
      const timeline = this.engines.get(policyEngineId);
      const view = timeline?.current;
      if (view === undefined) continue;
      const next = { ...view, status: status as EngineView['status'], statusReasons: reasons, updatedAt: at };
      timeline?.set(at, status === 'GONE' ? undefined : next);
      this.changed();
    }
  }

  current(): EngineView[] {
    this.advance();
    return [...this.engines.values()].map(({ current }) => current).filter((view) => view !== undefined);
  }

  seen(): EngineView[] {
    this.advance();
    const time = this.now() - this.options.lag;
    return [...this.engines.values()].map((timeline) => timeline.asOf(time)).filter((view) => view !== undefined);
  }

  create(request: {
    readonly name: string;
    readonly description: string | undefined;
    readonly encryptionKeyArn: string | undefined;
    readonly tags: { readonly [key: string]: string };
    readonly failsWith: readonly string[] | undefined;
  }): EngineView {
    const { failsWith, ...members } = request;
    if (this.current().some(({ name }) => name === members.name)) {
      throw conflict(`A policy engine with name ${members.name} already exists`);
    }
    this.ids += 1;
    const policyEngineId = `${members.name}-${this.ids.toString(36).padStart(10, '0')}`;
    const policyEngineArn = `arn:aws:bedrock-agentcore:us-east-1:123456789012:policy-engine/${policyEngineId}`;
    const now = this.now();
    const view: EngineView = {
      ...members,
      policyEngineId,
      policyEngineArn,
      status: 'CREATING',
      statusReasons: [],
      createdAt: now,
      updatedAt: now,
    };
    const timeline = new Timeline<EngineView>();
    timeline.set(now, view);
    this.engines.set(policyEngineId, timeline);
    this.later(policyEngineId, this.options.activation, failsWith ? 'CREATE_FAILED' : 'ACTIVE', failsWith);
    this.changed();
    return view;
  }

  describe(policyEngineId: string, description: string | undefined): EngineView {
    const view = this.writable(policyEngineId);
    const next: EngineView = { ...view, description, status: 'UPDATING', updatedAt: this.now() };
    this.engines.get(policyEngineId)?.set(this.now(), next);
    this.later(policyEngineId, this.options.activation, 'ACTIVE');
    this.changed();
    return next;
  }

  remove(policyEngineId: string): EngineView {
    const view = this.writable(policyEngineId);
    const next: EngineView = { ...view, status: 'DELETING', updatedAt: this.now() };
    this.engines.get(policyEngineId)?.set(this.now(), next);
    this.later(policyEngineId, this.options.deletion, 'GONE');
    this.changed();
    return next;
  }

  retag(policyEngineArn: string, change: (tags: { readonly [key: string]: string }) => EngineView['tags']): void {
    const view = this.current().find((engine) => engine.policyEngineArn === policyEngineArn);
    if (view === undefined) throw notFound(policyEngineArn);
    this.engines.get(view.policyEngineId)?.set(this.now(), { ...view, tags: change(view.tags) });
  }

  private writable(policyEngineId: string): EngineView {
    this.advance();
    const view = this.engines.get(policyEngineId)?.current;
    if (view === undefined) throw notFound(`policy engine ${policyEngineId}`);
    if (['CREATING', 'UPDATING', 'DELETING'].includes(view.status)) {
      throw conflict(`policy engine ${policyEngineId} is ${view.status}`);
    }
    return view;
  }

  private later(
    policyEngineId: string,
    delay: number,
    status: Transition['status'],
    reasons: readonly string[] = [],
  ): void {
    this.transitions.push({ at: this.now() + delay, policyEngineId, status, reasons });
  }
}
