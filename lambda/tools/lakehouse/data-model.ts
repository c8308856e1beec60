// What the lake holds and who may read it, said once: the stack turns it into Glue tables and Lake Formation permissions, the tools into
// SELECT lists, and local runs into the permissions of the embedded query engine.

/** Groups of users, the most powerful first: a caller in several works as the first. */
export const GROUPS = ['administrators', 'adjusters', 'policyholders'] as const;

export type Group = (typeof GROUPS)[number];

export type TableName = 'claims' | 'login_audit';

/** Columns by table, in order, with their types in Athena. */
export const TABLES: { readonly [table in TableName]: { readonly [column: string]: string } } = {
  claims: {
    claim_id: 'string',
    policy_number: 'string',
    user_id: 'string',
    claim_type: 'string',
    status: 'string',
    claim_amount: 'decimal(12,2)',
    approved_amount: 'decimal(12,2)',
    incident_date: 'date',
    submitted_on: 'date',
    region: 'string',
    description: 'string',
    adjuster_id: 'string',
    claimant_name: 'string',
    claimant_email: 'string',
    claimant_phone: 'string',
    bank_account: 'string',
    fraud_score: 'double',
    adjuster_notes: 'string',
    sealed: 'boolean',
  },
  login_audit: {
    event_id: 'string',
    event_time: 'timestamp',
    username: 'string',
    outcome: 'string',
    source_ip: 'string',
    country: 'string',
    client: 'string',
  },
};

/** What the role of a group may read of a table. A table without a grant does not exist for the role. */
export interface TableGrant {
  readonly table: TableName;
  /** Columns that the role does not see. */
  readonly hiddenColumns: readonly string[];
  /**
   * Rows that exist for the role: a condition in the words that Lake Formation's row filters, Athena and the local engine share.
   * Lake Formation cannot compare a row with who is asking, so "own rows" is the business of tools and interceptor.
   *
   * @default - all rows
   */
  readonly rows?: string;
}

export const GRANTS: { readonly [group in Group]: readonly TableGrant[] } = {
  administrators: [
    { table: 'claims', hiddenColumns: [] },
    { table: 'login_audit', hiddenColumns: [] },
  ],
  // Payment is another department's work, and sealed claims are the fraud desk's.
  adjusters: [{ table: 'claims', hiddenColumns: ['bank_account', 'sealed'], rows: 'sealed = false' }],
  policyholders: [
    { table: 'claims', hiddenColumns: ['fraud_score', 'adjuster_notes', 'sealed'], rows: 'sealed = false' },
  ],
};

/** Column of `claims` that says whose row it is for callers of a group; administrators have no rows of their own, they see all. */
export const OWNER_COLUMN: { readonly [group in Group]?: string } = {
  adjusters: 'adjuster_id',
  policyholders: 'user_id',
};

/** Columns of a table that a group may read, in order; none when the group may not read the table. */
export function readableColumns(group: Group, table: TableName): string[] {
  const grant = GRANTS[group].find((candidate) => candidate.table === table);
  if (grant === undefined) return [];
  return Object.keys(TABLES[table]).filter((column) => !grant.hiddenColumns.includes(column));
}

export const CLAIM_STATUSES = ['submitted', 'under_review', 'approved', 'denied', 'paid'] as const;
export const CLAIM_TYPES = ['auto', 'home', 'health', 'travel'] as const;
export const LOGIN_OUTCOMES = ['success', 'failure', 'locked'] as const;
