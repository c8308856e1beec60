import { isResourceId } from '../../../lib/contract/service-id';
import type { HandlerDependencies } from '../dependencies';
import { listNames, renderFailures } from '../messages/render-failures';
import { isSigned } from '../policies/ownership';
import { type ActualPolicy, isSameContent } from '../policies/policy';
import type { Goal } from '../reconcile/goal';
import { reconcile } from '../reconcile/reconcile';
import { assertOwnEngine } from '../request/own';
import { optionalText, type Progress, type ResourceRequest } from '../request/request';
import { failedAs } from '../service/call-failure';
import { PolicyApi } from '../service/control-plane';
import type { ServiceCalls } from '../service/service-calls';
import { bringLocks } from './moved-locks';
import { readPrevious } from './previous-set';

/** Removes what this resource made, and nothing else. Which engine is meant is in the physical id; the document may be gone. */
export async function removeSet(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
): Promise<Progress> {
  const [fromId = '', ...rest] = (request.PhysicalResourceId ?? '').split('/');
  const isPhysicalId = rest.length > 0 && isResourceId(fromId);
  const engineId = isPhysicalId ? fromId : optionalText(request.ResourceProperties, 'PolicyEngineId');
  if (engineId === undefined) return { IsComplete: true };
  assertOwnEngine(dependencies.own, engineId);
  const marker = dependencies.own.owner;
  // In an engine of others, signed and nothing else: the set of a creation that failed may declare what is somebody else's.
  const declared = dependencies.own.ownsEngine
    ? await readPrevious(dependencies, calls, request.ResourceProperties)
    : undefined;
  const isOwn = (policy: ActualPolicy): boolean =>
    isSigned(marker, policy) || declared?.some((target) => isSameContent(target, policy)) === true;
  const goal: Goal = {
    targets: [],
    marker,
    requestId: request.RequestId,
    started: calls.clock.now(),
    restoring: false,
    mayOverwrite: isOwn,
    removal: (policy) => (isOwn(policy) ? 'own' : undefined),
  };
  const api = new PolicyApi(dependencies.client, calls, engineId);
  try {
    await bringLocks(request, dependencies, calls, engineId);
    const { failures, heldBack } = await reconcile({ api, calls, log: dependencies.log }, goal);
    if (failures.length === 0) return { IsComplete: true };
    const kept = heldBack.length === 0 ? '' : `; forbids stay as long as a permit does: ${listNames(heldBack)}`;
    const message = `${failures.length} policies could not be removed${kept}`;
    throw new Error(renderFailures({ message }, failures));
  } catch (error) {
    if (!failedAs(error, 'missing')) throw error;
    dependencies.log('info', 'the engine is gone, and its policies with it', { engine: engineId });
    return { IsComplete: true };
  }
}
