import fc from 'fast-check';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import { MARKER } from './scenario';
import {
  anyDestruction,
  anyOwnedDeployment,
  anyService,
  anySharedDeployment,
  type Deployment,
  type Disturbances,
  type Model,
} from './schedule-arbitraries';
import { expectThat } from './schedule-locks';
import { isExplained } from './schedule-reasons';
import { World } from './schedule-world';
import type { DeployResult } from './stack';

class DeployCommand implements fc.AsyncCommand<Model, World> {
  constructor(private readonly deployment: Deployment) {}

  check = (): boolean => true;

  async run(model: Model, world: World): Promise<void> {
    const result = await world.deploy(this.deployment, model);
    if (result.status === 'COMPLETE') {
      model.live = this.deployment.policies;
      model.engine = this.deployment.engine;
      world.completed += 1;
      return world.check(model.live, true);
    }
    checkReasons(result, world, [...this.deployment.policies, ...(model.live ?? [])]);
    const previous = model.live ?? [];
    if (result.status !== 'ROLLED_BACK') {
      const recovery = await world.recover(previous, model.engine);
      expectThat(recovery.status === 'COMPLETE', `no recovery: ${recovery.reasons.join(' / ')}`);
      model.live = previous;
    }
    world.check(previous, false);
  }

  toString(): string {
    const { policies, engine, disturbances, ticks } = this.deployment;
    const set = policies.map(({ name, statementParts, enforcementMode }) => [name, statementParts[1], enforcementMode]);
    return `deploy(${JSON.stringify({ set, engine, disturbances, ticks })})`;
  }
}

class DestroyCommand implements fc.AsyncCommand<Model, World> {
  constructor(private readonly disturbances: Disturbances) {}

  check = ({ live }: Readonly<Model>): boolean => live !== undefined;

  async run(model: Model, world: World): Promise<void> {
    let result = await world.destroy(this.disturbances);
    if (result.status !== 'COMPLETE') {
      checkReasons(result, world, model.live ?? []);
      result = await world.destroyAgain();
    }
    expectThat(result.status === 'COMPLETE', `not destroyed: ${result.reasons.join(' / ')}`);
    model.live = undefined;
    const own = world.scenario.controlPlane.policies
      .current()
      .filter(({ description }) => description?.includes(MARKER));
    const there = world.owned ? world.scenario.controlPlane.engines.current() : [];
    const engines = there.filter(({ name }) => !world.abandoned.has(name));
    expectThat(engines.length === 0, `left over: ${engines.map(({ name }) => name).join(', ')}`);
    expectThat(own.length === 0, `left over: ${own.map(({ name }) => name).join(', ')}`);
  }

  toString = (): string => `destroy(${JSON.stringify(this.disturbances)})`;
}

/** Every reason names its cause: a policy that is bad, or what was really done to the deployment. */
function checkReasons({ reasons }: DeployResult, world: World, policies: readonly DesiredPolicy[]): void {
  const happened = world.happened(policies);
  for (const reason of reasons) expectThat(isExplained(reason, happened), `reason ${reason}`);
}

export interface ScheduleOptions {
  /** Whether the policy set owns the engine. */
  readonly owned: boolean;
  /** At most this many. */
  readonly runs: number;
  /** In milliseconds: no schedule begins later. @default until all have run */
  readonly time?: number;
  /** What to draw from, unless `POLICY_ENGINE_SEED` says so. */
  readonly seed: number;
}

/**
 * Runs that many random schedules of deployments, and throws with the shortest that breaks a promise. `POLICY_ENGINE_SEED` repeats a run,
 * `POLICY_ENGINE_PATH` besides, the first number of a failure's path, just that schedule. `POLICY_ENGINE_RUNS` is another number of them,
 * and all of those run.
 */
export async function runSchedules(options: ScheduleOptions): Promise<void> {
  const { POLICY_ENGINE_SEED, POLICY_ENGINE_RUNS, POLICY_ENGINE_PATH, POLICY_ENGINE_SHRINK } = process.env;
  const seed = Number(POLICY_ENGINE_SEED ?? options.seed);
  const count = { schedules: 0, deployments: 0, completed: 0, requests: 0 };
  const anyDeployment = options.owned ? anyOwnedDeployment : anySharedDeployment;
  const deploy = anyDeployment.map((deployment) => new DeployCommand(deployment));
  const destroy = anyDestruction.map((disturbances) => new DestroyCommand(disturbances));
  const commands = fc.commands([deploy, deploy, deploy, deploy, destroy], { maxCommands: 5, size: 'max' });
  const property = fc.asyncProperty(anyService, commands, async (service, schedule) => {
    const world = new World(options.owned, service);
    await world.prepare();
    await fc.asyncModelRun(() => ({ model: { live: undefined, engine: '' }, real: world }), schedule);
    count.schedules += 1;
    count.deployments += world.deployments;
    count.completed += world.completed;
    count.requests += world.scenario.controlPlane.requests.length;
  });
  const isRepeated = POLICY_ENGINE_SEED !== undefined || POLICY_ENGINE_RUNS !== undefined;
  try {
    await fc.assert(property, {
      numRuns: Number(POLICY_ENGINE_RUNS ?? options.runs),
      seed,
      endOnFailure: POLICY_ENGINE_SHRINK === 'false',
      ...(POLICY_ENGINE_PATH !== undefined && { path: POLICY_ENGINE_PATH }),
      ...(options.time !== undefined && !isRepeated && { interruptAfterTimeLimit: options.time }),
    });
  } catch (error) {
    throw error instanceof Error && POLICY_ENGINE_SEED === undefined ? explained(error, seed) : error;
  } finally {
    process.stdout.write(`POLICY_ENGINE_SEED=${seed}: ${JSON.stringify(count)}\n`);
  }
}

/** A failure of a run whose seed came from the commit, and not from somebody who repeats it. */
export function explained(error: Error, seed: number): Error {
  const path = /path: "(\d+)/.exec(error.message)?.[1] ?? '0';
  const again = `POLICY_ENGINE_SEED=${seed} POLICY_ENGINE_PATH=${path} npx vitest run test/lambda/policy-engine/schedules-`;
  return new Error(`this seed is new, the change may not be the cause. Run again: ${again}\n${error.message}`, {
    cause: error,
  });
}
