import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lakeformation from 'aws-cdk-lib/aws-lakeformation';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { GRANTS, TABLES, type TableGrant } from '../../lambda/tools/lakehouse/data-model';
import { acknowledgeWildcard } from '../../lib/index';
import type { GroupAccess } from './group-access';
import { LakeAdministrator } from './lake-administrator';
import type { LakeCatalog } from './lake-catalog';

export interface LakePermissionsProps {
  readonly catalog: LakeCatalog;
  readonly bucket: s3.IBucket;
  readonly groups: readonly GroupAccess[];
}

/**
 * Lets Lake Formation govern the tables: it holds the only key to their bucket, and gives each group's role the rows and columns that the
 * data model grants, with a data cells filter per table.
 */
export class LakePermissions extends Construct {
  private readonly catalogId: string;
  private readonly databaseName: string;
  private readonly governed: Construct[];

  constructor(scope: Construct, id: string, props: LakePermissionsProps) {
    super(scope, id);
    this.catalogId = Stack.of(this).account;
    this.databaseName = props.catalog.databaseName;
    this.governed = this.govern(props);
    for (const { group, role } of props.groups) {
      const database = { catalogId: this.catalogId, name: this.databaseName };
      this.permit(`${group}-database`, role, { database }, 'DESCRIBE');
      for (const grant of GRANTS[group]) {
        const filter = this.filter(`${group}-${grant.table}`, grant);
        const dataCellsFilter = {
          tableCatalogId: this.catalogId,
          databaseName: this.databaseName,
          tableName: grant.table,
          name: filter.name,
        };
        this.permit(`${group}-${grant.table}`, role, { dataCellsFilter }, 'SELECT').addResourceDependency(filter);
      }
    }
  }

  /** What must be done before groups get rights: the deployment may pass on what it grants, and Lake Formation holds the key. */
  private govern({ catalog, bucket }: LakePermissionsProps): Construct[] {
    const { catalogId, databaseName } = this;
    const administrator = new LakeAdministrator(this, 'Administrator');
    // Where IAM alone permits nothing by default, whoever creates a database needs the right to.
    const creation = { resource: { Catalog: {} }, permissions: ['CREATE_DATABASE'] };
    catalog.database.node.addDependency(administrator.grant('CreateDatabase', creation));
    const location = this.location(bucket, catalog);
    // From now on, a change of a table is one of data at a location that Lake Formation governs.
    const warehouse = { CatalogId: catalogId, ResourceArn: bucket.arnForObjects('warehouse') };
    const change = { resource: { DataLocation: warehouse }, permissions: ['DATA_LOCATION_ACCESS'] };
    const database = {
      resource: { Database: { CatalogId: catalogId, Name: databaseName } },
      permissions: ['DESCRIBE'],
    };
    const tables = Object.keys(TABLES).map((name) => {
      const table = { CatalogId: catalogId, DatabaseName: databaseName, Name: name };
      const passed = { resource: { Table: table }, permissions: ['SELECT'], grantable: true };
      return administrator.grant(`PassOn-${name}`, passed, ...catalog.tables);
    });
    return [
      location,
      ...tables,
      administrator.grant('PassOn-database', { ...database, grantable: true }),
      administrator.grant('ChangeTables', change, location),
    ];
  }

  /** From here on the bucket's tables are read with credentials that Lake Formation gives out, and only with those. */
  private location(bucket: s3.IBucket, catalog: LakeCatalog): Construct {
    const stack = Stack.of(this);
    const role = new iam.Role(this, 'LocationRole', {
      description: 'Reads the tables on behalf of whom Lake Formation permits',
      assumedBy: new iam.ServicePrincipal('lakeformation.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    const files = bucket.arnForObjects('warehouse/*');
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [files] }),
    );
    acknowledgeWildcard(role, files, 'the files of the tables, whose names Iceberg makes up');
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': ['warehouse/*'] } },
      }),
    );
    const location = new lakeformation.CfnResource(this, 'Location', {
      resourceArn: bucket.arnForObjects('warehouse'),
      roleArn: role.roleArn,
      useServiceLinkedRole: false,
      hybridAccessEnabled: false,
    });
    location.node.addDependency(role, ...catalog.tables);
    return location;
  }

  /** CloudFormation replaces a filter for any change, and makes the new one first: so the name tells one content from another. */
  private filter(name: string, grant: TableGrant): lakeformation.CfnDataCellsFilter {
    const { table, hiddenColumns, rows } = grant;
    const content = createHash('sha256').update(JSON.stringify(grant)).digest('hex').slice(0, 8);
    const filter = new lakeformation.CfnDataCellsFilter(this, `Filter-${name}`, {
      tableCatalogId: this.catalogId,
      databaseName: this.databaseName,
      tableName: table,
      name: `${name.replace('-', '_')}_${content}`,
      columnWildcard: { excludedColumnNames: [...hiddenColumns] },
      rowFilter: rows === undefined ? { allRowsWildcard: {} } : { filterExpression: rows },
    });
    filter.node.addDependency(...this.governed);
    return filter;
  }

  private permit(
    id: string,
    role: iam.IRole,
    resource: lakeformation.CfnPrincipalPermissions.ResourceProperty,
    permission: 'DESCRIBE' | 'SELECT',
  ): lakeformation.CfnPrincipalPermissions {
    const permissions = new lakeformation.CfnPrincipalPermissions(this, `Permit-${id}`, {
      catalog: this.catalogId,
      principal: { dataLakePrincipalIdentifier: role.roleArn },
      resource,
      permissions: [permission],
      permissionsWithGrantOption: [],
    });
    permissions.node.addDependency(...this.governed);
    return permissions;
  }
}
