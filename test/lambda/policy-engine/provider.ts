import type { Edges, LogFields, LogLevel, ProofSecret } from '../../../lambda/policy-engine/edges';
import { isComplete, onEvent } from '../../../lambda/policy-engine/handler';
import type { ResourceRequest } from '../../../lambda/policy-engine/request';
import { clientInProcess } from '../../doubles/control-plane/clients';
import type { ControlPlane } from '../../doubles/control-plane/control-plane';
import type { VirtualClock } from '../../doubles/control-plane/virtual-clock';

/** The marker that the provider framework gives to a resource whose onEvent failed at its creation. */
const CREATE_FAILED_MARKER = 'AWSCDK::CustomResourceProviderFramework::CREATE_FAILED';

/** How one invocation of isComplete goes. */
export interface TickPlan {
  /** Milliseconds that Lambda grants. */
  readonly time: number;
  /** The process dies at this request, counted from 0. */
  readonly diesAt?: number;
  /** Whether the death fails the resource, as a function that ends in error does, or the waiter tries again. */
  readonly deathIsFinal?: boolean;
  /** The same tick runs twice at the same time. */
  readonly twice?: boolean;
}

const PLAIN_TICK: TickPlan = { time: 300_000 };

export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

export interface ProviderOptions {
  readonly controlPlane: ControlPlane;
  readonly clock: VirtualClock;
  /** Objects in S3 by `bucket/key`. */
  readonly objects: Map<string, string>;
  /** The secret with which the gateway's interceptors prove themselves. */
  readonly proofSecret?: ProofSecret | undefined;
  /** How the next tick goes. */
  readonly tick?: () => TickPlan;
}

export type Outcome =
  | { readonly ok: true; readonly physicalId: string; readonly data: { readonly [name: string]: string } }
  | { readonly ok: false; readonly physicalId: string; readonly reason: string };

class GatedClient {
  gate: (() => Promise<void> | undefined) | undefined;
  readonly client: Edges['client'];

  constructor(controlPlane: ControlPlane) {
    this.client = clientInProcess(controlPlane, () => this.gate?.());
  }
}

/** Runs the handlers as aws-cdk-lib's provider framework does, on the double's time. */
export class Provider {
  readonly lines: LogLine[] = [];
  private requests = 0;
  private readonly idle: GatedClient[] = [];

  constructor(private readonly options: ProviderOptions) {}

  /** One request of CloudFormation, to its end. */
  async run(request: Omit<ResourceRequest, 'RequestId' | 'StackId'>): Promise<Outcome> {
    this.requests += 1;
    const event: ResourceRequest = JSON.parse(
      JSON.stringify({
        ...request,
        RequestId: `request-${this.requests}`,
        StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/Notes/11111111-2222-3333-4444-555555555555',
      }),
    );
    const current = event.PhysicalResourceId ?? CREATE_FAILED_MARKER;
    if (event.RequestType === 'Delete' && current === CREATE_FAILED_MARKER) {
      return { ok: true, physicalId: current, data: {} };
    }
    let started: Awaited<ReturnType<typeof onEvent>>;
    try {
      started = await this.invoke((edges, context) => onEvent(event, context, edges), PLAIN_TICK.time);
    } catch (error) {
      return { ok: false, physicalId: current, reason: reasonOf(error) };
    }
    const physicalId = started.PhysicalResourceId;
    const waiting: ResourceRequest = JSON.parse(JSON.stringify({ ...event, ...started }));
    return this.wait(waiting, physicalId);
  }

  /** The waiter: every ten seconds, for 55 minutes. */
  private async wait(event: ResourceRequest, physicalId: string): Promise<Outcome> {
    const { clock } = this.options;
    const end = clock.now() + 55 * 60_000;
    while (clock.now() < end) {
      const plan = this.options.tick?.() ?? PLAIN_TICK;
      const errors: unknown[] = [];
      const attempts = plan.twice ? [1, 2] : [1];
      const ticks = await Promise.allSettled(
        attempts.map(() => this.tick(event, plan).catch((error: unknown) => Promise.reject(errors.push(error)))),
      );
      // The framework passes on what it hears first.
      if (errors.length > 0) return { ok: false, physicalId, reason: reasonOf(errors[0]) };
      for (const tick of ticks) {
        if (tick.status !== 'fulfilled' || tick.value === 'died' || !tick.value.IsComplete) continue;
        return { ok: true, physicalId, data: tick.value.Data ?? {} };
      }
      await clock.sleep(10_000);
    }
    return { ok: false, physicalId, reason: 'Operation timed out' };
  }

  private async tick(event: ResourceRequest, plan: TickPlan): Promise<Awaited<ReturnType<typeof isComplete>> | 'died'> {
    let die: (error?: Error) => void = () => undefined;
    const died = new Promise<'died'>((resolve, reject) => {
      die = (error) => (error === undefined ? resolve('died') : reject(error));
    });
    died.catch(() => undefined);
    let requests = 0;
    const gate = (): Promise<void> | undefined => {
      if (plan.diesAt === undefined || requests < plan.diesAt) {
        requests += 0.5;
        return undefined;
      }
      die(plan.deathIsFinal ? new Error('Task timed out after 300.00 seconds') : undefined);
      return new Promise(() => undefined);
    };
    return this.invoke((edges, context) => Promise.race([isComplete(event, context, edges), died]), plan.time, gate);
  }

  private async invoke<T>(
    call: (edges: Edges, context: { getRemainingTimeInMillis(): number }) => Promise<T>,
    time: number,
    gate?: () => Promise<void> | undefined,
  ): Promise<T> {
    const { clock, controlPlane, objects } = this.options;
    const end = clock.now() + time;
    // A client is as good for the next invocation, unless this one died and left requests behind.
    const client = this.idle.pop() ?? new GatedClient(controlPlane);
    client.gate = gate;
    const edges: Edges = {
      client: client.client,
      clock,
      log: (level, message, fields = {}) => void this.lines.push({ level, message, fields }),
      readObject: (bucket, key) => {
        const text = objects.get(`${bucket}/${key}`);
        return text === undefined ? Promise.reject(new Error('NoSuchKey')) : Promise.resolve(text);
      },
      proofSecret: this.options.proofSecret,
    };
    const result = await call(edges, { getRemainingTimeInMillis: () => end - clock.now() });
    if (result !== 'died') this.idle.push(client);
    return result;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
