import type { PolicyEngineAttributes } from '../../../lib/contract/custom-resources';
import { POLICY_NAME_PATTERN } from '../../../lib/contract/limits';
import type { HandlerDependencies } from '../dependencies';
import { failure } from '../messages/messages';
import type { Progress, ResourceRequest, Started } from '../request/request';
import { EngineApi } from '../service/engine-api';
import type { ServiceCalls } from '../service/service-calls';
import { EngineCreation } from './engine-creation';
import { removeEngine } from './engine-removal';
import { assertOwnEngineName, parseEngine } from './engine-request';
import { bringTags } from './engine-tags';

/**
 * Starts a change. Makes nothing, so that a failure here leaves nothing behind. The physical id is the engine's name: a new name is a
 * replacement. Another key would be one too, but two engines cannot have one name at the same time; it is refused by what the engine has, so
 * that the way back is open.
 */
export function startEngine(request: ResourceRequest, { own }: HandlerDependencies): Started {
  if (request.RequestType === 'Delete') return { PhysicalResourceId: request.PhysicalResourceId ?? '' };
  const { name } = parseEngine(request, own);
  if (!POLICY_NAME_PATTERN.test(name)) throw failure('ENGINE_NAME_INVALID', { name });
  assertOwnEngineName(own, name);
  return { PhysicalResourceId: name };
}

/** One tick: as much of the change as there is time for. Throws when the change failed. */
export async function advanceEngine(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
): Promise<Progress> {
  const api = new EngineApi(dependencies.client, calls);
  if (request.RequestType === 'Delete') return removeEngine(request, dependencies, calls, api);
  const wanted = parseEngine(request, dependencies.own);
  assertOwnEngineName(dependencies.own, wanted.name);
  const { engine, adopted } = await new EngineCreation(request, dependencies, calls, api, wanted).run();
  await bringTags(request, dependencies, api, engine, wanted, adopted);
  return {
    IsComplete: true,
    Data: { PolicyEngineId: engine.id, PolicyEngineArn: engine.arn } satisfies PolicyEngineAttributes,
  };
}
