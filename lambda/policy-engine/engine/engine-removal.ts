import { POLICY_NAME_PATTERN } from '../../../lib/contract/limits';
import { isLockName, readLock } from '../../../lib/contract/lock';
import type { HandlerDependencies } from '../dependencies';
import { failure } from '../messages/messages';
import { listNames, renderFailures } from '../messages/render-failures';
import { isSigned } from '../policies/ownership';
import { isChanging, type PolicyState } from '../policies/policy';
import { reconcile } from '../reconcile/reconcile';
import { optionalText, type Progress, type ResourceRequest } from '../request/request';
import { failedAs } from '../service/call-failure';
import { PolicyApi } from '../service/control-plane';
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

async function policiesIn(
  { client }: HandlerDependencies,
  calls: ServiceCalls,
  engine: ActualEngine,
): Promise<PolicyState[]> {
  try {
    return await new PolicyApi(client, calls, engine.id).listStates();
  } catch (error) {
    if (failedAs(error, 'missing')) return [];
    throw error;
  }
}

/** Locks deny as long as there is a policy that may permit, and go with their engine. Throws when one cannot be removed. */
async function removeLocks(
  { RequestId }: ResourceRequest,
  { client, log, own }: HandlerDependencies,
  calls: ServiceCalls,
  engine: ActualEngine,
): Promise<void> {
  const session = { api: new PolicyApi(client, calls, engine.id), calls, log };
  const { failures } = await reconcile(session, {
    targets: [],
    marker: own.owner,
    requestId: RequestId,
    started: calls.clock.now(),
    restoring: false,
    mayOverwrite: () => false,
    removal: (policy) => (readLock(policy) === undefined ? undefined : 'foreign'),
  });
  if (failures.length === 0) return;
  throw new Error(renderFailures({ message: `${failures.length} locks could not be removed` }, failures));
}

/** Tells whose policies are in the way. */
async function failLeftOver(
  { client, own }: HandlerDependencies,
  calls: ServiceCalls,
  engine: ActualEngine,
  name: string,
): Promise<never> {
  const left = await new PolicyApi(client, calls, engine.id).list();
  const foreign = left.filter((policy) => !isSigned(own.owner, policy));
  const key = foreign.length > 0 ? 'ENGINE_HOLDS_FOREIGN' : 'ENGINE_HOLDS_OWN';
  const shown = foreign.length > 0 ? foreign : left;
  throw failure(key, {
    name,
    policies: listNames(
      shown.map((policy) => policy.name),
      20,
    ),
  });
}
