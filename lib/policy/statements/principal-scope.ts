import { quote } from '../../contract/cedar-string';
import { IAM_ENTITY, OAUTH_USER } from '../../contract/claims';

/**
 * The callers that a statement applies to.
 *
 * @example
 * permit({
 *   principal: PrincipalScope.iamCaller('arn:aws:iam::111122223333:role/agent'),
 *   actions: [gateway.target('notes').tool('read_note')],
 * });
 */
export class PrincipalScope {
  /** Everyone with a token. */
  static oauthUsers(): PrincipalScope {
    return new PrincipalScope(`principal is ${OAUTH_USER}`);
  }

  /** The user whose token has this `sub`. */
  static oauthUser(sub: string): PrincipalScope {
    return new PrincipalScope(`principal == ${OAUTH_USER}::${quote(sub)}`);
  }

  /** Every caller with AWS credentials. */
  static iamCallers(): PrincipalScope {
    return new PrincipalScope(`principal is ${IAM_ENTITY}`);
  }

  /** The caller with this ARN; for an assumed role, without the session name. */
  static iamCaller(arn: string): PrincipalScope {
    return new PrincipalScope(`principal == ${IAM_ENTITY}::${quote(arn)}`);
  }

  private constructor(private readonly text: string) {}

  /** @internal */
  _render(): string {
    return this.text;
  }
}
