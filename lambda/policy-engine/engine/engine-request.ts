import { isJsonObject, type JsonObject } from '../../../lib/contract/json';
import { LIMITS } from '../../../lib/contract/limits';
import { assertOwnEngine, type Own } from '../request/own';
import { optionalText, type ResourceRequest, text } from '../request/request';
import type { ActualEngine, EngineRequest } from '../service/engine-api';

/** What an engine is to be. */
export function parseEngine({ ResourceProperties }: ResourceRequest, own: Own): EngineRequest {
  const name = text(ResourceProperties, 'EngineName');
  return {
    name,
    description: signed(optionalText(ResourceProperties, 'Description'), own),
    encryptionKeyArn: optionalText(ResourceProperties, 'EncryptionKeyArn'),
    tags: tagsOf(ResourceProperties),
  };
}

/** Throws for a name of an engine that is not the gateway's. */
export function assertOwnEngineName(own: Own, name: string): void {
  assertOwnEngine(own, `${name}-${'0'.repeat(10)}`);
}

export function tagsOf(properties: JsonObject | undefined): { readonly [key: string]: string } {
  const tags = properties?.['Tags'];
  if (!isJsonObject(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/**
 * Whether an engine is the gateway's own: its description ends in the owner. The owner is not the stack's incarnation, nor a nested
 * stack's own name, which ends in random text: an engine that an earlier attempt left behind is known again.
 */
export function isOwnEngine(own: Own, engine: ActualEngine): boolean {
  return engine.description.endsWith(signature(own));
}

function signed(description: string | undefined, own: Own): string {
  const mark = signature(own);
  if (description === undefined) return mark;
  return `${description.slice(0, LIMITS.policyDescriptionMaxLength - mark.length - 1)} ${mark}`;
}

function signature({ owner }: Own): string {
  return `[${owner}]`;
}
