import type { PolicySetAttributes } from '../../../lib/contract/custom-resources';
import { readLock } from '../../../lib/contract/lock';
import type { HandlerDependencies } from '../dependencies';
import { failure } from '../messages/messages';
import { isSigned } from '../policies/ownership';
import { type ActualPolicy, isSameContent } from '../policies/policy';
import type { Goal } from '../reconcile/goal';
import { reconcile } from '../reconcile/reconcile';
import type { Progress, ResourceRequest, Started } from '../request/request';
import { PolicyApi } from '../service/control-plane';
import type { ServiceCalls } from '../service/service-calls';
import { readTargets } from './document';
import { locksToMove } from './moved-locks';
import { assertDeclared, policyIds } from './policy-ids';
import { inForce, previousSet } from './previous-set';
import { beginRotation, finishRotation } from './proof-rotation';
import { fail } from './set-failure';
import { parseSet, type SetProperties } from './set-properties';
import { removeSet } from './set-removal';

/**
 * Starts a change. Makes nothing, so that a failure here leaves nothing behind. An update notes which set is in force, which decides what
 * a failed change has to return to.
 */
export async function startPolicySet(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
): Promise<Started> {
  if (request.RequestType === 'Delete') return { PhysicalResourceId: request.PhysicalResourceId ?? '' };
  const { engineId } = parseSet(request.ResourceProperties, dependencies.own);
  // The engine is part of the identity: a set that moves to another engine is another set, and the old one is deleted afterwards.
  const PhysicalResourceId = `${engineId}/${request.LogicalResourceId}`;
  if (request.RequestType === 'Create' || PhysicalResourceId !== request.PhysicalResourceId) {
    return { PhysicalResourceId };
  }
  return { PhysicalResourceId, InForce: await inForce(request, dependencies, calls) };
}

/** One tick: as much of the change as there is time for. Throws when the change failed. */
export async function advancePolicySet(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
): Promise<Progress> {
  return request.RequestType === 'Delete'
    ? removeSet(request, dependencies, calls)
    : apply(request, dependencies, calls);
}

async function apply(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
): Promise<Progress> {
  const { client, log, own } = dependencies;
  const properties = parseSet(request.ResourceProperties, own);
  const api = new PolicyApi(client, calls, properties.engineId);
  const rotation = await beginRotation(request, dependencies, calls);
  const declared = await readTargets(dependencies, calls, properties);
  assertDeclared(properties.idsOf, declared);
  const locks = await locksToMove(request, dependencies, calls, properties);
  const targets = [...locks, ...declared];
  const previous = await previousSet(request, dependencies, calls, properties);
  // Somebody may have edited the description of a policy, signature and all. With name and statement of what was deployed last it may be
  // overwritten all the same, or the way back would fail; it is removed only where nobody else has policies.
  const known = request.InForce === 'previous' ? previous.targets : request.InForce === 'next' ? targets : [];
  // A rollback, or what may be one, removes nothing that it did not bring. The next update does.
  const prunes = own.ownsEngine && properties.prune && (request.InForce ?? 'previous') === 'previous';
  const made = new Set<string>();
  const isOwn = (policy: ActualPolicy): boolean => isSigned(own.owner, policy) || made.has(policy.policyId);
  const isKnown = (policy: ActualPolicy): boolean => known.some((target) => isSameContent(target, policy));
  // Of the set before, which on the way back is the one that failed: nobody else has policies of its names and statements.
  const isFormer = (policy: ActualPolicy): boolean => previous.targets.some((target) => isSameContent(target, policy));
  const goal: Goal = {
    targets,
    marker: own.owner,
    requestId: request.RequestId,
    started: calls.clock.now(),
    restoring: false,
    onCreated: (policyId) => made.add(policyId),
    mayOverwrite: (policy) => own.ownsEngine || isOwn(policy) || isKnown(policy),
    removal: (policy) => {
      // Whoever gave a lock takes it back: no deployment does, and neither does its rollback.
      if (readLock(policy) !== undefined) return undefined;
      if (isOwn(policy) || (own.ownsEngine && (isKnown(policy) || isFormer(policy)))) return 'own';
      return prunes ? 'foreign' : undefined;
    },
    beforeChange: () => assertAttached(api, properties),
  };
  const session = { api, calls, log };
  const result = await reconcile(session, goal);
  if (result.failures.length > 0) return fail(session, goal, result, previous);
  await finishRotation(rotation, dependencies, calls);
  if (own.ownsEngine) {
    for (const policy of result.undeclared) {
      const what = readLock(policy) === undefined ? 'a policy that nobody declared' : 'a lock';
      log('warn', `${what} is in the engine`, { policy: policy.name });
    }
  }
  const ids = await policyIds(api, properties.idsOf);
  if (ids === undefined) return { IsComplete: false };
  const attributes: PolicySetAttributes = { PolicyCount: String(declared.length) };
  return { IsComplete: true, Data: { ...attributes, ...ids } };
}

/** Refuses to change policies of a gateway that is not attached as declared: they would be validated against nothing, or decide nothing. */
async function assertAttached(api: PolicyApi, properties: SetProperties): Promise<void> {
  const { gatewayIdentifier: gateway, engineId: engine, gatewayMode } = properties;
  const { engineArn: other, mode } = await api.attachment(gateway);
  if (other === undefined) throw failure('GATEWAY_DETACHED', { gateway, engine });
  if (!other.endsWith(`/${engine}`)) throw failure('GATEWAY_ATTACHED_ELSEWHERE', { gateway, engine, other });
  if (mode !== gatewayMode) {
    throw failure('GATEWAY_MODE', { gateway, mode: String(mode), wanted: gatewayMode });
  }
}
