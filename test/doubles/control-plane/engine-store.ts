import { type ControlPlaneOptions, conflict, notFound, quotaExceeded, SLOW } from './options';
import type { Ending, ServiceStatus } from './policy-store';
import { Timeline } from './timeline';

export interface EngineView {
  readonly policyEngineId: string;
  readonly policyEngineArn: string;
  readonly name: string;
  readonly status: ServiceStatus;
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
  /** The answers of GetGatewayTarget. */
  readonly targets?: readonly { readonly targetId?: string; readonly [member: string]: unknown }[];
  readonly rateLimits?: readonly object[];
  /** Every other member of GetGateway. */
  readonly [member: string]: unknown;
}

interface Transition {
  readonly at: number;
  readonly policyEngineId: string;
  readonly status: EngineView['status'] | 'GONE';
  readonly reasons: readonly string[];
  readonly description?: string | undefined;
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
    for (const { at, policyEngineId, status, reasons, ...change } of due) {
      const timeline = this.engines.get(policyEngineId);
      const view = timeline?.current;
      if (view === undefined) continue;
      const next = {
        ...view,
        ...change,
        status: status as EngineView['status'],
        statusReasons: reasons,
        updatedAt: at,
      };
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
    readonly ending?: Ending;
  }): EngineView {
    const { ending = {}, ...members } = request;
    if (this.current().length >= 1_000) throw quotaExceeded('the account holds 1000 policy engines');
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
    this.end(policyEngineId, this.options.activation, ending, 'ACTIVE', 'CREATE_FAILED');
    this.changed();
    return view;
  }

  describe(policyEngineId: string, description: string | undefined, ending: Ending = {}): EngineView {
    const view = this.writable(policyEngineId);
    const next: EngineView = { ...view, status: 'UPDATING', statusReasons: [], updatedAt: this.now() };
    this.engines.get(policyEngineId)?.set(this.now(), next);
    this.end(policyEngineId, this.options.activation, ending, 'ACTIVE', 'UPDATE_FAILED', { description });
    this.changed();
    return next;
  }

  remove(policyEngineId: string, ending: Ending = {}): EngineView {
    const view = this.writable(policyEngineId);
    const next: EngineView = { ...view, status: 'DELETING', statusReasons: [], updatedAt: this.now() };
    this.engines.get(policyEngineId)?.set(this.now(), next);
    this.end(policyEngineId, this.options.deletion, ending, 'GONE', 'DELETE_FAILED');
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

  /** Changes an engine at once and past the API, as another team's tool would. */
  tamper(policyEngineId: string, change: Partial<EngineView>): void {
    const timeline = this.engines.get(policyEngineId);
    const view = timeline?.current;
    if (view !== undefined) timeline?.set(this.now(), { ...view, ...change, updatedAt: this.now() });
    this.changed();
  }

  private end(
    policyEngineId: string,
    delay: number,
    { failsWith, stuck, slow }: Ending,
    success: Transition['status'],
    failure: Transition['status'],
    change: { readonly description?: string | undefined } = {},
  ): void {
    const at = this.now() + (stuck || slow ? SLOW : delay);
    const transition = failsWith
      ? { status: failure, reasons: failsWith }
      : { status: success, reasons: [], ...change };
    this.transitions.push({ at, policyEngineId, ...transition });
  }
}
