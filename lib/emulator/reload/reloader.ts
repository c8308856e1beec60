import { resolve } from 'node:path';
import type { FunctionManifest, GatewayManifest } from '../../contract/manifest';
import { GovernanceError } from '../../diagnostics/governance-error';
import { renderText } from '../../diagnostics/render-text';
import { readManifest } from '../../policy/assembly/manifest-files';
import { type Application, type FunctionName, functionsOf } from '../application';
import { type FunctionHost, runsHere } from '../functions/host';
import type { LocalFunction } from '../functions/local-function';
import { bundleSource } from './bundle';
import { reloadPolicies } from './policy-sources';
import type { ReloadNews } from './reload-news';
import { Watcher } from './watcher';

export interface ReloaderSettings {
  readonly manifestFile: string;
  readonly appDirectory: string;
  readonly host: FunctionHost;
  readonly say: (text: string) => void;
  /** Gets what came of each change. */
  readonly tell: (news: Omit<ReloadNews, 'at'>) => void;
  readonly current: () => Application;
  /** Puts the parts together and serves them. Throws a GovernanceError when they do not fit. */
  readonly serve: (
    manifest: GatewayManifest,
    policies: Application['policies'],
    functions: ReadonlyMap<FunctionName, LocalFunction>,
  ) => void;
  readonly adjust: (manifest: GatewayManifest) => GatewayManifest;
}

/** How long a replaced function stays for the calls that started with it. Milliseconds. */
const RETIREMENT = 60_000;

/** Takes over changed sources while the emulator runs. What is broken is reported, and the last good version goes on. */
export class Reloader {
  private readonly inputs = new Map<FunctionName, readonly string[]>();
  private readonly watcher: Watcher;
  /** Changes that could not be taken over: tried again with the next one. */
  private broken: readonly string[] = [];
  private readonly retiring = new Set<NodeJS.Timeout>();

  constructor(private readonly settings: ReloaderSettings) {
    this.watcher = new Watcher(
      () => this.watched(),
      (changed) => this.reload(changed),
    );
  }

  /** Finds out which sources each function is made of. Until then a function's entry alone is watched. */
  async learnSources(): Promise<void> {
    for (const [name, one] of this.functions()) {
      if (one.entry === undefined) continue;
      try {
        this.inputs.set(name, (await bundleSource(one.entry, this.settings.appDirectory)).inputs);
      } catch (error) {
        if (!GovernanceError.is(error)) throw error;
      }
    }
  }

  stop(): void {
    this.watcher.stop();
    for (const timer of this.retiring) clearTimeout(timer);
  }

  private functions(): [FunctionName, FunctionManifest][] {
    return functionsOf(this.settings.current().manifest);
  }

  private watched(): string[] {
    const { appDirectory, manifestFile, current } = this.settings;
    const policies = current().manifest.policySources.map((path) => resolve(appDirectory, path));
    return [manifestFile, ...policies, ...this.functions().flatMap((one) => this.sourcesOf(one))];
  }

  private sourcesOf([name, { entry }]: [FunctionName, FunctionManifest]): readonly string[] {
    if (entry === undefined) return [];
    return this.inputs.get(name) ?? [resolve(this.settings.appDirectory, entry)];
  }

  private async reload(now: readonly string[]): Promise<void> {
    const started = performance.now();
    const changed = [...new Set([...this.broken, ...now])];
    try {
      const whole = changed.includes(this.settings.manifestFile);
      const { taken, problems } = await (whole ? this.wholeApplication() : this.parts(changed));
      this.broken = problems.length === 0 ? [] : changed;
      if (taken.length > 0) {
        this.settings.say(`reloaded ${taken.join(', ')} in ${(performance.now() - started).toFixed(0)} ms`);
      }
      for (const problem of problems) this.failed(problem);
      if (taken.length > 0 || problems.length > 0) this.tell(taken, problems);
    } catch (error) {
      this.broken = changed;
      this.failed(error);
      this.tell([], GovernanceError.is(error) ? [error] : []);
    }
  }

  private tell(taken: readonly string[], errors: readonly GovernanceError[]): void {
    this.settings.tell({ taken, problems: errors.flatMap(({ diagnostics }) => diagnostics) });
  }

  private failed(error: unknown): void {
    const text = GovernanceError.is(error) ? renderText(error.diagnostics) : String(error);
    this.settings.say(`${text}\nthe last good version goes on serving`);
  }

  private async wholeApplication(): Promise<Reloaded> {
    const { current, host, adjust, serve, manifestFile } = this.settings;
    const manifest = adjust(readManifest(manifestFile).manifest);
    const before = new Map(functionsOf(current().manifest).map(([name, one]) => [name, JSON.stringify(one)]));
    const here = functionsOf(manifest).filter(([, { runtime }]) => runsHere(runtime));
    const made = here.map(async ([name, one]): Promise<[FunctionName, LocalFunction]> => {
      const same = before.get(name) === JSON.stringify(one) ? current().functions.get(name) : undefined;
      return [name, same ?? (await proven(host.create(name, one), one))];
    });
    const functions = new Map(await Promise.all(made));
    const old = current().functions;
    serve(manifest, manifest.policies, functions);
    this.retire([...old.values()].filter((one) => ![...functions.values()].includes(one)));
    return { taken: ['the application'], problems: [] };
  }

  /** Each part by itself: a policy that denies must not wait for a tool that is broken. */
  private async parts(changed: readonly string[]): Promise<Reloaded> {
    const { current, serve, appDirectory } = this.settings;
    const { manifest } = current();
    const problems: GovernanceError[] = [];
    const rebuilt = await this.rebuilt(changed, problems);
    const policyRoots = manifest.policySources.map((path) => resolve(appDirectory, path));
    const policiesChanged = changed.some(
      (file) => file.endsWith('.cedar') && policyRoots.some((root) => file.startsWith(root)),
    );
    const reloaded = policiesChanged
      ? await attempt(() => reloadPolicies(manifest, appDirectory), problems)
      : undefined;
    if (rebuilt.size === 0 && reloaded === undefined) return { taken: [], problems };
    for (const finding of reloaded?.findings ?? []) this.settings.say(renderText([finding]));
    const old = [...rebuilt.keys()].flatMap((name) => current().functions.get(name) ?? []);
    const functions = new Map([...current().functions, ...rebuilt]);
    serve(manifest, reloaded?.policies ?? current().policies, functions);
    this.retire(old);
    return { taken: [...rebuilt.keys(), ...(reloaded === undefined ? [] : ['policies'])], problems };
  }

  /** New versions of the functions whose sources were changed, each loaded once to prove that it can be. */
  private async rebuilt(
    changed: readonly string[],
    problems: GovernanceError[],
  ): Promise<Map<FunctionName, LocalFunction>> {
    const rebuilt = new Map<FunctionName, LocalFunction>();
    for (const [name, one] of this.functions()) {
      const { entry } = one;
      if (entry === undefined || !this.sourcesOf([name, one]).some((file) => changed.includes(file))) continue;
      const made = await attempt(() => this.rebuild(name, one, entry), problems);
      if (made !== undefined) rebuilt.set(name, made);
    }
    return rebuilt;
  }

  private async rebuild(name: FunctionName, one: FunctionManifest, entry: string): Promise<LocalFunction> {
    const { code, inputs } = await bundleSource(entry, this.settings.appDirectory);
    this.inputs.set(name, inputs);
    return await proven(this.settings.host.create(name, one, code), one);
  }

  private retire(functions: readonly LocalFunction[]): void {
    for (const one of functions) {
      const timer = setTimeout(() => {
        this.retiring.delete(timer);
        void one.stop();
      }, RETIREMENT);
      timer.unref();
      this.retiring.add(timer);
    }
  }
}

/** What a reload took over, and what it could not. */
interface Reloaded {
  readonly taken: readonly string[];
  readonly problems: readonly GovernanceError[];
}

/** What a part has become, or undefined with its problem among the others. */
async function attempt<T>(make: () => T | Promise<T>, problems: GovernanceError[]): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (!GovernanceError.is(error)) throw error;
    problems.push(error);
    return undefined;
  }
}

/** The function, when its bundle can be loaded: one that cannot must not take the place of the last good one. */
async function proven(made: LocalFunction, { entry, asset }: FunctionManifest): Promise<LocalFunction> {
  try {
    await made.warm();
    return made;
  } catch (error) {
    await made.stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw GovernanceError.of('EMULATOR_BUNDLE_BROKEN', { what: `\`${entry ?? asset}\``, reason });
  }
}
