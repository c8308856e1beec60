import { Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TABLES } from '../../lambda/tools/lakehouse/data-model';

export interface LakeCatalogProps {
  readonly databaseName: string;
  readonly bucket: s3.IBucket;
}

/** The Glue database and its Iceberg tables. */
export class LakeCatalog extends Construct {
  readonly databaseName: string;
  readonly database: glue.CfnDatabase;
  readonly tables: glue.CfnTable[];

  constructor(scope: Construct, id: string, props: LakeCatalogProps) {
    super(scope, id);
    this.databaseName = props.databaseName;
    const catalogId = Stack.of(this).account;
    this.database = new glue.CfnDatabase(this, 'Database', {
      catalogId,
      databaseInput: {
        name: props.databaseName,
        description: 'Insurance claims and the sign-ins of those who work with them',
        // Nobody gets a new table by IAM alone, whatever the account's defaults are.
        createTableDefaultPermissions: [],
      },
    });
    this.tables = Object.entries(TABLES).map(([name, columns]) => {
      const table = new glue.CfnTable(this, `Table-${name}`, {
        catalogId,
        databaseName: props.databaseName,
        name,
        openTableFormatInput: {
          icebergInput: {
            metadataOperation: 'CREATE',
            version: '2',
            icebergTableInput: {
              location: props.bucket.s3UrlForObject(`warehouse/${name}`),
              schema: {
                type: 'struct',
                fields: Object.entries(columns).map(([column, type], index) => ({
                  id: index + 1,
                  name: column,
                  type,
                  required: false,
                })),
              },
            },
          },
        },
      });
      table.addResourceDependency(this.database);
      return table;
    });
  }
}
