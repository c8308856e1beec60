import type { Duration } from 'aws-cdk-lib';
import type { IdentityManifest } from '../../contract/manifest';

/** What a baseline knows of an identity that this app does not make. */
export interface AllowedIdentityOptions {
  /**
   * Lifetime of the issuer's access tokens.
   *
   * @default - nobody knows
   */
  readonly accessTokenLifetime?: Duration;
}

/**
 * An identity that a baseline allows.
 *
 * @example
 * GovernanceBaseline.of(app).add({
 *   name: 'acme',
 *   allowedIdentities: [AllowedIdentity.cognito(), AllowedIdentity.iam()],
 * });
 */
export class AllowedIdentity {
  /** A user pool that the gateway makes: `Identity.cognito`. */
  static cognito(): AllowedIdentity {
    return new AllowedIdentity('a user pool of its own', ({ kind }) => kind === 'cognito');
  }

  /** A user pool that exists: `Identity.fromUserPool`. */
  static existingUserPool(options: AllowedIdentityOptions = {}): AllowedIdentity {
    return new AllowedIdentity('an existing user pool', ({ kind }) => kind === 'existing-user-pool', options);
  }

  /** One issuer: `Identity.oidc` with exactly this discovery document. */
  static oidc(discoveryUrl: string, options: AllowedIdentityOptions = {}): AllowedIdentity {
    const isAllowed = (identity: IdentityManifest): boolean =>
      identity.kind === 'oidc' && identity.discoveryUrl === discoveryUrl;
    return new AllowedIdentity(`the issuer of ${discoveryUrl}`, isAllowed, options);
  }

  /** AWS credentials: `Identity.iam`. */
  static iam(): AllowedIdentity {
    return new AllowedIdentity('AWS credentials', ({ kind }) => kind === 'iam');
  }

  private constructor(
    /** @internal */
    readonly _name: string,
    /** @internal */
    readonly _allows: (identity: IdentityManifest) => boolean,
    private readonly options: AllowedIdentityOptions = {},
  ) {}

  /**
   * Seconds that a token of the issuer lives, as the baseline says.
   *
   * @internal
   */
  get _tokenSeconds(): number | undefined {
    return this.options.accessTokenLifetime?.toSeconds();
  }
}
