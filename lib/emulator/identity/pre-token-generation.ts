import { claimValues } from '../../contract/claim-values';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import type { IdentityManifest } from '../../contract/manifest';
import type { LocalFunction } from '../functions/local-function';
import { LOCAL_REGION } from '../template-values';
import type { LocalClient, LocalUser } from './users';

/** How a token came to be asked for, in the words of the trigger's event. */
export type TriggerSource =
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_RefreshTokens'
  | 'TokenGeneration_ClientCredentials';

export interface TokenRequest {
  readonly client: LocalClient;
  /** Absent for a machine. */
  readonly user?: LocalUser;
  readonly scopes: readonly string[];
  readonly trigger: TriggerSource;
}

/** What the trigger wants changed in the access token. */
export interface ClaimChanges {
  readonly claims: JsonObject;
  readonly suppressed: readonly string[];
  readonly scopesToAdd: readonly string[];
  readonly scopesToSuppress: readonly string[];
  readonly groups: readonly string[];
}

/** Event of a pre-token-generation trigger, version 3. Source: Cognito guide, page user-pool-lambda-pre-token-generation. */
function triggerEvent(request: TokenRequest): JsonObject {
  const user = request.user;
  const attributes: JsonObject = user === undefined ? {} : { ...user.attributes, sub: user.sub };
  const person: JsonObject =
    user === undefined
      ? {}
      : {
          userAttributes: { ...attributes, 'cognito:user_status': 'CONFIRMED' },
          groupConfiguration: { groupsToOverride: [...user.groups], iamRolesToOverride: [], preferredRole: null },
        };
  return {
    version: '3',
    triggerSource: request.trigger,
    region: LOCAL_REGION,
    userPoolId: `${LOCAL_REGION}_local`,
    userName: user?.username ?? request.client.clientId,
    callerContext: { awsSdkVersion: 'local', clientId: request.client.clientId },
    request: { ...person, scopes: [...request.scopes] },
    response: { claimsAndScopeOverrideDetails: null },
  };
}

/** Runs the application's trigger. Rejects when it fails, and then no token may be issued, as in the cloud. */
export async function runTrigger(trigger: LocalFunction, request: TokenRequest): Promise<ClaimChanges> {
  const answer = await trigger.invoke(triggerEvent(request));
  const response = isJsonObject(answer) ? answer['response'] : undefined;
  if (!isJsonObject(response)) throw new Error('the trigger did not return the event');
  const details = objectAt(response, 'claimsAndScopeOverrideDetails');
  const access = objectAt(details, 'accessTokenGeneration');
  const overridden = objectAt(details, 'groupOverrideDetails')['groupsToOverride'];
  return {
    claims: objectAt(access, 'claimsToAddOrOverride'),
    suppressed: stringsAt(access, 'claimsToSuppress'),
    scopesToAdd: stringsAt(access, 'scopesToAdd'),
    scopesToSuppress: stringsAt(access, 'scopesToSuppress'),
    groups: Array.isArray(overridden) ? strings(overridden) : (request.user?.groups ?? []),
  };
}

/** Claims of an identity without a trigger of its own, as the application declared them. */
export function declaredClaims(identity: IdentityManifest, { user, client }: TokenRequest): ClaimChanges {
  const declared = identity.claims ?? [];
  const claims =
    user === undefined
      ? claimValues(declared, { kind: 'machine', client: client.name })
      : claimValues(declared, { kind: 'user', client: client.name, ...user });
  // A claim of a foreign issuer is declared without its origin: an example user carries it as an attribute.
  for (const { name, source } of declared) {
    const value = source === 'declared' ? user?.attributes[name] : undefined;
    if (value !== undefined) claims[name] = value;
  }
  return { claims, suppressed: [], scopesToAdd: [], scopesToSuppress: [], groups: user?.groups ?? [] };
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}

function stringsAt(parent: JsonObject, key: string): string[] {
  const value = parent[key];
  return Array.isArray(value) ? strings(value) : [];
}

function strings(values: readonly JsonValue[]): string[] {
  return values.filter((value): value is string => typeof value === 'string');
}
