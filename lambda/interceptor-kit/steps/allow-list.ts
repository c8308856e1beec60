import type { Claims } from '../../../lib/contract/claims';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import type { AllowListConfig } from '../../../lib/contract/steps/allow-list';
import { type CallerSelector, selectsCaller } from '../../../lib/contract/steps/selectors';
import type { StepFactory } from '../chain/configured-steps';
import { deny, proceed, type StepOutcome } from '../chain/outcome';
import type { Step, StepContext } from '../chain/step';
import type { Call } from '../message/call';
import { hasUnseen } from '../message/known-names';
import { readingsOf } from '../message/resolved-uri';
import type { Result } from '../message/result';

interface Entry {
  readonly patterns: readonly string[];
  readonly visibleTo?: CallerSelector;
}

/**
 * Lets only named prompts and resources through, in lists and in calls, since the policy engine governs tools only. Whatever else a
 * method of theirs asks for is denied.
 */
export function allowList(config: AllowListConfig): Step {
  const prompts = config.prompts.map(({ names, visibleTo }) => ({ patterns: names, visibleTo }));
  const resources = config.resources.map(({ uris, visibleTo }) => ({ patterns: uris, visibleTo }));

  function isAllowed(call: Call, claims: Claims | undefined): boolean {
    switch (call.kind) {
      case 'prompts/get':
        return allows(prompts, call.name, claims);
      case 'resources/read':
      case 'resources/subscribe':
      case 'resources/unsubscribe':
        return allows(resources, call.uri, claims);
      case 'other':
        return call.method !== 'completion/complete' || mayComplete(call.params['ref'], claims);
      default:
        return true;
    }
  }

  function mayComplete(reference: JsonValue | undefined, claims: Claims | undefined): boolean {
    if (!isJsonObject(reference)) return false;
    const { type, name, uri } = reference;
    if (type === 'ref/prompt') return typeof name === 'string' && allows(prompts, name, claims);
    return type === 'ref/resource' && typeof uri === 'string' && allows(resources, uri, claims);
  }

  function response({ kind, call, payload }: Result, { claims }: StepContext): StepOutcome {
    if (kind !== 'result') return proceed();
    switch (call.kind) {
      case 'prompts/list':
        return proceed({ payload: filtered(payload, 'prompts', 'name', prompts, claims) });
      case 'resources/list':
        return proceed({ payload: filtered(payload, 'resources', 'uri', resources, claims) });
      case 'resources/templates/list':
        return proceed({ payload: filtered(payload, 'resourceTemplates', 'uriTemplate', resources, claims) });
      default:
        return proceed();
    }
  }

  return {
    name: 'allow-list',
    request: (call, { claims }) => (isAllowed(call, claims) ? proceed() : deny('not-allowed')),
    response,
  };
}

function filtered(
  payload: JsonObject,
  member: string,
  key: string,
  entries: readonly Entry[],
  claims: Claims | undefined,
): JsonObject {
  const items = Array.isArray(payload[member]) ? payload[member] : [];
  const isShown = (item: JsonValue): boolean => {
    const name = isJsonObject(item) && Object.hasOwn(item, key) ? item[key] : undefined;
    return typeof name === 'string' && allows(entries, name, claims);
  };
  return { ...payload, [member]: items.filter(isShown) };
}

function allows(entries: readonly Entry[], name: string, claims: Claims | undefined): boolean {
  return entries.some(
    ({ patterns, visibleTo }) =>
      patterns.some((pattern) => matches(pattern, name)) &&
      (visibleTo === undefined || selectsCaller(visibleTo, claims)),
  );
}

/** A name or an address as it is written in the list, or one that begins as it says for whoever reads it. */
function matches(pattern: string, name: string): boolean {
  if (hasUnseen(name)) return false;
  if (!pattern.endsWith('*')) return name === pattern;
  const prefix = pattern.slice(0, -1);
  if (!name.startsWith(prefix)) return false;
  const readings = readingsOf(name);
  const wanted = readingsOf(prefix) ?? [];
  return readings?.every((reading, index) => reading.startsWith(wanted[index] ?? prefix)) ?? false;
}

/** The step of a configuration. */
export const make: StepFactory<'allow-list'> = (config) => allowList(config);
