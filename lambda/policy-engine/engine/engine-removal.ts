import { POLICY_NAME_PATTERN } from '../../../lib/contract/limits';
import { isLockName } from '../../../lib/contract/lock';
import type { HandlerDependencies } from '../dependencies';
import { failure } from '../messages/messages';
import { listNames } from '../messages/render-failures';
import { isChanging } from '../policies/policy';
import { optionalText, type Progress, type ResourceRequest } from '../request/request';
import { failedAs } from '../service/call-failure';
import type { ActualEngine, EngineApi } from '../service/engine-api';
import type { ServiceCalls } from '../service/service-calls';
import { ACCEPTED_ATTEMPTS, TIMES } from '../timing';
import { assertOwnEngineName, isOwnEngine } from './engine-request';
import {
  actionOf,
  type EngineAction,
  enginesNamed,
  failureText,
  logEngine,
  shows,
  stillGoing,
  waitFor,
} from './engine-state';
import { failLeftOver, policiesIn, removeLocks } from './left-over';

/** Removes the engine when it is this resource's own and empty. Which one is meant is in the physical id. */
export async function removeEngine(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
  api: EngineApi,
): Promise<Progress> {
  const id = request.PhysicalResourceId ?? '';
  const name = POLICY_NAME_PATTERN.test(id) ? id : optionalText(request.ResourceProperties, 'EngineName');
  if (name === undefined) return { IsComplete: true };
  assertOwnEngineName(dependencies.own, name);
  const started = calls.clock.now();
  let seen = false;
  let removals = 0;
  let removed: EngineAction | undefined;
  let leftSince: number | undefined;
  for (;;) {
    const engines = await enginesNamed(api, name);
    const engine = engines.find((candidate) => isOwnEngine(dependencies.own, candidate));
    const now = calls.clock.now();
    if (engine === undefined) {
      // Unless its end was seen, an engine that is not there may be one that a tick before this made a moment ago.
      const unseen = seen ? 0 : TIMES.lookBack - (now - started);
      if (unseen > 0) {
        await calls.sleep(unseen);
        continue;
      }
      for (const other of engines) {
        dependencies.log('warn', 'an engine of this name is not from this resource, and stays', { engine: other.id });
      }
      return { IsComplete: true };
    }
    seen = true;
    waitFor(calls, name, stillGoing(engine, now));
    if (engine.status === 'DELETE_FAILED' && shows(engine, removed) && removals >= ACCEPTED_ATTEMPTS) {
      throw failure('ENGINE_DELETE_FAILED', { name, reason: failureText(engine) });
    }
    const isRemoving = removed !== undefined && !shows(engine, removed) && now - removed.at < TIMES.consistency;
    if (engine.status !== 'DELETING' && !isRemoving) {
      const left = await policiesIn(dependencies, calls, engine);
      if (left.length > 0 && left.every((policy) => isLockName(policy.name))) {
        await removeLocks(request, dependencies, calls, engine);
      }
      const isLeft = left.length > 0 && !left.some(isChanging);
      leftSince = isLeft ? (leftSince ?? now) : undefined;
      if (leftSince !== undefined && now - leftSince >= TIMES.leftOver)
        await failLeftOver(dependencies, calls, engine, name);
      if (left.length > 0) {
        waitFor(calls, name, `it holds ${listNames(left.map((policy) => policy.name))}`);
      } else {
        const answer = await removal(api, calls, engine, name);
        if (answer !== undefined) {
          removed = actionOf(answer, calls);
          removals += 1;
          logEngine(dependencies, 'delete engine', engine);
        }
      }
    }
    await calls.sleep(TIMES.enginePoll);
  }
}

/** The answer to a deletion; undefined when the engine is busy or gone: the next look tells. */
async function removal(
  api: EngineApi,
  calls: ServiceCalls,
  engine: ActualEngine,
  name: string,
): Promise<ActualEngine | undefined> {
  try {
    return await api.remove(engine.id);
  } catch (error) {
    if (!failedAs(error, 'conflict', 'missing')) throw error;
    waitFor(calls, name, error.message);
    return undefined;
  }
}
