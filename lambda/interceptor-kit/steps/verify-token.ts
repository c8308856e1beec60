import type { JsonObject } from '../../../lib/contract/json';
import { deny, proceed, type StepOutcome } from '../chain/outcome';
import type { Step, StepContext } from '../chain/step';
import type { Call } from '../message/call';
import { makeAtFirstUse } from '../sdk/make-at-first-use';

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
export interface VerifyTokenDependencies {
  /** JSON Web Keys of the issuer. @default - what it publishes at `jwksUri` */
  readonly keys?: readonly JsonObject[];
}

/**
 * Verifies the token again, as defence in depth: the gateway has verified it already. For chains of a team's own; `jose` loads with the first
 * message.
 */
export function verifyToken(options: TokenVerification, dependencies: VerifyTokenDependencies = {}): Step {
  const keys = makeAtFirstUse(() => keysOf(options, dependencies));

  async function request(_call: Call, context: StepContext): Promise<StepOutcome> {
    const token = context.bearerToken();
    if (token === undefined) return deny('unauthenticated');
    const { jwtVerify } = await import('jose');
    const { issuer, audience, clients, algorithms = ['RS256'] } = options;
    try {
      const { payload } = await jwtVerify(token, await keys(), {
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

async function keysOf({ jwksUri }: TokenVerification, { keys }: VerifyTokenDependencies) {
  const { createLocalJWKSet, createRemoteJWKSet } = await import('jose');
  return keys === undefined ? createRemoteJWKSet(new URL(jwksUri)) : createLocalJWKSet({ keys: [...keys] });
}
