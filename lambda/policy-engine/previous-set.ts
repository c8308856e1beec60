import type { JsonObject } from '../../lib/contract/json';
import { OutOfTime } from './call-failure';
import type { Calls } from './calls';
import { PolicyApi } from './control-plane';
import { readTargets } from './document';
import type { Edges } from './edges';
import { isAsDeclared } from './judge';
import type { TargetPolicy } from './policies';
import type { ResourceRequest } from './request';
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
  edges: Edges,
  calls: Calls,
  { engineId }: SetProperties,
): Promise<PreviousSet> {
  const { OldResourceProperties } = request;
  if (OldResourceProperties === undefined || OldResourceProperties['PolicyEngineId'] !== engineId) {
    return { targets: [], restorable: true };
  }
  const targets = await readPrevious(edges, calls, OldResourceProperties);
  return { targets: targets ?? [], restorable: targets !== undefined && request.RestorePrevious !== false };
}

/** The previous document may have been swept from the asset bucket. That must not keep anybody from deploying. */
export async function readPrevious(
  edges: Edges,
  calls: Calls,
  properties: JsonObject,
): Promise<readonly TargetPolicy[] | undefined> {
  try {
    return await readTargets(edges, calls, parseSet(properties, edges.own), 'previous');
  } catch (error) {
    if (error instanceof OutOfTime) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    edges.log('warn', 'the previous policy set cannot be read, so a failed change cannot return to it', { reason });
    return undefined;
  }
}

/**
 * Whether the previous set is in force at least as far as the new one. Not so in the update with which CloudFormation rolls a failed one
 * back: there the previous set is the one that failed, and nothing must return to it. Neither when that cannot be seen, since the service or
 * the network is out: then CloudFormation rolls back alone.
 */
export async function isPreviousInForce(request: ResourceRequest, edges: Edges, calls: Calls): Promise<boolean> {
  const next = parseSet(request.ResourceProperties, edges.own);
  try {
    const actual = await new PolicyApi(edges.client, calls, next.engineId).list();
    const byName = new Map(actual.map((policy) => [policy.name, policy]));
    const missing = (targets: readonly TargetPolicy[]): number =>
      targets.filter((target) => {
        const policy = byName.get(target.name);
        return policy === undefined || !isAsDeclared(edges.own.owner, target, policy);
      }).length;
    const previous = await readPrevious(edges, calls, request.OldResourceProperties ?? {});
    return previous !== undefined && missing(previous) <= missing(await readTargets(edges, calls, next));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    edges.log('warn', 'the policies cannot be compared, so a failed change does not return to the previous set', {
      reason,
    });
    return false;
  }
}
