import type * as iam from 'aws-cdk-lib/aws-iam';

/** A table of the local query engine. */
export interface LocalSqlTable {
  readonly name: string;
  /** Rows: a CSV file with a header line, or a JSON file with an array of objects. Relative to the app's directory. */
  readonly file: string;
  /** Types by column, in order, as in Athena: string, bigint, int, double, decimal(p,s), boolean, date, timestamp. */
  readonly columns: { readonly [column: string]: string };
}

/** What a role may read of a table in local runs. */
export interface LocalSqlGrant {
  readonly table: string;
  /**
   * Columns that the role sees.
   *
   * @default - all columns
   */
  readonly columns?: string[];
  /**
   * SQL condition on the table's columns. `$tag(name)` stands for the session tag of that name.
   *
   * @default - all rows
   */
  readonly rowFilter?: string;
  /**
   * SQL expressions by column, which the role reads in place of the column's value.
   *
   * @default - no masks
   */
  readonly masks?: { readonly [column: string]: string };
}

/** A role that tools assume to query under the caller's permissions. */
export interface LocalSqlRole {
  readonly role: iam.IRole;
  /**
   * Name of the role, where the template fixes one.
   *
   * @default - its logical id
   */
  readonly roleName?: string;
  readonly grants: LocalSqlGrant[];
}

/** Stands in for Athena and Lake Formation in local runs. */
export interface LocalSql {
  /** Name of the Glue database that statements name. */
  readonly database: string;
  readonly tables: LocalSqlTable[];
  readonly roles: LocalSqlRole[];
}

/** What the emulator needs to run the application and the cloud does not. Goes into the gateway manifest, never into the template. */
export interface LocalOptions {
  /**
   * The local query engine.
   *
   * @default - none
   */
  readonly sql?: LocalSql;
  /**
   * Values of resources that function environments name by reference and that have no stand-in of their own, by logical id or
   * `<logical id>.<attribute>`.
   *
   * @default - the logical id itself
   */
  readonly values?: { readonly [reference: string]: string };
}
