import type { PolicyEnforcement } from '../decision';
import type { JsonObject } from '../json';
import { textMember } from './text-member';

/** A policy as it is deployed. */
export interface DeployedPolicy {
  readonly policyId: string;
  readonly name: string;
  readonly status: string;
  readonly statement: string;
  readonly description: string;
  readonly enforcementMode: PolicyEnforcement;
}

/** What the control plane tells of a gateway. */
export interface DeployedGateway {
  /** The answer of GetGateway. */
  readonly gateway: JsonObject;
  /** The answers of GetGatewayTarget. */
  readonly targets: readonly JsonObject[];
  readonly rateLimits: readonly JsonObject[];
  readonly policies: readonly DeployedPolicy[];
}

/** Sends one operation of an AWS API and gives its answer. Retries are its own; what it throws ends the reading. */
export type Send = (operation: string, input: JsonObject) => Promise<object>;

export interface DeployedIds {
  readonly gatewayId: string;
  /** @default - no engine is attached, and there are no policies */
  readonly policyEngineId?: string;
  /** Whether rate limits are read, which takes a right of its own. */
  readonly rateLimits: boolean;
}

/** Targets that are read at the same time. */
const PARALLEL = 5;

/** Reads everything that is compared, or throws: a part of it is no answer. */
export async function readDeployed(send: Send, ids: DeployedIds): Promise<DeployedGateway> {
  const gatewayIdentifier = ids.gatewayId;
  const gateway = asJson(await send('GetGateway', { gatewayIdentifier }));
  const summaries = await pages(send, 'ListGatewayTargets', 'items', { gatewayIdentifier, maxResults: 100 });
  const targets: JsonObject[] = [];
  for (let index = 0; index < summaries.length; index += PARALLEL) {
    const some = summaries.slice(index, index + PARALLEL).map((summary) => {
      return unlessGone(send('GetGatewayTarget', { gatewayIdentifier, targetId: textMember(summary, 'targetId') }));
    });
    targets.push(...(await Promise.all(some)).filter((target) => target !== undefined));
  }
  const rateLimits = ids.rateLimits
    ? await pages(send, 'ListGatewayRateLimits', 'rateLimits', { gatewayIdentifier, maxResults: 100 })
    : [];
  const policies = ids.policyEngineId === undefined ? [] : await readPolicies(send, ids.policyEngineId);
  return { gateway, targets, rateLimits, policies };
}

/** All policies of an engine with their statements. */
export async function readPolicies(send: Send, policyEngineId: string): Promise<DeployedPolicy[]> {
  const found = await pages(send, 'ListPolicies', 'policies', { policyEngineId, maxResults: 100 });
  return found.map((policy): DeployedPolicy => {
    const definition = policy['definition'] as { readonly [kind: string]: { readonly statement?: string } } | undefined;
    return {
      policyId: textMember(policy, 'policyId'),
      name: textMember(policy, 'name'),
      status: textMember(policy, 'status'),
      statement: definition?.['cedar']?.statement ?? definition?.['policy']?.statement ?? '',
      description: textMember(policy, 'description'),
      enforcementMode: (policy['enforcementMode'] ?? 'ACTIVE') as PolicyEnforcement,
    };
  });
}

/** All items of a listing. Throws when the service answers with a page that it answered with before. */
export async function pages(send: Send, operation: string, member: string, input: JsonObject): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  const seen = new Set<string>();
  let next: JsonObject = input;
  for (;;) {
    const page = asJson(await send(operation, next));
    const found = page[member];
    if (Array.isArray(found)) items.push(...(found as JsonObject[]));
    const token = page['nextToken'] ?? page['NextToken'];
    if (typeof token !== 'string' || token === '') return items;
    if (seen.has(token)) throw new Error(`${operation} answers with the same page again and again`);
    seen.add(token);
    next = { ...input, [page['nextToken'] === undefined ? 'NextToken' : 'nextToken']: token };
  }
}

/** The answer; undefined for a resource that was deleted between its listing and its reading. */
async function unlessGone(answer: Promise<object>): Promise<JsonObject | undefined> {
  try {
    return asJson(await answer);
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** An answer of the SDK as plain data: times as texts, and nothing about how it was sent. */
function asJson(answer: object): JsonObject {
  const { $metadata: _, ...members } = JSON.parse(JSON.stringify(answer)) as JsonObject;
  return members;
}
