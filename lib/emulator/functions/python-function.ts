import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { JsonObject, JsonValue } from '../../contract/json';
import { LIMITS } from '../../contract/limits';
import { FunctionFailure } from './failure';
import type { LocalFunction, LocalFunctionSettings } from './local-function';
import { outputLines } from './output-lines';
import type { RuntimeMessage } from './protocol';
import { PYTHON_RUNTIME } from './python-runtime';

const PYTHON = 'python3';

let installed: boolean | undefined;

/** Whether this machine has a Python that runs functions. */
export function hasPython(): boolean {
  installed ??= spawnSync(PYTHON, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0;
  return installed;
}

/** Makes a function of a bundle in Python. One process serves its calls one after the other; one that ran out of time is stopped. */
export function pythonFunction(settings: LocalFunctionSettings): LocalFunction {
  let running: PythonProcess | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;

  function process(): PythonProcess {
    if (running?.alive !== true) running = new PythonProcess(settings);
    return running;
  }

  async function run(event: JsonValue, clientContext: JsonObject | undefined): Promise<JsonValue> {
    if (closed) throw new FunctionFailure('closed', 'function is shut down');
    const payload = await process().invoke(event, clientContext, settings.timeoutSeconds * 1_000);
    if (Buffer.byteLength(payload) > LIMITS.payloadMaxBytes) {
      throw new FunctionFailure('too-large', 'Response payload size exceeded maximum allowed payload size.');
    }
    return JSON.parse(payload) as JsonValue;
  }

  return {
    invoke(event, clientContext) {
      const answer = queue.then(() => run(event, clientContext));
      queue = answer.catch(() => undefined);
      return answer;
    },
    warm: () => process().ready,
    async stop() {
      closed = true;
      running?.stop(new FunctionFailure('closed', 'function is shut down'));
      await queue;
    },
  };
}

class PythonProcess {
  alive = true;
  readonly ready: Promise<void>;
  private readonly child: ChildProcess;
  private settle: { resolve: (payload: string) => void; reject: (failure: FunctionFailure) => void } | undefined;
  private started: { resolve: () => void; reject: (failure: FunctionFailure) => void } | undefined;

  constructor({ directory, environment, onOutput }: LocalFunctionSettings) {
    this.child = spawn(PYTHON, ['-u', '-c', PYTHON_RUNTIME], {
      cwd: directory,
      env: { ...environment, AWS_EXECUTION_ENV: 'AWS_Lambda_python3' },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) outputLines(stream, onOutput);
    this.ready = new Promise((resolve, reject) => {
      this.started = { resolve, reject };
    });
    this.ready.catch(() => undefined);
    createInterface({ input: this.child.stdio[3] as Readable }).on('line', (line) => this.receive(line));
    this.child.on('error', (error) => this.stop(new FunctionFailure('init', error.message)));
    this.child.on('exit', (code) => this.stop(new FunctionFailure('crash', `Runtime exited with status ${code}`)));
    // Writing to a process that ended is no error of its own: its end is told.
    this.child.stdin?.on('error', () => undefined);
  }

  async invoke(event: JsonValue, clientContext: JsonObject | undefined, limit: number): Promise<string> {
    await this.ready;
    return await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => this.stop(new FunctionFailure('timeout', 'Task timed out')), limit);
      const done = (): void => {
        clearTimeout(timer);
        this.settle = undefined;
      };
      this.settle = {
        resolve: (payload) => {
          done();
          resolve(payload);
        },
        reject: (failure) => {
          done();
          reject(failure);
        },
      };
      const call = { id: 1, requestId: randomUUID(), event, clientContext, deadline: Date.now() + limit };
      this.child.stdin?.write(`${JSON.stringify(call)}\n`);
    });
  }

  /** Ends the process; whoever waits for it fails. */
  stop(failure: FunctionFailure): void {
    this.alive = false;
    this.child.kill('SIGKILL');
    this.started?.reject(failure);
    this.settle?.reject(failure);
  }

  private receive(line: string): void {
    const message = JSON.parse(line) as RuntimeMessage;
    if (message.type === 'ready') this.started?.resolve();
    else if (message.type === 'init-failed') this.stop(new FunctionFailure('init', message.message));
    else if (message.type === 'result') this.settle?.resolve(message.payload);
    else if (message.type === 'failed') this.settle?.reject(new FunctionFailure(message.kind, message.message));
  }
}
