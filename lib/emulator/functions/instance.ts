import { Worker } from 'node:worker_threads';
import { FunctionFailure } from './failure';
import type { Invocation, RuntimeMessage, RuntimeSettings } from './protocol';
import { runtimeSource } from './runtime-source';

/** How long a bundle may take to load; the same as Lambda's init phase. Milliseconds. */
const INIT_LIMIT = 10_000;

interface Pending {
  readonly id: number;
  readonly resolve: (payload: string) => void;
  readonly reject: (failure: FunctionFailure) => void;
}

/** One thread with one loaded bundle. Runs one invocation at a time; once it is not `alive`, it never comes back. */
export class FunctionInstance {
  alive = true;
  private readonly worker: Worker;
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
    this.worker.stdout.on('data', (chunk: Buffer) => onOutput(chunk.toString('utf8')));
    this.worker.stderr.on('data', (chunk: Buffer) => onOutput(chunk.toString('utf8')));
    this.started = this.watchStart();
    this.started.catch(() => undefined);
    this.worker.on('message', (message: RuntimeMessage) => this.receive(message));
    this.worker.on('error', (error: Error) => this.die(new FunctionFailure('crash', error.message)));
    this.worker.on('exit', (code) =>
      this.die(new FunctionFailure('crash', `Runtime exited with status ${code} before it answered`)),
    );
  }

  /** Resolves when the bundle is loaded; rejects when it cannot be. */
  ready(): Promise<void> {
    return this.started;
  }

  /** Runs one invocation until its deadline. An instance whose invocation timed out is stopped, as in Lambda. */
  async invoke(invocation: Invocation): Promise<string> {
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
      this.pending = { id: invocation.id, resolve: settle(resolve), reject: settle(reject) };
      if (this.alive) this.worker.postMessage(invocation);
      else this.pending.reject(new FunctionFailure('crash', 'Runtime exited before it was invoked'));
    });
  }

  async stop(): Promise<void> {
    this.die(new FunctionFailure('closed', 'function is shut down'));
    await this.worker.terminate();
  }

  private watchStart(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail('Init phase timed out'), INIT_LIMIT);
      const fail = (message: string): void => {
        clearTimeout(timer);
        reject(new FunctionFailure('init', message));
        this.die(new FunctionFailure('init', message));
      };
      this.worker.once('message', (message: RuntimeMessage) => {
        if (message.type === 'init-failed') return fail(message.message);
        clearTimeout(timer);
        this.worker.unref();
        resolve();
      });
      this.worker.once('error', (error: Error) => fail(error.message));
      this.worker.once('exit', (code) => fail(`Runtime exited with status ${code} while it loaded`));
    });
  }

  private receive(message: RuntimeMessage): void {
    if (message.type !== 'result' && message.type !== 'failed') return;
    if (this.pending === undefined || this.pending.id !== message.id) return;
    if (message.type === 'result') this.pending.resolve(message.payload);
    else this.pending.reject(new FunctionFailure(message.kind, message.message));
  }

  private die(failure: FunctionFailure): void {
    if (this.alive) {
      this.alive = false;
      void this.worker.terminate();
    }
    this.pending?.reject(failure);
  }
}
