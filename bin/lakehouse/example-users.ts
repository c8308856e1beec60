import type { Group } from '../../lambda/tools/lakehouse/data-model';

interface ExampleUser {
  readonly groups: Group[];
  /** Absent: nobody has said where the user works from. */
  readonly geography?: string;
}

/** People for local runs and tests, by user name. Their claims are in `policies/lakehouse/local/claims.csv`. */
export const EXAMPLE_USERS: { readonly [username: string]: ExampleUser } = {
  policyholder001: { groups: ['policyholders'], geography: 'US' },
  policyholder002: { groups: ['policyholders'], geography: 'CA' },
  policyholder003: { groups: ['policyholders'], geography: 'EU' },
  policyholder004: { groups: ['policyholders'], geography: 'RESTRICTED' },
  policyholder005: { groups: ['policyholders'] },
  adjuster001: { groups: ['adjusters'], geography: 'US' },
  adjuster002: { groups: ['adjusters'], geography: 'UK' },
  adjuster003: { groups: ['adjusters'], geography: 'EU' },
  admin001: { groups: ['administrators'], geography: 'US' },
  admin002: { groups: ['administrators'], geography: 'RESTRICTED' },
  // A code that no policy names.
  admin003: { groups: ['administrators'], geography: 'XX' },
  // In two groups that exclude each other.
  adjuster004: { groups: ['adjusters', 'policyholders'], geography: 'US' },
  // Signed in, and in no group at all.
  visitor001: { groups: [], geography: 'US' },
};
