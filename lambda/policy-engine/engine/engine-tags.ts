import type { HandlerDependencies } from '../dependencies';
import type { ResourceRequest } from '../request/request';
import { failedAs } from '../service/call-failure';
import type { ActualEngine, EngineApi, EngineRequest } from '../service/engine-api';
import { tagsOf } from './engine-request';

/**
 * Brings the tags of an engine to what is wanted. What somebody else added stays, but not on an engine that an earlier attempt left behind:
 * its tags are that attempt's. Tags are no reason to fail a deployment: a service that takes none for engines leaves a warning.
 */
export async function bringTags(
  { RequestType, OldResourceProperties }: ResourceRequest,
  { log }: HandlerDependencies,
  api: EngineApi,
  engine: ActualEngine,
  { tags }: EngineRequest,
  adopted: boolean,
): Promise<void> {
  const old = tagsOf(OldResourceProperties);
  if (!adopted || (Object.keys(tags).length === 0 && Object.keys(old).length === 0 && RequestType === 'Update')) return;
  try {
    const actual = await api.tags(engine.arn);
    const isOurs = (key: string): boolean => (RequestType === 'Create' ? !key.startsWith('aws:') : key in old);
    const gone = Object.keys(actual).filter((key) => !(key in tags) && isOurs(key));
    const changed = Object.entries(tags).filter(([key, value]) => actual[key] !== value);
    if (gone.length > 0) await api.untag(engine.arn, gone);
    if (changed.length > 0) await api.tag(engine.arn, Object.fromEntries(changed));
  } catch (error) {
    if (!failedAs(error, 'refused', 'missing', 'quota')) throw error;
    log('warn', 'tags of the policy engine were refused', { engine: engine.id, reason: error.message });
  }
}
