import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GRANTS, GROUPS, readableColumns, TABLES } from '../../lambda/tools/lakehouse/data-model';
import type { LocalSql } from '../../lib/index';
import { GroupAccess } from './group-access';
import { LakeCatalog } from './lake-catalog';
import { LakePermissions } from './lake-permissions';
import { LakeStorage } from './lake-storage';

export interface LakehouseDataProps {
  /** Part of the names of database and workgroups, which are unique in an account. */
  readonly environment: string;
}

/** The data side: buckets, Iceberg tables, a role and a workgroup per group, and the permissions of Lake Formation between them. */
export class LakehouseData extends Construct {
  /** Execution role of the tools. It may assume the groups' roles, and reads no data itself. */
  readonly toolRole: iam.Role;

  private readonly databaseName: string;
  private readonly groups: GroupAccess[];

  constructor(scope: Construct, id: string, props: LakehouseDataProps) {
    super(scope, id);
    this.databaseName = `lakehouse_${props.environment}`;
    const storage = new LakeStorage(this, 'Storage');
    const catalog = new LakeCatalog(this, 'Catalog', { databaseName: this.databaseName, bucket: storage.tables });
    this.toolRole = new iam.Role(this, 'ToolRole', {
      description: 'Runs the lakehouse tools',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.groups = GROUPS.map(
      (group) =>
        new GroupAccess(this, group, {
          group,
          toolRole: this.toolRole,
          databaseName: this.databaseName,
          tableNames: GRANTS[group].map(({ table }) => table),
          results: storage.results,
          workgroupName: `lakehouse-${props.environment}-${group}`,
        }),
    );
    new LakePermissions(this, 'Permissions', { catalog, bucket: storage.tables, groups: this.groups });
  }

  /** What the tools must know to work for a group. */
  toolEnvironment(): { [name: string]: string } {
    return Object.assign(
      { DATABASE: this.databaseName },
      ...this.groups.map(({ group, role, workgroupName }) => ({
        [`ROLE_${group}`]: role.roleArn,
        [`WORKGROUP_${group}`]: workgroupName,
      })),
    ) as { [name: string]: string };
  }

  /** The same tables and permissions for the local engine, with the example rows of a folder. */
  local(folder: string): LocalSql {
    return {
      database: this.databaseName,
      tables: Object.entries(TABLES).map(([name, columns]) => ({ name, columns, file: `${folder}/${name}.csv` })),
      roles: this.groups.map(({ group, role }) => ({
        role,
        grants: GRANTS[group].map(({ table, rows }) => ({
          table,
          columns: readableColumns(group, table),
          rowFilter: rows,
        })),
      })),
    };
  }
}
