import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Claim } from './claim';
import type { CustomClaim } from './custom-claim';
import type { TestUser } from './test-user';

/** What a gateway accepts from an existing Cognito user pool. */
export interface ExistingUserPoolOptions {
  /**
   * Clients whose tokens are accepted, by a name of your choice, which `Claim.fromClient` and the gateway manifest use.
   *
   * @default - any client of the pool, so that scopes or custom claims must be given
   */
  readonly clients?: { readonly [name: string]: cognito.IUserPoolClient };

  /**
   * Full names of the scopes of which a token needs one.
   *
   * @default - any scope will do
   */
  readonly allowedScopes?: string[];

  /**
   * Claims without which the gateway refuses a token, before any policy is asked.
   *
   * @default - none
   */
  readonly customClaims?: CustomClaim[];

  /**
   * Claims of access tokens beside Cognito's own. With `attachTrigger` they say where values come from; otherwise the pool emits them
   * already and they are `Claim.declared()` or `Claim.declaredList()`. Policies are checked against them.
   *
   * @default - Cognito's own claims only
   */
  readonly claims?: { readonly [name: string]: Claim };

  /**
   * Whether to add the pre-token-generation trigger, which puts `claims` into access tokens, to the pool. The pool must be created in this
   * app, on plan ESSENTIALS or PLUS, without such a trigger, and with the attributes that claims name; and its clients must not let users
   * write these attributes.
   *
   * @default false
   */
  readonly attachTrigger?: boolean;

  /**
   * Groups of the pool, for `Claim.fromGroups`, test users and the gateway manifest.
   *
   * @default - none
   */
  readonly groups?: string[];

  /**
   * Where clients get tokens, for the outputs.
   *
   * @default - clients find it in the discovery document
   */
  readonly tokenEndpointUrl?: string;

  /**
   * Users for the emulator and for tests, by user name. They are in no template.
   *
   * @default - none
   */
  readonly testUsers?: { readonly [username: string]: TestUser };
}
