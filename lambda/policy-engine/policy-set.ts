import type { PolicySetAttributes } from '../../lib/contract/custom-resources';
import type { JsonObject } from '../../lib/contract/json';
import { LIMITS } from '../../lib/contract/limits';
import { CallFailure, type Calls, failedAs, OutOfTime } from './calls';
import { clientToken, PolicyApi } from './control-plane';
import { readTargets } from './document';
import type { Edges } from './edges';
import { renderFailures } from './explain';
import { isSigned } from './ownership';
import { isAsDeclared, type Plan } from './plan';
import type { ActualPolicy, Failure, TargetPolicy } from './policies';
import { type Goal, type ReconcileEdges, reconcile } from './reconcile';
import { optionalText, type Progress, type ResourceRequest, type Started, text } from './request';

interface SetProperties {
  readonly engineId: string;
  readonly gatewayIdentifier: string;
  readonly gatewayArn: string;
  readonly gatewayMode: string | undefined;
  readonly bucket: string;
  readonly key: string;
  readonly ownsEngine: boolean;
  readonly prune: boolean;
  readonly marker: string;
  readonly rotateProof: string | undefined;
}

function parse(properties: JsonObject): SetProperties {
  return {
    engineId: text(properties, 'PolicyEngineId'),
    gatewayIdentifier: text(properties, 'GatewayIdentifier'),
    gatewayArn: text(properties, 'GatewayArn'),
    gatewayMode: optionalText(properties, 'GatewayMode'),
    bucket: text(properties, 'DocumentBucket'),
    key: text(properties, 'DocumentKey'),
    ownsEngine: properties['OwnsEngine'] === 'true',
    prune: properties['Prune'] !== 'false',
    marker: asMarker(text(properties, 'OwnerMarker')),
    rotateProof: optionalText(properties, 'RotateProof'),
  };
}

/** A signature is split at spaces and ends at a bracket. */
function asMarker(owner: string): string {
  return owner.replace(/[\s[\]]+/g, '_');
}

/** The engine is part of the identity: a set that moves to another engine is another set, and the old one is deleted afterwards. */
function physicalId(properties: SetProperties, request: ResourceRequest): string {
  return `${properties.engineId}/${request.LogicalResourceId}`;
}

/**
 * Starts a change. Makes nothing, so that a failure here leaves nothing behind. An update notes whether the previous set
 * is what a failed change has to return to.
 */
export async function startPolicySet(request: ResourceRequest, edges: Edges, calls: Calls): Promise<Started> {
  if (request.RequestType === 'Delete') return { PhysicalResourceId: request.PhysicalResourceId ?? '' };
  const properties = parse(request.ResourceProperties);
  const PhysicalResourceId = physicalId(properties, request);
  if (request.RequestType === 'Create' || PhysicalResourceId !== request.PhysicalResourceId) {
    return { PhysicalResourceId };
  }
  return { PhysicalResourceId, RestorePrevious: await isPreviousInForce(request, edges, calls) };
}

/**
 * Whether the previous set is in force at least as far as the new one. Not so in the update with which CloudFormation rolls a failed one
 * back: there the previous set is the one that failed, and nothing must return to it.
 */
async function isPreviousInForce(request: ResourceRequest, edges: Edges, calls: Calls): Promise<boolean> {
  const next = parse(request.ResourceProperties);
  const previous = parse(request.OldResourceProperties ?? {});
  const actual = await new PolicyApi(edges.client, calls, next.engineId).list();
  const byName = new Map(actual.map((policy) => [policy.name, policy]));
  const missing = (targets: readonly TargetPolicy[], { marker }: SetProperties): number =>
    targets.filter((target) => {
      const policy = byName.get(target.name);
      return policy === undefined || !isAsDeclared(marker, target, policy);
    }).length;
  const previousTargets = await readPrevious(edges, previous);
  if (previousTargets === undefined) return false;
  return missing(previousTargets, previous) <= missing(await readTargets(edges, next), next);
}

/** One tick: as much of the change as there is time for. Throws when the change failed. */
export async function advancePolicySet(request: ResourceRequest, edges: Edges, calls: Calls): Promise<Progress> {
  return request.RequestType === 'Delete' ? remove(request, edges, calls) : apply(request, edges, calls);
}

async function apply(request: ResourceRequest, edges: Edges, calls: Calls): Promise<Progress> {
  const properties = parse(request.ResourceProperties);
  const { client, log } = edges;
  const api = new PolicyApi(client, calls, properties.engineId);
  const rotation = rotationOf(request, properties);
  if (rotation !== undefined) await edges.proofSecret?.begin(rotation);
  const targets = await readTargets(edges, properties);
  const previous = await previousSet(request, edges, properties);
  const markers = [...new Set([properties.marker, previous.marker])];
  const goal: Goal = {
    targets,
    marker: properties.marker,
    requestId: request.RequestId,
    started: calls.clock.now(),
    restoring: false,
    mayOverwrite: (policy) => properties.ownsEngine || isSigned(markers, policy),
    removal: (policy) => {
      if (isSigned(markers, policy)) return 'own';
      return properties.ownsEngine && properties.prune ? 'foreign' : undefined;
    },
    beforeChange: () => assertAttached(api, properties),
  };
  const session = { api, calls, log };
  const result = await reconcile(session, goal);
  if (result.failures.length > 0) return fail(session, goal, result, previous);
  if (rotation !== undefined) await edges.proofSecret?.finish(rotation);
  if (properties.ownsEngine) {
    for (const { name } of result.undeclared)
      log('warn', 'a policy that nobody declared is in the engine', { policy: name });
  }
  return { IsComplete: true, Data: { PolicyCount: String(targets.length) } satisfies PolicySetAttributes };
}

/** Version id of the value that an update makes, when it asks for a new one. */
function rotationOf(request: ResourceRequest, { rotateProof }: SetProperties): string | undefined {
  if (request.RequestType !== 'Update') return undefined;
  const before = optionalText(request.OldResourceProperties ?? {}, 'RotateProof');
  return before === rotateProof ? undefined : clientToken('proof', request.RequestId);
}

interface PreviousSet {
  readonly targets: readonly TargetPolicy[];
  readonly marker: string;
  /** Whether a failed change returns to this set. */
  readonly restorable: boolean;
}

/** The set that this change started from: empty at first and in a new engine. */
async function previousSet(request: ResourceRequest, edges: Edges, properties: SetProperties): Promise<PreviousSet> {
  const empty = { targets: [], marker: properties.marker, restorable: true };
  if (request.OldResourceProperties === undefined || request.RequestType !== 'Update') return empty;
  const old = parse(request.OldResourceProperties);
  if (old.engineId !== properties.engineId) return empty;
  if (request.RestorePrevious === false) return { targets: [], marker: old.marker, restorable: false };
  const targets = await readPrevious(edges, old);
  return { targets: targets ?? [], marker: old.marker, restorable: targets !== undefined };
}

/** The previous document may have been swept from the asset bucket. That must not keep anybody from deploying. */
async function readPrevious(edges: Edges, properties: SetProperties): Promise<readonly TargetPolicy[] | undefined> {
  try {
    return await readTargets(edges, properties);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    edges.log('warn', 'the previous policy set cannot be read, so a failed change cannot return to it', { reason });
    return undefined;
  }
}

/** Refuses to change policies of a gateway that is not attached as declared: they would be validated against nothing, or decide nothing. */
async function assertAttached(api: PolicyApi, properties: SetProperties): Promise<void> {
  const { engineArn, mode } = await api.attachment(properties.gatewayIdentifier);
  if (engineArn?.endsWith(`/${properties.engineId}`) !== true) {
    throw new Error(
      `gateway \`${properties.gatewayIdentifier}\` is attached to ${engineArn ? `\`${engineArn}\`` : 'no policy engine'}, ` +
        `not to \`${properties.engineId}\`\nhelp: somebody changed the gateway outside of the stack; attach the engine again, then deploy`,
    );
  }
  if (properties.gatewayMode !== undefined && mode !== properties.gatewayMode) {
    throw new Error(
      `gateway \`${properties.gatewayIdentifier}\` is in mode \`${mode}\`, not \`${properties.gatewayMode}\`` +
        '\nhelp: somebody changed the gateway outside of the stack; set the mode again, then deploy',
    );
  }
}

/** Returns to the previous set, and then always throws. */
async function fail(session: ReconcileEdges, goal: Goal, result: Plan, previous: PreviousSet): Promise<Progress> {
  const { calls } = session;
  const { failures } = result;
  for (const { name, reasons } of failures)
    session.log('error', 'policy failed', { policy: name, reasons: [...reasons] });
  // A return that is begun must be brought to its end, since nothing would tell the next tick of it. When there is too little time
  // for that, the next tick begins with it: it finds everything in place but the failures, and those fail again at once.
  const left = calls.deadline - calls.clock.now();
  const elapsed = calls.clock.now() - goal.started;
  const needed = 30_000 + ((goal.targets.length + previous.targets.length) * 1000) / LIMITS.policyWritesPerSecond;
  if (previous.restorable && left < needed && elapsed > left) return { IsComplete: false };
  const headline = `${failures.length} of ${goal.targets.length} policies could not be deployed`;
  const outcome = await restore(session, goal, previous);
  throw new Error(renderFailures(`${headline}; ${outcome}`, failures));
}

async function restore(session: ReconcileEdges, goal: Goal, previous: PreviousSet): Promise<string> {
  if (!previous.restorable) return 'the set is left as it is';
  const names = new Set(goal.targets.map(({ name }) => name));
  const { beforeChange: _, ...rest } = goal;
  const back: Goal = {
    ...rest,
    targets: previous.targets,
    marker: previous.marker,
    restoring: true,
    removal: (policy) => (names.has(policy.name) ? ownOnly(goal.removal(policy)) : undefined),
  };
  try {
    const { failures } = await reconcile(session, back);
    if (failures.length === 0) return 'the set is what it was before';
    return `and back to what it was before, these could not be brought: ${listNames(failures)}`;
  } catch (error) {
    if (error instanceof OutOfTime || error instanceof CallFailure)
      return 'there was no time to return to the previous set';
    throw error;
  }
}

function ownOnly(owner: 'own' | 'foreign' | undefined): 'own' | undefined {
  return owner === 'own' ? owner : undefined;
}

function listNames(failures: readonly Failure[]): string {
  const names = failures.slice(0, 10).map(({ name }) => `\`${name}\``);
  return names.join(', ') + (failures.length > 10 ? ` and ${failures.length - 10} more` : '');
}

/** Removes what this resource made, and nothing else. Which engine is meant is in the physical id; the document may be gone. */
async function remove(request: ResourceRequest, edges: Edges, calls: Calls): Promise<Progress> {
  const fromId = /^([A-Za-z][A-Za-z0-9_]*-[a-z0-9_]{10})\//.exec(request.PhysicalResourceId ?? '')?.[1];
  const engineId = fromId ?? optionalText(request.ResourceProperties, 'PolicyEngineId');
  const owner = optionalText(request.ResourceProperties, 'OwnerMarker');
  if (engineId === undefined || owner === undefined) return { IsComplete: true };
  const marker = asMarker(owner);
  const isOwn = (policy: ActualPolicy): boolean => isSigned([marker], policy);
  const goal: Goal = {
    targets: [],
    marker,
    requestId: request.RequestId,
    started: calls.clock.now(),
    restoring: false,
    mayOverwrite: isOwn,
    removal: (policy) => (isOwn(policy) ? 'own' : undefined),
  };
  const api = new PolicyApi(edges.client, calls, engineId);
  try {
    const { failures } = await reconcile({ api, calls, log: edges.log }, goal);
    if (failures.length > 0)
      throw new Error(renderFailures(`${failures.length} policies could not be removed`, failures));
  } catch (error) {
    if (!failedAs(error, 'missing')) throw error;
    edges.log('info', 'the engine is gone, and its policies with it', { engine: engineId });
  }
  return { IsComplete: true };
}
