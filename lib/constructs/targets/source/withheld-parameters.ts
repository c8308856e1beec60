/** Why a parameter of an HTTP API is no argument of its tool. */
export type Withheld = 'ignored' | 'reserved' | 'credential';

/** A parameter that is no argument of the tool, and why. */
export interface WithheldParameter {
  readonly name: string;
  readonly why: Withheld;
}

/** OpenAPI 3.0.4, section Parameter Object: definitions of these headers are ignored. */
const IGNORED = new Set(['accept', 'content-type']);

/** Headers that gateway and HTTP client set themselves. Source: developer guide, page gateway-headers (deny list). */
const RESERVED = new Set([
  ...['host', 'cookie', 'user-agent', 'origin', 'referer', 'content-length', 'content-encoding', 'transfer-encoding'],
  ...['connection', 'keep-alive', 'upgrade', 'te', 'trailer', 'via', 'forwarded', 'expect', 'set-cookie'],
]);

/** Credentials: the target's credential provider sends them, and what an agent fills in, somebody can talk it into. */
const CREDENTIALS =
  /^(?:(?:proxy-)?authorization|(?:x-)?(?:api|access|auth|session|security|subscription)[-_]?(?:key|token)|x-amz-security-token|ocp-apim-subscription-key|client[-_]?secret|password)$/;

/**
 * Whether an agent must not fill a parameter, and why. Cookies are never filled.
 *
 * @param place `header`, `query` or `cookie`; parameters of the path are always arguments
 */
export function withheld(place: string, name: string): Withheld | undefined {
  const plain = name.toLowerCase();
  if (place === 'path') return undefined;
  if (CREDENTIALS.test(plain)) return 'credential';
  if (place === 'cookie') return 'reserved';
  if (place !== 'header') return undefined;
  if (IGNORED.has(plain)) return 'ignored';
  return RESERVED.has(plain) || /^x-(?:amzn?-|forwarded-)/.test(plain) ? 'reserved' : undefined;
}
