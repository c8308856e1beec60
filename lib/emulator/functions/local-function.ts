import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../../contract/json';
import { LIMITS } from '../../contract/limits';
import type { StepTrace, StepWatch } from '../../contract/step-trace';
import { FunctionFailure } from './failure';
import { FunctionInstance } from './instance';
import type { RuntimeSettings } from './protocol';

/** A function as the stages call it. */
export interface LocalFunction {
  /**
   * Runs the handler. Rejects with a {@link FunctionFailure} and with nothing else.
   * @param onStep gets what each step of an interceptor did, when it is made with the interceptor kit
   */
  invoke(event: JsonValue, clientContext?: JsonObject, onStep?: StepWatch): Promise<JsonValue>;
  /** Loads the bundle, so that a broken one is found before it serves. */
  warm(): Promise<void>;
  stop(): Promise<void>;
}

export interface LocalFunctionSettings {
  readonly name: string;
  /** Absolute folder of the bundle. */
  readonly directory: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: { readonly [name: string]: string };
  /** Packages of the AWS SDK that are loaded with the bundle, wherever it imports them. */
  readonly sdkClients: readonly string[];
  /** Gets what the function writes to stdout and stderr. */
  readonly onOutput: (text: string) => void;
}

/** Instances of one function at most; further calls wait. */
const MAX_INSTANCES = 8;

/** A call that has waited this long makes the function scale out. Milliseconds. */
const SCALE_OUT_AFTER = 10;

/** Calls that may wait at once, beyond which the function is throttled. */
const MAX_WAITING = 1_000;

interface Waiting {
  served: boolean;
  readonly run: (instance: FunctionInstance) => void;
  readonly refuse: (failure: FunctionFailure) => void;
}

/** Makes a function of a bundle. Instances start on demand, stay warm, and never share a call. */
export function localFunction(settings: LocalFunctionSettings): LocalFunction {
  const runtime: RuntimeSettings = {
    directory: settings.directory,
    handler: settings.handler,
    functionName: settings.name,
    memoryMb: settings.memoryMb,
    payloadMaxBytes: LIMITS.payloadMaxBytes,
    sdkClients: settings.sdkClients,
  };
  const instances = new Set<FunctionInstance>();
  const idle: FunctionInstance[] = [];
  const waiting: Waiting[] = [];
  let closed = false;
  let nextId = 1;

  function start(): FunctionInstance {
    const instance = new FunctionInstance(runtime, settings.environment, settings.onOutput);
    instances.add(instance);
    return instance;
  }

  function release(instance: FunctionInstance): void {
    if (!instance.alive) {
      instances.delete(instance);
      if (waiting.length > 0 && instances.size === 0 && !closed) release(start());
      return;
    }
    const next = waiting.shift();
    if (next === undefined) idle.push(instance);
    else {
      next.served = true;
      next.run(instance);
    }
  }

  function takeIdle(): FunctionInstance | undefined {
    for (let instance = idle.pop(); instance !== undefined; instance = idle.pop()) {
      if (instance.alive) return instance;
      instances.delete(instance);
    }
    return undefined;
  }

  function acquire(): Promise<FunctionInstance> | FunctionInstance {
    const warm = takeIdle();
    if (warm !== undefined) return warm;
    if (instances.size === 0) return start();
    if (waiting.length >= MAX_WAITING) throw new FunctionFailure('error', 'Rate Exceeded.');
    return new Promise((resolve, reject) => {
      const entry: Waiting = { served: false, run: resolve, refuse: reject };
      waiting.push(entry);
      setTimeout(() => {
        if (closed || instances.size >= MAX_INSTANCES || entry.served) return;
        release(start());
      }, SCALE_OUT_AFTER);
    });
  }

  async function invoke(event: JsonValue, clientContext?: JsonObject, onStep?: StepWatch): Promise<JsonValue> {
    const text = JSON.stringify(event);
    if (Buffer.byteLength(text) > LIMITS.payloadMaxBytes) {
      throw new FunctionFailure('too-large', 'Request payload size exceeded maximum allowed payload size.');
    }
    if (closed) throw new FunctionFailure('closed', 'function is shut down');
    if (!existsSync(settings.directory)) throw new FunctionFailure('missing', `no bundle in ${settings.directory}`);
    const instance = await acquire();
    try {
      await instance.ready();
      const invocation = {
        id: nextId++,
        requestId: randomUUID(),
        event: text,
        ...(clientContext === undefined ? {} : { clientContext: JSON.stringify(clientContext) }),
        deadline: Date.now() + settings.timeoutSeconds * 1_000,
      };
      const payload = await instance.invoke(invocation, (trace) => onStep?.(JSON.parse(trace) as StepTrace));
      return JSON.parse(payload) as JsonValue;
    } finally {
      release(instance);
    }
  }

  return {
    invoke,
    async warm() {
      const instance = await acquire();
      try {
        await instance.ready();
      } finally {
        release(instance);
      }
    },
    async stop() {
      closed = true;
      const failure = new FunctionFailure('closed', 'function is shut down');
      for (const entry of waiting.splice(0)) {
        entry.served = true;
        entry.refuse(failure);
      }
      await Promise.all([...instances].map((instance) => instance.stop()));
    },
  };
}
