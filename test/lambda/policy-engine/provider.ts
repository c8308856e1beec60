import type { HandlerDependencies, LogFields, LogLevel, ProofSecret } from '../../../lambda/policy-engine/dependencies';
import { isComplete, onEvent } from '../../../lambda/policy-engine/handler';
import { readOwn } from '../../../lambda/policy-engine/request/own';
import type { ResourceRequest } from '../../../lambda/policy-engine/request/request';
import type { PolicyEngineEnvironment } from '../../../lib/contract/policy-engine-environment';
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

export const STACK_ID =
  'arn:aws:cloudformation:us-east-1:123456789012:stack/Notes/11111111-2222-3333-4444-555555555555';

/** How long CloudFormation waits for a custom resource. */
const CLOUDFORMATION_WAITS = 60 * 60_000;

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
  /** Of the handlers. */
  readonly environment: { readonly [name in keyof PolicyEngineEnvironment]: string };
  /** How the next tick goes. */
  readonly tick?: () => TickPlan;
}

export type Outcome =
  | { readonly ok: true; readonly physicalId: string; readonly data: { readonly [name: string]: string } }
  | { readonly ok: false; readonly physicalId: string; readonly reason: string };

class GatedClient {
  gate: (() => Promise<void> | undefined) | undefined;
  readonly client: HandlerDependencies['client'];

  constructor(controlPlane: ControlPlane, clock: VirtualClock) {
    this.client = clientInProcess(controlPlane, () => this.gate?.(), clock);
  }
}

/** A process of Lambda: what it awaits never comes when it is dead. */
class Life {
  private dead = false;
  private end: (error?: Error) => void = () => undefined;
  readonly died = new Promise<'died'>((resolve, reject) => {
    this.end = (error) => (error === undefined ? resolve('died') : reject(error));
  });

  constructor(private readonly clock: VirtualClock) {
    this.died.catch(() => undefined);
  }

  /** @param error What the framework hears; nothing, when it tries again. */
  die(error?: Error): void {
    this.dead = true;
    this.end(error);
  }

  readonly now = (): number => this.clock.now();

  readonly sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    if (!this.dead) await this.clock.sleep(milliseconds, signal);
    if (this.dead) await new Promise(() => undefined);
  };
}

/** Runs the handlers as aws-cdk-lib's provider framework does, on the double's time. */
export class Provider {
  readonly lines: LogLine[] = [];
  private requests = 0;
  private readonly idle: GatedClient[] = [];

  constructor(private readonly options: ProviderOptions) {}

  /** One request of CloudFormation, to its end. */
  async run(request: Omit<ResourceRequest, 'RequestId' | 'StackId'> & { readonly StackId?: string }): Promise<Outcome> {
    this.requests += 1;
    const event: ResourceRequest = JSON.parse(
      JSON.stringify({
        RequestId: `request-${this.requests}`,
        StackId: STACK_ID,
        ...request,
      }),
    );
    const current = event.PhysicalResourceId ?? CREATE_FAILED_MARKER;
    if (event.RequestType === 'Delete' && current === CREATE_FAILED_MARKER) {
      return { ok: true, physicalId: current, data: {} };
    }
    const begun = this.options.clock.now();
    let started: Awaited<ReturnType<typeof onEvent>> | 'died';
    try {
      started = await this.invoke((dependencies, context) => onEvent(event, context, dependencies), PLAIN_TICK);
    } catch (error) {
      return { ok: false, physicalId: current, reason: reasonOf(error) };
    }
    if (started === 'died') return { ok: false, physicalId: current, reason: 'onEvent died' };
    const physicalId = started.PhysicalResourceId;
    const waiting: ResourceRequest = JSON.parse(JSON.stringify({ ...event, ...started }));
    const outcome = await this.wait(waiting, physicalId);
    const late = this.options.clock.now() - begun >= CLOUDFORMATION_WAITS;
    return late ? { ok: false, physicalId, reason: 'CloudFormation did not receive a response' } : outcome;
  }

  /** The waiter: every ten seconds, as often as that goes into 55 minutes. How long a tick takes, it does not count. */
  private async wait(event: ResourceRequest, physicalId: string): Promise<Outcome> {
    const { clock } = this.options;
    for (let asked = 0; asked < (55 * 60) / 10; asked += 1) {
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

  private tick(event: ResourceRequest, plan: TickPlan): Promise<Awaited<ReturnType<typeof isComplete>> | 'died'> {
    return this.invoke((dependencies, context) => isComplete(event, context, dependencies), plan);
  }

  /** One invocation. Lambda ends it when its time is over, and the framework hears of that. */
  private async invoke<T>(
    call: (dependencies: HandlerDependencies, context: { getRemainingTimeInMillis(): number }) => Promise<T>,
    { time, diesAt, deathIsFinal }: TickPlan,
  ): Promise<T | 'died'> {
    const { clock, controlPlane, objects, environment } = this.options;
    const life = new Life(clock);
    const end = clock.now() + time;
    const timeout = new Error(`Task timed out after ${time / 1000}.00 seconds`);
    let requests = 0;
    // A client is as good for the next invocation, unless this one died and left requests behind.
    const client = this.idle.pop() ?? new GatedClient(controlPlane, clock);
    client.gate = () => {
      if (diesAt === undefined || requests < diesAt) {
        requests += 0.5;
        return undefined;
      }
      life.die(deathIsFinal ? new Error('the process was killed') : undefined);
      return new Promise(() => undefined);
    };
    const dependencies: HandlerDependencies = {
      client: client.client,
      clock: life,
      log: (level, message, fields = {}) => void this.lines.push({ level, message, fields }),
      readObject: (bucket, key) => readObject(objects, bucket, key),
      own: readOwn(environment),
      proofSecret: this.options.proofSecret,
    };
    const done = new AbortController();
    void clock.sleep(time, done.signal).then(() => done.signal.aborted || life.die(timeout));
    try {
      const context = { getRemainingTimeInMillis: () => end - clock.now() };
      const result = await Promise.race([call(dependencies, context), life.died]);
      if (result !== 'died') this.idle.push(client);
      return result;
    } finally {
      done.abort();
    }
  }
}

function readObject(objects: ReadonlyMap<string, string>, bucket: string, key: string): Promise<string> {
  const text = objects.get(`${bucket}/${key}`);
  if (text !== undefined) return Promise.resolve(text);
  // As S3 answers whoever may not list the bucket.
  return Promise.reject(Object.assign(new Error('Access Denied'), { $metadata: { httpStatusCode: 403 } }));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
