import { resolve } from 'node:path';
import type { FunctionManifest } from '../../contract/manifest';
import type { Resolver } from '../../contract/template-values';
import { functionEnvironment, type ServiceEnvironment } from './environment';
import { type LocalFunction, localFunction } from './local-function';
import { hasPython, pythonFunction } from './python-function';
import { TaskRoot } from './task-root';

export interface FunctionHostSettings {
  /** Folder that assets are relative to. */
  readonly directory: string;
  readonly service: ServiceEnvironment;
  readonly resolve: Resolver;
  readonly onOutput: (functionName: string, text: string) => void;
}

/** Makes the application's functions, and stops them all. */
export class FunctionHost {
  private readonly running = new Set<LocalFunction>();
  private readonly taskRoot: TaskRoot;

  constructor(private readonly settings: FunctionHostSettings) {
    this.taskRoot = new TaskRoot(settings.service.modules);
  }

  /** @param code program text in place of that in the manifest's asset, as after a reload */
  create(name: string, manifest: FunctionManifest, code?: string): LocalFunction {
    const plainName = name.replace(':', '-');
    const folder = this.taskRoot.add(plainName, resolve(this.settings.directory, manifest.asset), code);
    const make = manifest.runtime?.startsWith('python') ? pythonFunction : localFunction;
    const made = make({
      name: plainName,
      directory: folder,
      handler: manifest.handler,
      timeoutSeconds: manifest.timeoutSeconds,
      memoryMb: manifest.memoryMb,
      environment: functionEnvironment(plainName, manifest, folder, this.settings.service, this.settings.resolve),
      sdkClients: this.settings.service.sdkClients,
      onOutput: (text) => this.settings.onOutput(name, text),
    });
    this.running.add(made);
    return made;
  }

  /** Makes every function that runs here: those in Node.js, and those in Python where this machine has it. */
  createAll<Name extends string>(functions: readonly (readonly [Name, FunctionManifest])[]): Map<Name, LocalFunction> {
    const here = functions.filter(([, { runtime }]) => runsHere(runtime));
    return new Map(here.map(([name, one]) => [name, this.create(name, one)]));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running].map((one) => one.stop()));
    this.running.clear();
    this.taskRoot.remove();
  }
}

/** Whether a runtime of Lambda has a counterpart on this machine. */
export function runsHere(runtime: string | undefined): boolean {
  return runtime === undefined || (runtime.startsWith('python') && hasPython());
}
