import { compareInterceptors } from '../../lib/contract/drift/compare-gateway';
import { deployedLocks } from '../../lib/contract/drift/compare-policies';
import { compareValues } from '../../lib/contract/drift/compare-values';
import { readPolicies } from '../../lib/contract/drift/read-deployed';
import { textMember } from '../../lib/contract/drift/text-member';
import { gatewayUpdate } from '../../lib/contract/gateway-update';
import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/contract/json';
import type { GuardEdges } from './edges';
import type { Sight } from './look';

/** Members that decide whether policies are enforced. */
const ENFORCING = ['policyEngineConfiguration', 'interceptorConfigurations', 'exceptionLevel'] as const;

/** How long an update is waited for, and how often is looked. */
const SETTLING = 45_000;
const INTERVAL = 2_000;

/**
 * Puts mode, engine, interceptors and exception level back, by an update that keeps everything else. Gives the members that it changed. While a
 * lock is in force, a gateway that enforces goes on to enforce: without that the lock would stop nothing.
 */
export async function repair(edges: GuardEdges, sight: Sight): Promise<readonly string[]> {
  const { controlPlane, now, sleep } = edges;
  const gatewayIdentifier = sight.deployed.gateway['gatewayId'] as string;
  const read = async (): Promise<JsonObject> => (await controlPlane('GetGateway', { gatewayIdentifier })) as JsonObject;
  for (const end = now() + SETTLING; now() < end; await sleep(INTERVAL)) {
    const gateway = await read();
    if (textMember(gateway, 'status').endsWith('ING')) continue;
    // Read behind the gateway: who locks comes first with the lock, and then with the mode.
    const changes = changesOf(sight, gateway, await isLocked(edges, sight));
    const members = Object.keys(changes);
    if (members.length === 0) return [];
    if (!(await accepted(controlPlane('UpdateGateway', gatewayUpdate(gateway, changes))))) continue;
    while ((await read())['status'] === 'UPDATING' && now() < end) await sleep(INTERVAL);
    return members;
  }
  return [];
}

/** Whether a lock is in force by now. What the guard saw before may be too old. */
async function isLocked({ controlPlane, now, watched }: GuardEdges, { declared }: Sight): Promise<boolean> {
  const policies = await readPolicies(controlPlane, watched.policyEngineId);
  return deployedLocks(policies, declared.gatewayArn, now()).some(({ inForce }) => inForce);
}

/** Members to change. What only CloudFormation can resolve is left as it is. */
function changesOf({ declared }: Sight, gateway: JsonObject, locked: boolean): JsonObject {
  const changes = ENFORCING.flatMap((member): [string, JsonValue][] => {
    const wanted = wantedOf(member, declared.gateway[member], gateway[member], locked);
    const differences =
      member === 'interceptorConfigurations'
        ? compareInterceptors(declared.gateway, gateway)
        : compareValues(wanted, gateway[member]);
    if (differences.length === 0 || differences.some(({ kind }) => kind === 'incomparable')) return [];
    return [[member, wanted ?? null]];
  });
  return Object.fromEntries(changes);
}

function wantedOf(
  member: string,
  declared: JsonValue | undefined,
  deployed: JsonValue | undefined,
  locked: boolean,
): JsonValue | undefined {
  const enforces = isJsonObject(deployed) && deployed['mode'] === 'ENFORCE';
  if (member !== 'policyEngineConfiguration' || !locked || !enforces || !isJsonObject(declared)) return declared;
  return { ...declared, mode: 'ENFORCE' };
}

/** Whether an update was taken. One that comes at the same time as another is not, and the next attempt reads again. */
async function accepted(answer: Promise<object>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConflictException') return false;
    throw error;
  }
}
