import type { PolicyEngineAttributes } from '../../lib/contract/custom-resources';
import { isJsonObject, type JsonObject } from '../../lib/contract/json';
import { LIMITS, POLICY_NAME_PATTERN } from '../../lib/contract/limits';
import { type Calls, failedAs } from './calls';
import { clientToken, PolicyApi } from './control-plane';
import type { Edges } from './edges';
import { type ActualEngine, EngineApi, type EngineRequest } from './engine-api';
import { TIMES } from './limits';
import type { PolicyState } from './policies';
import { optionalText, type Progress, type ResourceRequest, type Started, text } from './request';

function parse(properties: JsonObject, request: ResourceRequest): EngineRequest {
  return {
    name: text(properties, 'EngineName'),
    description: describe(optionalText(properties, 'Description'), request),
    encryptionKeyArn: optionalText(properties, 'EncryptionKeyArn'),
    tags: tagsOf(properties),
  };
}

function tagsOf(properties: JsonObject | undefined): { readonly [key: string]: string } {
  const tags = properties?.['Tags'];
  if (!isJsonObject(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** Names stack and resource, and not the stack's incarnation: an engine that an earlier attempt left behind is known again. */
function signature(request: ResourceRequest): string {
  const stackName = /:stack\/([^/]+)\//.exec(request.StackId)?.[1] ?? request.StackId;
  return `[${stackName}/${request.LogicalResourceId}]`;
}

function describe(description: string | undefined, request: ResourceRequest): string {
  const mark = signature(request);
  if (description === undefined) return mark;
  return `${description.slice(0, LIMITS.policyDescriptionMaxLength - mark.length - 1)} ${mark}`;
}

/**
 * Starts a change. Makes nothing, so that a failure here leaves nothing behind. The physical id is the engine's name: a new name is a
 * replacement. Another key would be one too, but two engines cannot have one name at the same time; {@link ensure} refuses it by what
 * the engine has, so that the way back is open.
 */
export function startEngine(request: ResourceRequest): Started {
  if (request.RequestType === 'Delete') return { PhysicalResourceId: request.PhysicalResourceId ?? '' };
  const { name } = parse(request.ResourceProperties, request);
  if (!POLICY_NAME_PATTERN.test(name))
    throw new Error(`policy engine name \`${name}\` is not one that the service takes`);
  return { PhysicalResourceId: name };
}

function keyChange(name: string): string {
  return (
    `policy engine \`${name}\` cannot change its key\nhelp: give the engine a new name together with the new key, ` +
    'so that it is replaced and the gateway moves over to it'
  );
}

/** One tick: as much of the change as there is time for. Throws when the change failed. */
export async function advanceEngine(request: ResourceRequest, edges: Edges, calls: Calls): Promise<Progress> {
  const api = new EngineApi(edges.client, calls);
  if (request.RequestType === 'Delete') return remove(request, edges, calls, api);
  const wanted = parse(request.ResourceProperties, request);
  const engine = await ensure(request, edges, calls, api, wanted);
  await bringTags(request, edges, api, engine, wanted);
  return {
    IsComplete: true,
    Data: { PolicyEngineId: engine.id, PolicyEngineArn: engine.arn } satisfies PolicyEngineAttributes,
  };
}

/** The engine, ACTIVE and as wanted: found, created, or created again after a creation that failed. */
async function ensure(
  request: ResourceRequest,
  edges: Edges,
  calls: Calls,
  api: EngineApi,
  wanted: EngineRequest,
): Promise<ActualEngine> {
  let failedBefore = false;
  let conflictSince: number | undefined;
  let described: number | undefined;
  let made: { readonly id: string; readonly at: number } | undefined;
  for (;;) {
    const engine = await find(request, api, wanted.name, made?.id);
    const now = calls.clock.now();
    if (engine === undefined && made !== undefined && now - made.at < TIMES.consistency) {
      // Reads do not show it yet.
    } else if (engine === undefined) {
      try {
        const token = clientToken(request.RequestId, wanted.name, wanted.encryptionKeyArn ?? '', made?.id ?? '');
        const created = await api.create(wanted, token);
        made = { id: created.id, at: now };
        log(edges, 'create engine', created);
      } catch (error) {
        if (!failedAs(error, 'conflict')) throw error;
        conflictSince ??= now;
        if (now - conflictSince >= TIMES.nameConflict) throw new Error(nameTaken(wanted.name));
      }
    } else if (!isOwn(request, engine)) {
      throw new Error(nameTaken(wanted.name));
    } else if (engine.encryptionKeyArn !== wanted.encryptionKeyArn) {
      throw new Error(keyChange(wanted.name));
    } else if (engine.status === 'CREATE_FAILED') {
      if (failedBefore) throw new Error(`policy engine \`${wanted.name}\` failed: ${engine.reasons.join('; ')}`);
      failedBefore = true;
      made = { id: engine.id, at: 0 };
      await attempt(() => api.remove(engine.id));
      log(edges, 'clear engine', engine);
    } else if (engine.status === 'ACTIVE' || engine.status === 'UPDATE_FAILED') {
      if (engine.status === 'ACTIVE' && engine.description === wanted.description) return engine;
      if (described !== undefined && engine.status === 'UPDATE_FAILED') {
        throw new Error(`policy engine \`${wanted.name}\` failed: ${engine.reasons.join('; ')}`);
      }
      if (described === undefined || now - described >= TIMES.consistency) {
        described = now;
        await attempt(() => api.describe(engine.id, wanted.description));
        log(edges, 'update engine', engine);
      }
    } else if (now - Math.max(engine.createdAt, engine.updatedAt) >= TIMES.stuckChanging) {
      throw stuck(wanted.name, engine);
    }
    await calls.sleep(TIMES.enginePoll);
  }
}

/** The engine of a name: by id when this tick made it, since lists may be older; among several of a name, the one that stays. */
async function find(
  request: ResourceRequest,
  api: EngineApi,
  name: string,
  knownId: string | undefined,
): Promise<ActualEngine | undefined> {
  const staying = (await named(api, name, knownId)).filter(({ status }) => status !== 'DELETING');
  return staying.find((engine) => isOwn(request, engine)) ?? staying[0];
}

/** Every engine of a name, those that are going included. */
async function named(api: EngineApi, name: string, knownId?: string): Promise<ActualEngine[]> {
  const ids = new Set(await api.idsByName(name));
  if (knownId !== undefined) ids.add(knownId);
  return (await Promise.all([...ids].map((id) => api.get(id)))).filter((engine) => engine !== undefined);
}

function isOwn(request: ResourceRequest, engine: ActualEngine): boolean {
  return engine.description.endsWith(signature(request));
}

function stuck(name: string, { status }: ActualEngine): Error {
  return new Error(`policy engine \`${name}\` is still ${status} after ${TIMES.stuckChanging / 1000} s`);
}

function nameTaken(name: string): string {
  return (
    `policy engine \`${name}\` exists and was not made by this resource\nhelp: pass the engine to the construct as an existing one, ` +
    'or choose another engine name'
  );
}

/** Ignores that the engine is busy or gone: the next look tells. */
async function attempt(call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!failedAs(error, 'conflict', 'missing')) throw error;
  }
}

/** Tags are no reason to fail a deployment: a service that takes none for engines leaves a warning. */
async function bringTags(
  request: ResourceRequest,
  edges: Edges,
  api: EngineApi,
  engine: ActualEngine,
  wanted: EngineRequest,
): Promise<void> {
  if (request.RequestType !== 'Update') return;
  const old = tagsOf(request.OldResourceProperties);
  const gone = Object.keys(old).filter((key) => !(key in wanted.tags));
  const changed = Object.entries(wanted.tags).filter(([key, value]) => old[key] !== value);
  try {
    if (gone.length > 0) await api.untag(engine.arn, gone);
    if (changed.length > 0) await api.tag(engine.arn, Object.fromEntries(changed));
  } catch (error) {
    if (!failedAs(error, 'refused')) throw error;
    edges.log('warn', 'tags of the policy engine were refused', { engine: engine.id, reason: error.message });
  }
}

/** Removes the engine when it is this resource's own and empty. Which one is meant is in the physical id. */
async function remove(request: ResourceRequest, edges: Edges, calls: Calls, api: EngineApi): Promise<Progress> {
  const id = request.PhysicalResourceId ?? '';
  const name = POLICY_NAME_PATTERN.test(id) ? id : optionalText(request.ResourceProperties, 'EngineName');
  if (name === undefined) return { IsComplete: true };
  const started = calls.clock.now();
  let seen = false;
  for (;;) {
    const engines = await named(api, name);
    const engine = engines.find((candidate) => isOwn(request, candidate));
    if (engine === undefined) {
      // Unless its end was seen, an engine that is not there may be one that a tick before this made a moment ago.
      const unseen = seen ? 0 : TIMES.lookBack - (calls.clock.now() - started);
      if (unseen > 0) {
        await calls.sleep(unseen);
        continue;
      }
      for (const other of engines) {
        edges.log('warn', 'an engine of this name is not from this resource, and stays', { engine: other.id });
      }
      return { IsComplete: true };
    }
    seen = true;
    if (engine.status === 'DELETE_FAILED' && calls.clock.now() - started > TIMES.consistency) {
      throw new Error(`policy engine \`${name}\` could not be deleted: ${engine.reasons.join('; ')}`);
    }
    if (engine.status !== 'DELETING') {
      const left = await new PolicyApi(edges.client, calls, engine.id).listStates().catch((error: unknown) => {
        if (failedAs(error, 'missing')) return [];
        throw error;
      });
      if (left.length === 0) {
        await attempt(() => api.remove(engine.id));
        log(edges, 'delete engine', engine);
      } else if (calls.clock.now() - started >= TIMES.nameConflict) {
        throw new Error(notEmpty(name, left));
      }
    }
    if (calls.clock.now() - started >= TIMES.stuckChanging) {
      throw stuck(name, engine);
    }
    await calls.sleep(TIMES.enginePoll);
  }
}

function notEmpty(name: string, policies: readonly PolicyState[]): string {
  const shown = policies.slice(0, 20).map((policy) => `\`${policy.name}\``);
  const more = policies.length > shown.length ? ` and ${policies.length - shown.length} more` : '';
  return (
    `policy engine \`${name}\` still holds policies that this stack did not make: ${shown.join(', ')}${more}` +
    '\nhelp: remove them, or keep the engine with `removalPolicy: RemovalPolicy.RETAIN`, then delete again'
  );
}

function log(edges: Edges, operation: string, engine: ActualEngine): void {
  edges.log('info', operation, { engine: engine.id, status: engine.status });
}
