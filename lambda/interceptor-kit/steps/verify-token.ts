import type { JWTVerifyGetKey } from 'jose';
import { deny, type Outcome, proceed } from '../chain/outcome';
import type { Step, StepContext } from '../chain/step';
import type { Call } from '../message/call';

export interface TokenVerification {
  /** Expected `iss`. */
  readonly issuer: string;
  /** Where the issuer publishes its keys. They are cached, and fetched again when an unknown key signs. */
  readonly jwksUri: string;
  /** Expected `aud`, any of them. @default - not checked */
  readonly audience?: readonly string[];
  /** Expected `client_id`, any of them; Cognito's access tokens carry it instead of `aud`. @default - not checked */
  readonly clients?: readonly string[];
  /** @default ['RS256'] */
  readonly algorithms?: readonly string[];
}

/** What the step reads from outside. Replaced in tests. */
export interface VerifyTokenEdges {
  /** @default - what the issuer publishes at `jwksUri` */
  readonly keys?: JWTVerifyGetKey;
}

/**
 * Verifies the token again, as defence in depth: the gateway has verified it already. For chains of a team's own; `jose` loads with the first
 * message.
 */
export function verifyToken(options: TokenVerification, edges: VerifyTokenEdges = {}): Step {
  let keys = edges.keys;

  async function request(_call: Call, context: StepContext): Promise<Outcome> {
    const token = context.bearerToken();
    if (token === undefined) return deny('unauthenticated');
    const { createRemoteJWKSet, jwtVerify } = await import('jose');
    keys ??= createRemoteJWKSet(new URL(options.jwksUri));
    const { issuer, audience, clients, algorithms = ['RS256'] } = options;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        algorithms: [...algorithms],
        currentDate: context.now,
        ...(audience === undefined ? {} : { audience: [...audience] }),
      });
      const client = payload['client_id'];
      if (clients !== undefined && !(typeof client === 'string' && clients.includes(client)))
        return deny('unauthenticated');
      return proceed();
    } catch (error) {
      context.log.warn('token not verified', { error, requestId: context.requestId });
      return deny('unauthenticated');
    }
  }

  return { name: 'verify-token', budgetMs: 3_000, request };
}
