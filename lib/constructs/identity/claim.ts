import type { DeclaredClaim } from '../../contract/manifest';

/**
 * Where a claim of access tokens comes from. In Cedar each claim is a tag of the principal and always a String:
 * `principal.hasTag("department") && principal.getTag("department") == "finance"`.
 *
 * @example
 * Identity.cognito({
 *   claims: {
 *     department: Claim.fromAttribute('custom:department'),
 *     role: Claim.fromGroups({ managers: 'manager', adjusters: 'adjuster' }),
 *   },
 * });
 */
export class Claim {
  /**
   * The value of a user attribute, for example `custom:department`. Custom attributes are created on a pool of the library's own. Users
   * cannot write an attribute that a claim reads. `email` and `phone_number` count only when the pool has verified them.
   */
  static fromAttribute(attribute: string): Claim {
    return new Claim({ source: 'attribute', attribute, multiValued: false });
  }

  /** The value of the first of these groups, in this order, that the user is in. */
  static fromGroups(values: { readonly [group: string]: string }): Claim {
    return new Claim({ source: 'groups', values, multiValued: false });
  }

  /**
   * The values of all of these groups that the user is in, as an array. Its tag is JSON text, which a policy matches with quotes:
   * `principal.getTag("teams") like "*\"claims\"*"`.
   */
  static fromAllGroups(values: { readonly [group: string]: string }): Claim {
    return new Claim({ source: 'groups', values, multiValued: true });
  }

  /** A value for each client by its name: `people`, or the name of a machine client. It holds for tokens with and without a user. */
  static fromClient(values: { readonly [client: string]: string }): Claim {
    return new Claim({ source: 'client', values, multiValued: false });
  }

  /** A claim that the issuer already emits as a string, number or boolean. Only for issuers that this library does not configure. */
  static declared(): Claim {
    return new Claim({ source: 'declared', multiValued: false });
  }

  /** A claim that the issuer already emits as an array. Only for issuers that this library does not configure. */
  static declaredList(): Claim {
    return new Claim({ source: 'declared', multiValued: true });
  }

  private constructor(private readonly source: Omit<DeclaredClaim, 'name'>) {}

  /** The same claim, with a value for each machine client by name, since a token without a user has neither attributes nor groups. */
  withMachineValues(values: { readonly [client: string]: string }): Claim {
    return new Claim({ ...this.source, machineValues: values });
  }

  /**
   * The claim under its name, as data.
   *
   * @internal
   */
  _declaration(name: string): DeclaredClaim {
    return { name, ...this.source };
  }
}
