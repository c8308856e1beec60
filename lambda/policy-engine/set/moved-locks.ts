import { lockName, readLock } from '../../../lib/contract/lock';
import { sameStatement } from '../../../lib/contract/statement';
import type { HandlerDependencies } from '../dependencies';
import { renderFailures } from '../messages/render-failures';
import type { ActualPolicy, TargetPolicy } from '../policies/policy';
import { reconcile } from '../reconcile/reconcile';
import { optionalText, type ResourceRequest } from '../request/request';
import { failedAs } from '../service/call-failure';
import { PolicyApi } from '../service/control-plane';
import type { ServiceCalls } from '../service/service-calls';
import type { SetProperties } from './set-properties';

/**
 * Locks of the engine that a set comes from, as they are to be in the engine that it moves to. Empty for a set that stays. The gateway asks the new
 * engine already: a lock that stayed behind would deny nothing.
 */
export async function locksToMove(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
  { engineId, gatewayArn }: SetProperties,
): Promise<readonly TargetPolicy[]> {
  const from = optionalText(request.OldResourceProperties ?? {}, 'PolicyEngineId');
  if (from === undefined || from === engineId) return [];
  if (!dependencies.own.isEngine(from)) {
    dependencies.log('warn', 'locks of an engine that is not of this stack stay there', { engine: from });
    return [];
  }
  return movedLocks(
    new PolicyApi(dependencies.client, calls, from),
    new PolicyApi(dependencies.client, calls, engineId),
    gatewayArn,
  );
}

/** The locks of a gateway in one engine, as they are to be in another. Those that never were in force, have ended or go are left out. */
async function movedLocks(from: PolicyApi, to: PolicyApi, gatewayArn: string): Promise<readonly TargetPolicy[]> {
  const now = from.calls.clock.now();
  const isMeant = (policy: ActualPolicy): boolean => {
    const lock = readLock(policy);
    const isUp = policy.status !== 'CREATE_FAILED' && policy.status !== 'DELETING';
    return lock !== undefined && lock.gatewayArn === gatewayArn && lock.end > now && isUp;
  };
  const moved = (await listed(from)).filter(isMeant).map((lock) => targetOf(lock, to.policyEngineId));
  if (moved.length === 0) return [];
  // On the way back of a move, most are there under the name that they had before.
  const there = (await listed(to)).filter(isMeant);
  return moved.filter(
    ({ name, statement }) => !there.some((other) => other.name !== name && sameStatement(other.statement, statement)),
  );
}

async function listed(api: PolicyApi): Promise<ActualPolicy[]> {
  try {
    return await api.list();
  } catch (error) {
    if (failedAs(error, 'missing')) return [];
    throw error;
  }
}

function targetOf({ name, statement, description, enforcementMode }: ActualPolicy, engineId: string): TargetPolicy {
  return {
    id: name,
    // Names may be unique in the account, and both engines exist for a while.
    name: lockName(engineId, name),
    effect: 'forbid',
    statement,
    description: description === '' ? name : description,
    validationMode: 'IGNORE_ALL_FINDINGS',
    enforcementMode,
    origin: { file: 'lock', line: 1, column: 1 },
  };
}

/**
 * Brings the locks of an engine to the one that the gateway asks now, before its own policies go: after a set moved, and after a move that
 * was rolled back. Throws when one cannot be brought.
 */
export async function bringLocks(
  { ResourceProperties: properties, RequestId }: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
  engineId: string,
): Promise<void> {
  const { client, own, log } = dependencies;
  const gateway = optionalText(properties, 'GatewayIdentifier');
  const gatewayArn = optionalText(properties, 'GatewayArn') ?? '';
  if (gateway === undefined || !own.isGateway(gatewayArn) || !gatewayArn.endsWith(`/${gateway}`)) return;
  const from = new PolicyApi(client, calls, engineId);
  const to = await engineOf(from, gateway);
  if (to === undefined || to === engineId || !own.isEngine(to)) return;
  const api = new PolicyApi(client, calls, to);
  const targets = await movedLocks(from, api, gatewayArn);
  if (targets.length === 0) return;
  const { failures } = await reconcile(
    { api, calls, log },
    {
      targets,
      marker: own.owner,
      requestId: RequestId,
      started: calls.clock.now(),
      restoring: false,
      mayOverwrite: () => true,
      removal: () => undefined,
    },
  );
  if (failures.length === 0) return;
  throw new Error(
    renderFailures({ message: `${failures.length} locks could not be moved to engine \`${to}\`` }, failures),
  );
}

/** The engine that a gateway asks. Undefined when there is none, or no gateway. */
async function engineOf(api: PolicyApi, gateway: string): Promise<string | undefined> {
  try {
    return (await api.attachment(gateway)).engineArn?.split('/').at(-1);
  } catch (error) {
    if (failedAs(error, 'missing')) return undefined;
    throw error;
  }
}
