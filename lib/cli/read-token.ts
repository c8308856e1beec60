import type { JWTPayload } from 'jose';
import { type Claims, roundedClaim } from '../contract/claims';
import { GovernanceError } from '../diagnostics/governance-error';
import { readText } from './read-value';
import type { Terminal } from './terminal';

/**
 * The claims of a token in a file. Nothing about the token is verified, and the terminal says so. Throws `COMMAND_TOKEN_INVALID`, and
 * `COMMAND_NUMBER_ROUNDED` for a number that JavaScript does not keep.
 */
export async function readTokenClaims(terminal: Terminal, path: string, now: Date): Promise<Claims> {
  const claims = await decoded(path, (await readText(terminal, path)).trim());
  const name = roundedClaim(claims as Claims);
  if (name !== undefined) throw GovernanceError.of('COMMAND_NUMBER_ROUNDED', { what: path, name });
  const expired = claims.exp !== undefined && claims.exp * 1_000 <= now.getTime();
  const expiry = expired ? '; it has expired, and a gateway would refuse it' : '';
  terminal.err(`${path}: the token's claims as they are; signature, issuer and audience are not checked${expiry}\n`);
  return claims as Claims;
}

async function decoded(path: string, token: string): Promise<JWTPayload> {
  // Costs as much as two thirds of an empty process, and most callers are named by their claims.
  const { decodeJwt, errors } = await import('jose');
  try {
    return decodeJwt(token);
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) {
      throw GovernanceError.of('COMMAND_TOKEN_INVALID', { path });
    }
    throw error;
  }
}
