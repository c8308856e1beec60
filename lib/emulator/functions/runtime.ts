// Runs inside a function's thread: loads the bundle, and answers one invocation at a time as the Lambda runtime does.
// Imports nothing but types from this library, because it is started as a file of its own.
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { StepTrace } from '../../contract/step-trace';
import type { Invocation, RuntimeMessage, RuntimeSettings } from './protocol';

type Callback = (error?: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: unknown, callback: Callback) => unknown;

const settings = workerData as RuntimeSettings;

function send(message: RuntimeMessage): void {
  parentPort?.postMessage(message);
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The bundle leaves the AWS SDK out: it is found in the project, which NODE_PATH names, not beside the bundle. */
function useProjectModules(): void {
  (Module as unknown as { _initPaths(): void })._initPaths();
}

/** Packages of the AWS SDK that a bundle imports when it first needs them. */
const LATER = /\bimport\(\s*["'](@aws-sdk\/client-[a-z0-9-]+)["']\s*\)/g;

/**
 * Loads what the first call would otherwise load within its time, and within the time-out of a step: Lambda has the SDK at hand, while
 * loading it from a project takes a slow machine longer than a step may take. Only clients of services that have a stand-in here.
 */
function loadSdkOf(bundle: string): void {
  for (const [, name = ''] of readFileSync(bundle, 'utf8').matchAll(LATER)) {
    if (!settings.sdkClients.includes(name)) continue;
    try {
      Module.createRequire(bundle)(name);
    } catch {
      // The call that needs it says what is wrong.
    }
  }
}

async function loadModule(file: string): Promise<Record<string, unknown>> {
  const base = join(settings.directory, file);
  const found = ['.js', '.cjs', '.mjs'].map((ending) => base + ending).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`cannot find module '${file}'`);
  loadSdkOf(found);
  if (found.endsWith('.mjs')) return (await import(pathToFileURL(found).href)) as Record<string, unknown>;
  return Module.createRequire(found)(found) as Record<string, unknown>;
}

async function loadHandler(): Promise<Handler> {
  useProjectModules();
  const dot = settings.handler.lastIndexOf('.');
  const exported = (await loadModule(settings.handler.slice(0, dot)))[settings.handler.slice(dot + 1)];
  if (typeof exported !== 'function') throw new Error(`${settings.handler} is undefined or not exported`);
  return exported as Handler;
}

function lambdaContext(invocation: Invocation): object {
  return {
    awsRequestId: invocation.requestId,
    callbackWaitsForEmptyEventLoop: true,
    clientContext: invocation.clientContext === undefined ? undefined : JSON.parse(invocation.clientContext),
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${settings.functionName}`,
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: 'local',
    memoryLimitInMB: String(settings.memoryMb),
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
  };
}

/** Both ways of a handler to answer: the promise that it returns, or the callback. */
function invoke(handler: Handler, event: unknown, context: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, result) => (error ? reject(error as Error) : resolve(result)));
    if (returned !== null && typeof returned === 'object' && 'then' in returned) {
      (returned as Promise<unknown>).then(resolve, reject);
    } else if (handler.length < 3) {
      resolve(returned);
    }
  });
}

function encode(id: number, result: unknown): RuntimeMessage {
  let payload: string;
  try {
    payload = JSON.stringify(result) ?? 'null';
  } catch (error) {
    return { type: 'failed', id, kind: 'not-json', message: textOf(error) };
  }
  if (Buffer.byteLength(payload) > settings.payloadMaxBytes) {
    const message = `Response payload size exceeded maximum allowed payload size (${settings.payloadMaxBytes} bytes).`;
    return { type: 'failed', id, kind: 'too-large', message };
  }
  return { type: 'result', id, payload };
}

/** `STEP_WATCH` of `contract/step-trace`. */
const STEP_WATCH = Symbol.for('governed-gateway.StepWatch');

/** Characters of a trace that anybody can read. */
const MAX_TRACE = 65_536;

/** What a step of the interceptor kit came to. */
interface StepOutcome {
  readonly denial?: { readonly text: string; readonly details?: readonly string[]; readonly reason: string };
  readonly changes?: { readonly [kind: string]: object | undefined };
}

/** Steps that are made with the interceptor kit tell what they did. */
function watchSteps(id: number): void {
  (globalThis as Record<symbol, unknown>)[STEP_WATCH] = (step: string, ms: number, outcome: StepOutcome) => {
    const trace = { step, ms, ...traced(outcome) };
    const whole = JSON.stringify(trace);
    const text = whole.length <= MAX_TRACE ? whole : JSON.stringify({ step, ms, outcome: trace.outcome });
    send({ type: 'step', id, trace: text });
  };
}

/** What may be seen of an outcome: no proof, and of headers, whose values are often credentials, the names. */
function traced({ denial, changes }: StepOutcome): Omit<StepTrace, 'step' | 'ms'> {
  if (denial !== undefined) {
    const { text, details = [], reason } = denial;
    return { outcome: 'denied', reason: `${[text, ...details].join('; ')} (${reason})` };
  }
  if (changes === undefined) return { outcome: 'answered' };
  const { arguments: args, params, payload, headers } = changes;
  const seen = JSON.parse(
    JSON.stringify({ arguments: args, params, payload, headers: headers && Object.keys(headers) }),
  ) as object;
  return { outcome: Object.keys(seen).length > 0 ? 'changed' : 'passed', ...seen };
}

async function answer(handler: Handler, invocation: Invocation): Promise<void> {
  watchSteps(invocation.id);
  try {
    const result = await invoke(handler, JSON.parse(invocation.event), lambdaContext(invocation));
    send(encode(invocation.id, result));
  } catch (error) {
    send({ type: 'failed', id: invocation.id, kind: 'error', message: textOf(error) });
  }
}

loadHandler().then(
  (handler) => {
    parentPort?.on('message', (invocation: Invocation) => void answer(handler, invocation));
    send({ type: 'ready' });
  },
  (error: unknown) => send({ type: 'init-failed', message: textOf(error) }),
);
