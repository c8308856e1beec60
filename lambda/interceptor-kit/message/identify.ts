import type { Claims } from '../../../lib/contract/claims';
import { isDiscoveryMethod } from '../../../lib/contract/interceptor-payload';
import { isJsonObject } from '../../../lib/contract/json';
import type { InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import type { RequestHeaders } from './request-headers';

/** Who sent a message. */
export type Identification =
  | { readonly kind: 'caller'; readonly claims: Claims | undefined; readonly token: string | undefined }
  /** The service's own call while it validates policies: a discovery message without bearer token. */
  | { readonly kind: 'probe' }
  | { readonly kind: 'unknown' };

const BEARER = /^bearer +([\w-]+\.([\w-]+)\.[\w-]*)$/i;

/** The service signs its own calls with SigV4, which a JWT gateway never takes from outside. */
const SIGNED = /^AWS4-HMAC-SHA256 /;

/**
 * Tells who sent a message. On a JWT gateway the token was verified before any interceptor ran, so that its claims are read, not
 * verified again; on any other gateway a bearer token was verified by nobody and is ignored.
 *
 * The only passage without a token is a discovery method on a JWT gateway whose headers are at hand (see `DISCOVERY_METHODS`):
 * a caller from outside who has no token was refused before, so only the service's own probes get here.
 *
 * @param method undefined for a message that cannot be read, whose sender is known all the same
 */
export function identify(
  authorization: InterceptorConfig['authorization'],
  headers: RequestHeaders,
  method: string | undefined,
): Identification {
  if (authorization !== 'jwt') return { kind: 'caller', claims: undefined, token: undefined };
  const [value, ...others] = headers.values('authorization');
  if (!headers.present || others.length > 0) return { kind: 'unknown' };
  if (value === undefined || SIGNED.test(value)) {
    return { kind: method !== undefined && isDiscoveryMethod(method) ? 'probe' : 'unknown' };
  }
  const [, token, payload] = BEARER.exec(value) ?? [];
  const claims = payload === undefined ? undefined : decodeClaims(payload);
  return claims === undefined ? { kind: 'unknown' } : { kind: 'caller', claims, token };
}

function decodeClaims(payload: string): Claims | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (!isJsonObject(claims) || !Object.hasOwn(claims, 'sub')) return undefined;
    return typeof claims['sub'] === 'string' && claims['sub'] !== '' ? claims : undefined;
  } catch {
    return undefined;
  }
}
