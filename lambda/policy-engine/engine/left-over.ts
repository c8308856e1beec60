import { readLock } from '../../../lib/contract/lock';
import type { HandlerDependencies } from '../dependencies';
import { failure } from '../messages/messages';
import { listNames, renderFailures } from '../messages/render-failures';
import { isSigned } from '../policies/ownership';
import type { PolicyState } from '../policies/policy';
import { reconcile } from '../reconcile/reconcile';
import type { ResourceRequest } from '../request/request';
import { failedAs } from '../service/call-failure';
import { PolicyApi } from '../service/control-plane';
import type { ActualEngine } from '../service/engine-api';
import type { ServiceCalls } from '../service/service-calls';

/** The policies of an engine that is to go. None when it is gone already. */
export async function policiesIn(
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
export async function removeLocks(
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
export async function failLeftOver(
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
