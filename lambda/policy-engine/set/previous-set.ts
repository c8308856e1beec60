import type { JsonObject } from '../../../lib/contract/json';
import type { HandlerDependencies } from '../dependencies';
import { isSigned } from '../policies/ownership';
import { type ActualPolicy, isSameContent, type TargetPolicy } from '../policies/policy';
import type { InForce, ResourceRequest } from '../request/request';
import { OutOfTime } from '../service/call-failure';
import { PolicyApi } from '../service/control-plane';
import type { ServiceCalls } from '../service/service-calls';
import { TIMES } from '../timing';
import { readTargets } from './document';
import { parseSet, type SetProperties } from './set-properties';

/** The set that a change started from. */
export interface PreviousSet {
  readonly targets: readonly TargetPolicy[];
  /** Whether a failed change returns to this set. */
  readonly restorable: boolean;
}

/** The set that this change started from: empty at first and in a new engine. */
export async function previousSet(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
  { engineId }: SetProperties,
): Promise<PreviousSet> {
  const { OldResourceProperties } = request;
  if (OldResourceProperties === undefined || OldResourceProperties['PolicyEngineId'] !== engineId) {
    return { targets: [], restorable: true };
  }
  const targets = await readPrevious(dependencies, calls, OldResourceProperties);
  return {
    targets: targets ?? [],
    restorable: targets !== undefined && (request.InForce ?? 'previous') === 'previous',
  };
}

/** The previous document may have been swept from the asset bucket. That must not keep anybody from deploying. */
export async function readPrevious(
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
  properties: JsonObject,
): Promise<readonly TargetPolicy[] | undefined> {
  try {
    return await readTargets(dependencies, calls, parseSet(properties, dependencies.own), 'previous');
  } catch (error) {
    if (error instanceof OutOfTime) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    dependencies.log('warn', 'the previous policy set cannot be read, so a failed change cannot return to it', {
      reason,
    });
    return undefined;
  }
}

/**
 * Which set is in force at the beginning of an update. In the update with which CloudFormation rolls a failed one back, the previous set is the
 * one that failed, and nothing must return to it. Neither when nothing can be seen: then CloudFormation rolls back alone.
 */
export async function inForce(
  request: ResourceRequest,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
): Promise<InForce> {
  const next = parseSet(request.ResourceProperties, dependencies.own);
  try {
    const previous = await readPrevious(dependencies, calls, request.OldResourceProperties ?? {});
    if (previous === undefined) return 'unknown';
    const api = new PolicyApi(dependencies.client, calls, next.engineId);
    const there = await api.list();
    if (missing(there, previous) === 0) {
      // A set that mostly takes away is in force as soon as its growth is, beside all of the one that it then failed to replace.
      const isLeft = (policy: ActualPolicy): boolean =>
        isSigned(dependencies.own.owner, policy) && !previous.some(({ name }) => name === policy.name);
      const left = there.filter(isLeft);
      if (left.length === 0) return 'previous';
      const wanted = await readTargets(dependencies, calls, next);
      return left.every((policy) => wanted.some((target) => isSameContent(target, policy))) ? 'next' : 'previous';
    }
    // What is read may be older than what the update that failed has done last.
    await calls.sleep(TIMES.lookBack);
    const left = missing(await api.list(), previous);
    if (left === 0) return 'previous';
    return missing(await api.list(), await readTargets(dependencies, calls, next)) < left ? 'next' : 'unknown';
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    dependencies.log(
      'warn',
      'the policies cannot be compared, so a failed change does not return to the previous set',
      {
        reason,
      },
    );
    return 'unknown';
  }
}

/** How many policies of a set are not in force, whatever their descriptions say. */
function missing(actual: readonly ActualPolicy[], targets: readonly TargetPolicy[]): number {
  const byName = new Map(actual.map((policy) => [policy.name, policy]));
  return targets.filter((target) => {
    const policy = byName.get(target.name);
    return policy?.status !== 'ACTIVE' || !isSameContent(target, policy);
  }).length;
}
