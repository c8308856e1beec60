import type * as jose from 'jose';
import type { Claims } from '../../contract/claims';
import { isJsonObject, type JsonObject } from '../../contract/json';

const ALGORITHM = 'RS256';

/** The key that signs local tokens. Made at start, never stored. */
export interface SigningKey {
  readonly jwks: { readonly keys: readonly JsonObject[] };
  sign(claims: JsonObject): Promise<string>;
  /** Claims of a token that this key signed, whatever they say; undefined for any other token. */
  verify(token: string): Promise<Claims | undefined>;
}

let key: Promise<SigningKey> | undefined;

/** The key of this process. Making one takes longer than everything else at start. */
export function signingKey(): Promise<SigningKey> {
  key ??= createSigningKey();
  return key;
}

async function createSigningKey(): Promise<SigningKey> {
  // An ECMAScript module only, which Jest does not `require`: a test that starts no emulator must be able to load this file.
  const library = await import('jose');
  const { exportJWK, generateKeyPair, SignJWT } = library;
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { modulusLength: 2048 });
  const kid = 'local-1';
  const jwk = { ...((await exportJWK(publicKey)) as JsonObject), kid, alg: ALGORITHM, use: 'sig' };
  return {
    jwks: { keys: [jwk] },
    verify: (token) => verifiedClaims(token, publicKey, library),
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' }).sign(privateKey),
  };
}

async function verifiedClaims(
  token: string,
  key: jose.CryptoKey,
  { compactVerify, errors }: typeof jose,
): Promise<Claims | undefined> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: [ALGORITHM] });
    const claims: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
    return isJsonObject(claims) ? claims : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
