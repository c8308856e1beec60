import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { BoundIdentity, IdentityBinder, IdentityContext } from './bound-identity';
import { cognitoIdentity } from './cognito-identity';
import type { CognitoIdentityOptions } from './cognito-options';
import { existingUserPoolIdentity } from './existing-user-pool';
import type { ExistingUserPoolOptions } from './existing-user-pool-options';
import { iamIdentity } from './iam-identity';
import { type OidcIdentityOptions, oidcIdentity } from './oidc-identity';
import { withoutAuthorization } from './without-authorization';

export type { BoundIdentity, IdentityContext } from './bound-identity';

/**
 * Who may call a gateway, and what policies know about the caller.
 *
 * Each gateway that is given an identity makes its own resources from it. Gateways that are to share a user pool take
 * {@link Identity.fromUserPool}.
 *
 * @example
 * new GovernedGateway(this, 'Gateway', {
 *   mode: EnforcementMode.ENFORCE,
 *   identity: Identity.cognito({ groups: ['adjusters'], claims: { team: Claim.fromGroups({ adjusters: 'claims' }) } }),
 * });
 */
export class Identity {
  /**
   * A Cognito user pool of the gateway's own: groups, scopes, sign-in pages, a client for people and one for machines.
   *
   * Callers send the **access token**. Its declared claims and Cognito's own become String tags of an `AgentCore::OAuthUser` whose id is `sub`.
   *
   * @param options what differs from the defaults
   */
  static cognito(options: CognitoIdentityOptions = {}): Identity {
    return new Identity('jwt', cognitoIdentity(options));
  }

  /**
   * An existing Cognito user pool. It stays as it is, unless `attachTrigger` adds a trigger.
   *
   * Callers send the **access token**. Its claims become String tags of an `AgentCore::OAuthUser` whose id is `sub`.
   *
   * @param userPool the pool, imported or of this app
   * @param options which of its clients and scopes are accepted, and what its tokens carry
   */
  static fromUserPool(userPool: cognito.IUserPool, options: ExistingUserPoolOptions): Identity {
    return new Identity('jwt', existingUserPoolIdentity(userPool, options));
  }

  /**
   * Any issuer of JSON Web Tokens with OpenID Connect discovery. At least one of clients, audiences, scopes and custom claims is required;
   * what is given must hold together.
   *
   * The claims of the token that callers send become String tags of an `AgentCore::OAuthUser` whose id is `sub`.
   *
   * @param options the issuer, what is accepted and what its tokens carry
   */
  static oidc(options: OidcIdentityOptions): Identity {
    return new Identity('jwt', oidcIdentity(options));
  }

  /**
   * AWS credentials: callers sign with Signature Version 4 and need `bedrock-agentcore:InvokeGateway`, see `grantInvoke`.
   *
   * There is no token. Callers are `AgentCore::IamEntity` with their ARN, without session name, as id and without tags.
   */
  static iam(): Identity {
    return new Identity('iam', iamIdentity());
  }

  /**
   * No authorization: anybody who can reach the gateway's URL may call. Policies see an `AgentCore::UnauthenticatedUser` without id and tags.
   *
   * @param reason why that is right here, for reviewers; it is kept in the gateway manifest and shown at synth
   */
  static dangerouslyWithoutAuthorization(reason: string): Identity {
    return new Identity('none', withoutAuthorization(reason));
  }

  private constructor(
    /** @internal */
    readonly _authorization: BoundIdentity['authorization'],
    private readonly binder: IdentityBinder,
  ) {}

  /**
   * Makes what the identity consists of, below a construct named `Identity`.
   *
   * @internal
   */
  _bind(scope: Construct, context: IdentityContext): BoundIdentity {
    return this.binder(scope, context);
  }
}
