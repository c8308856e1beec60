import { createHash } from 'node:crypto';
import type { Claims } from '../../../lib/contract/claims';
import type { Headers } from '../../../lib/contract/interceptor-payload';
import { selectsTool } from '../../../lib/contract/steps/selectors';
import type { CredentialHeaders, TokenExchangeConfig } from '../../../lib/contract/steps/token-exchange';
import type { StepFactory } from '../chain/configured-steps';
import { deny, proceed, type StepOutcome } from '../chain/outcome';
import type { Step, StepContext } from '../chain/step';
import type { Call } from '../message/call';
import { type ExchangeRequest, exchangeWithSts, type TemporaryCredentials } from '../sdk/sts-exchange';

/** Where credentials come from. Replaced in tests. */
export interface TokenExchangeDependencies {
  /** @default - AWS STS */
  readonly exchange?: (request: ExchangeRequest, signal: AbortSignal) => Promise<TemporaryCredentials>;
  /** @default - the variables of the process */
  readonly environment?: { readonly [name: string]: string | undefined };
}

type Exchange = TokenExchangeConfig['exchanges'][number];

/** Milliseconds before their end at which credentials are no longer handed out. */
const MARGIN_MS = 120_000;

/** Callers whose credentials one instance keeps. The oldest go first. */
const CACHE_SIZE = 500;

/** STS: characters of a tag's value, and of a session name. */
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;

/**
 * Exchanges the caller's identity for credentials of a role, tagged with claims, and hands them to the target in headers. Never in
 * arguments, where policies, logs and traces would see them. A caller without a claim that a tag needs is denied.
 */
export function tokenExchange(config: TokenExchangeConfig, dependencies: TokenExchangeDependencies = {}): Step {
  const { exchange = exchangeWithSts, environment = process.env } = dependencies;
  const cache = new Map<string, TemporaryCredentials>();

  async function credentialsFor(request: ExchangeRequest, context: StepContext): Promise<TemporaryCredentials> {
    const key = cacheKey(request);
    const cached = cache.get(key);
    if (cached !== undefined && cached.expires.getTime() - MARGIN_MS > context.now.getTime()) return cached;
    const fresh = await exchange(request, context.signal);
    if (!isComplete(fresh)) throw new TypeError('no credentials');
    cache.delete(key);
    cache.set(key, fresh);
    for (const oldest of cache.keys()) {
      if (cache.size <= CACHE_SIZE) break;
      cache.delete(oldest);
    }
    return fresh;
  }

  async function request(call: Call, context: StepContext): Promise<StepOutcome> {
    if (call.kind !== 'tools/call') return proceed();
    const exchangeOf = config.exchanges.find((entry) => selectsTool(entry.tools, call.tool.fullName));
    if (exchangeOf === undefined) return proceed();
    const role = environment[exchangeOf.roleVariable];
    const wanted = role === undefined ? undefined : exchangeRequest(exchangeOf, role, context);
    if (wanted === undefined) return deny('exchange-failed');
    try {
      return proceed({ headers: asHeaders(await credentialsFor(wanted, context), exchangeOf.headers) });
    } catch (error) {
      // Only the name: the message of an STS error can quote what was sent.
      context.log.error('token exchange failed', {
        error: error instanceof Error ? error.name : '',
        requestId: context.requestId,
      });
      return deny('exchange-failed');
    }
  }

  return { name: 'token-exchange', budgetMs: 5_000, request };
}

/**
 * A token that STS reads itself stands in the key by its hash: its claims may become session tags, and one caller may hold tokens for
 * several tenants.
 */
function cacheKey({ token, ...identity }: ExchangeRequest): string {
  const proof = token === undefined ? null : createHash('sha256').update(token, 'utf8').digest('base64url');
  return JSON.stringify([identity, proof]);
}

function exchangeRequest(
  { method, sessionTags, durationSeconds }: Exchange,
  role: string,
  { claims, bearerToken }: StepContext,
): ExchangeRequest | undefined {
  const subject = claimText(claims, 'sub');
  if (subject === undefined) return undefined;
  const base = { role, sessionName: sessionName(subject), subject, durationSeconds };
  if (method === 'web-identity') {
    const token = bearerToken();
    return token === undefined ? undefined : { ...base, tags: {}, token };
  }
  const tags = Object.entries(sessionTags).map(([key, claim]) => [key, claimText(claims, claim)] as const);
  if (tags.some(([, value]) => value === undefined || !TAG_VALUE.test(value))) return undefined;
  return { ...base, tags: Object.fromEntries(tags) as { [key: string]: string } };
}

function claimText(claims: Claims | undefined, claim: string): string | undefined {
  const value = claims !== undefined && Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function sessionName(subject: string): string {
  return subject
    .replace(/[^\w+=,.@-]/g, '-')
    .slice(0, 64)
    .padEnd(2, '-');
}

/** Whoever gave them: a target must not get half of the credentials, or none, in a header that says otherwise. */
function isComplete(given: TemporaryCredentials | undefined): given is TemporaryCredentials {
  const { accessKeyId, secretAccessKey, sessionToken, expires } = given ?? {};
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  return (
    [accessKeyId, secretAccessKey, sessionToken].every(isText) && expires instanceof Date && !Number.isNaN(+expires)
  );
}

function asHeaders(
  { accessKeyId, secretAccessKey, sessionToken }: TemporaryCredentials,
  names: CredentialHeaders,
): Headers {
  if (names.authorizationScheme !== undefined) {
    const text = Buffer.from(JSON.stringify({ accessKeyId, secretAccessKey, sessionToken }), 'utf8').toString('base64');
    return { authorization: `${names.authorizationScheme} ${text}` };
  }
  const headers: Headers = {};
  if (names.accessKeyId !== undefined) headers[names.accessKeyId] = accessKeyId;
  if (names.secretAccessKey !== undefined) headers[names.secretAccessKey] = secretAccessKey;
  if (names.sessionToken !== undefined) headers[names.sessionToken] = sessionToken;
  return headers;
}

/** The step of a configuration. */
export const make: StepFactory<'token-exchange'> = (config) => tokenExchange(config);
