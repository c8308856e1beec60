import { Worker } from 'node:worker_threads';
import { isJsonObject } from '../../contract/json';
import { FunctionFailure } from './failure';
import { outputLines } from './output-lines';
import type { Invocation, RuntimeMessage, RuntimeSettings } from './protocol';
import { runtimeSource } from './runtime-source';

/** How long a bundle may take to load; the same as Lambda's init phase. Milliseconds. */
const INIT_LIMIT = 10_000;

interface Starting {
  readonly resolve: () => void;
  readonly reject: (failure: FunctionFailure) => void;
}

interface Pending {
  readonly id: number;
  readonly onStep: (trace: string) => void;
  readonly resolve: (payload: string) => void;
  readonly reject: (failure: FunctionFailure) => void;
}

/** One thread with one loaded bundle. Runs one invocation at a time; once it is not `alive`, it never comes back. */
export class FunctionInstance {
  alive = true;
  private readonly worker: Worker;
  private starting: Starting | undefined;
  private pending: Pending | undefined;
  private readonly started: Promise<void>;

  constructor(settings: RuntimeSettings, environment: NodeJS.ProcessEnv, onOutput: (text: string) => void) {
    this.worker = new Worker(runtimeSource(), {
      eval: true,
      workerData: settings,
      env: environment,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: Math.max(64, settings.memoryMb) },
    });
    for (const stream of [this.worker.stdout, this.worker.stderr]) outputLines(stream, onOutput);
    this.started = this.start();
    this.started.catch(() => undefined);
    this.worker.on('message', (message: unknown) => this.receive(message));
    this.worker.on('error', (error: Error) => this.ended(error.message, error.message));
    this.worker.on('exit', (code) => {
      const text = `Runtime exited with status ${code}`;
      this.ended(`${text} while it loaded`, `${text} before it answered`);
    });
  }

  /** Resolves when the bundle is loaded; rejects when it cannot be. */
  ready(): Promise<void> {
    return this.started;
  }

  /**
   * Runs one invocation until its deadline. An instance whose invocation timed out is stopped, as in Lambda.
   * @param onStep gets what each step did, see `RuntimeMessage`
   */
  async invoke(invocation: Invocation, onStep: (trace: string) => void): Promise<string> {
    await this.started;
    return await new Promise<string>((resolve, reject) => {
      const limit = Math.max(1, invocation.deadline - Date.now());
      const timer = setTimeout(() => this.die(new FunctionFailure('timeout', 'Task timed out')), limit);
      const settle =
        <T>(done: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          this.pending = undefined;
          // An idle function must not keep the process alive.
          this.worker.unref();
          done(value);
        };
      this.worker.ref();
      this.pending = { id: invocation.id, onStep, resolve: settle(resolve), reject: settle(reject) };
      if (this.alive) this.worker.postMessage(invocation);
      else this.pending.reject(new FunctionFailure('crash', 'Runtime exited before it was invoked'));
    });
  }

  async stop(): Promise<void> {
    this.die(new FunctionFailure('closed', 'function is shut down'));
    await this.worker.terminate();
  }

  private start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.die(new FunctionFailure('init', 'Init phase timed out')), INIT_LIMIT);
      const settle =
        <T>(done: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          this.starting = undefined;
          this.worker.unref();
          done(value);
        };
      this.starting = { resolve: settle(resolve), reject: settle(reject) };
    });
  }

  private receive(message: unknown): void {
    // A bundle may send messages of its own on the same port.
    if (!isRuntimeMessage(message)) return;
    if (message.type === 'ready') this.starting?.resolve();
    else if (message.type === 'init-failed') this.die(new FunctionFailure('init', message.message));
    else if (this.pending?.id !== message.id) return;
    else if (message.type === 'step') this.pending.onStep(message.trace);
    else if (message.type === 'result') this.pending.resolve(message.payload);
    else this.pending.reject(new FunctionFailure(message.kind, message.message));
  }

  /** The thread ended by itself. */
  private ended(duringStart: string, duringCall: string): void {
    this.die(this.starting ? new FunctionFailure('init', duringStart) : new FunctionFailure('crash', duringCall));
  }

  private die(failure: FunctionFailure): void {
    if (this.alive) {
      this.alive = false;
      void this.worker.terminate();
    }
    this.starting?.reject(failure);
    this.pending?.reject(failure);
  }
}

function isRuntimeMessage(message: unknown): message is RuntimeMessage {
  const type = isJsonObject(message) ? message['type'] : undefined;
  return ['ready', 'init-failed', 'step', 'result', 'failed'].includes(typeof type === 'string' ? type : '');
}
