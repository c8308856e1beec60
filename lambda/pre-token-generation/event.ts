import { isJsonObject, type JsonObject } from '../../lib/contract/json';

/**
 * Sources in which a user asks for the token. Source: Amazon Cognito developer guide, page user-pool-lambda-pre-token-generation.
 */
const USER_SOURCES: readonly string[] = [
  'TokenGeneration_HostedAuth',
  'TokenGeneration_Authentication',
  'TokenGeneration_NewPasswordChallenge',
  'TokenGeneration_AuthenticateDevice',
  'TokenGeneration_RefreshTokens',
];

/** Source in which a machine asks, with its own secret. Same source as {@link USER_SOURCES}. */
const MACHINE_SOURCE = 'TokenGeneration_ClientCredentials';

/** Sources in which a user signed in through Cognito's API, not through its pages. Their tokens carry no scope of a resource server. */
const API_SOURCES: readonly string[] = ['TokenGeneration_Authentication', 'TokenGeneration_NewPasswordChallenge'];

/** What the trigger reads of an event. Client metadata is left out on purpose: the caller writes it. */
export interface TokenRequest {
  readonly source: string;
  readonly kind: 'user' | 'machine';
  readonly apiSignIn: boolean;
  readonly clientId: string;
  readonly attributes: { readonly [name: string]: string };
  readonly groups: readonly string[];
}

/**
 * Reads a pre-token-generation event of version 2 or 3. Throws when it is anything else, so that Cognito issues no token: a version 1 event
 * means that the pool would drop claims of access tokens, and an unknown source that nobody knows whom the token is for.
 */
export function readEvent(event: unknown): TokenRequest {
  if (!isJsonObject(event)) throw new TypeError('the event is no object');
  const { version, triggerSource } = event;
  if (version !== '2' && version !== '3') throw new TypeError('the event is neither of version 2 nor of version 3');
  if (typeof triggerSource !== 'string') throw new TypeError('the event names no trigger source');
  const machine = triggerSource === MACHINE_SOURCE;
  if (!machine && !USER_SOURCES.includes(triggerSource)) throw new TypeError('the event has an unknown trigger source');
  const clientId = objectOf(event['callerContext'])['clientId'];
  if (typeof clientId !== 'string' || clientId === '') throw new TypeError('the event names no client');
  const request = objectOf(event['request']);
  return {
    source: triggerSource,
    kind: machine ? 'machine' : 'user',
    apiSignIn: API_SOURCES.includes(triggerSource),
    clientId,
    attributes: textsOf(request['userAttributes']),
    groups: listOf(objectOf(request['groupConfiguration'])['groupsToOverride']),
  };
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textsOf(value: unknown): { readonly [name: string]: string } {
  const texts = Object.entries(objectOf(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
