import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { LakehouseData } from '../../bin/lakehouse/lakehouse-data';
import { GRANTS, GROUPS, TABLES } from '../../lambda/tools/lakehouse/data-model';

const stack = new Stack(new App(), 'Lake');
const data = new LakehouseData(stack, 'Data', { environment: 'test' });
const template = Template.fromStack(stack);

describe('the data side of the lakehouse', () => {
  it('keeps buckets encrypted, private, versioned, over TLS only', () => {
    const buckets = Object.values(template.findResources('AWS::S3::Bucket'));
    expect(buckets).toHaveLength(3);
    for (const { Properties, DeletionPolicy } of buckets) {
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Properties.PublicAccessBlockConfiguration).toMatchObject({
        BlockPublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
      expect(DeletionPolicy).toBe('Retain');
    }
    expect(buckets.filter(({ Properties }) => Properties.LoggingConfiguration)).toHaveLength(2);
    const policies = Object.values(template.findResources('AWS::S3::BucketPolicy'));
    for (const { Properties } of policies) {
      expect(JSON.stringify(Properties)).toContain('"aws:SecureTransport":"false"');
    }
  });

  it('makes Iceberg tables of the data model', () => {
    for (const [name, columns] of Object.entries(TABLES)) {
      template.hasResourceProperties('AWS::Glue::Table', {
        DatabaseName: 'lakehouse_test',
        Name: name,
        OpenTableFormatInput: {
          IcebergInput: {
            MetadataOperation: 'CREATE',
            Version: '2',
            IcebergTableInput: {
              Schema: {
                Fields: Object.entries(columns).map(([column, type], index) => ({
                  Id: index + 1,
                  Name: column,
                  Type: type,
                  Required: false,
                })),
              },
            },
          },
        },
      });
    }
  });

  it('lets nobody have new tables by IAM alone', () => {
    template.hasResourceProperties('AWS::Glue::Database', { DatabaseInput: { CreateTableDefaultPermissions: [] } });
    template.hasResourceProperties('AWS::LakeFormation::DataLakeSettings', { MutationType: 'APPEND' });
    template.hasResourceProperties('AWS::LakeFormation::Resource', { HybridAccessEnabled: false });
  });

  it('grants each group exactly the rows and columns of the data model', () => {
    const filters = Object.values(template.findResources('AWS::LakeFormation::DataCellsFilter'));
    expect(filters).toHaveLength(Object.values(GRANTS).flat().length);
    for (const group of GROUPS) {
      for (const { table, hiddenColumns, rows } of GRANTS[group]) {
        template.hasResourceProperties('AWS::LakeFormation::DataCellsFilter', {
          Name: Match.stringLikeRegexp(`^${group}_${table}_[0-9a-f]{8}$`),
          TableName: table,
          ColumnWildcard: { ExcludedColumnNames: hiddenColumns },
          RowFilter: rows === undefined ? { AllRowsWildcard: {} } : { FilterExpression: rows },
        });
        template.hasResourceProperties('AWS::LakeFormation::PrincipalPermissions', {
          Principal: {
            DataLakePrincipalIdentifier: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^Data${group}Role`), 'Arn'] },
          },
          Resource: { DataCellsFilter: { Name: Match.stringLikeRegexp(`^${group}_${table}_[0-9a-f]{8}$`) } },
          Permissions: ['SELECT'],
          PermissionsWithGrantOption: [],
        });
      }
    }
    const selects = template.findResources('AWS::LakeFormation::PrincipalPermissions', {
      Properties: { Permissions: ['SELECT'] },
    });
    expect(Object.keys(selects)).toHaveLength(filters.length);
  });

  it('makes Lake Formation govern before it permits anything', () => {
    const governing = [
      ...Object.keys(template.findResources('AWS::LakeFormation::DataLakeSettings')),
      ...Object.keys(template.findResources('AWS::LakeFormation::Resource')),
    ];
    for (const type of ['AWS::LakeFormation::PrincipalPermissions', 'AWS::LakeFormation::DataCellsFilter']) {
      for (const { DependsOn } of Object.values(template.findResources(type))) {
        expect(DependsOn).toEqual(expect.arrayContaining(governing));
      }
    }
  });

  it('lets the tools assume the role of a group only with a tag that says the same group', () => {
    for (const group of GROUPS) {
      template.hasResourceProperties('AWS::IAM::Role', {
        Description: `Reads the lake on behalf of ${group}`,
        AssumeRolePolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: Match.arrayWith(['sts:AssumeRole', 'sts:TagSession']),
              Condition: { StringEquals: { 'aws:RequestTag/caller_role': group } },
              Principal: { AWS: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DataToolRole'), 'Arn'] } },
            }),
          ]),
        },
      });
    }
  });

  it('gives the roles of groups no right on the tables\u2019 bucket', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    const tables = stack.getLogicalId(
      data.node.findChild('Storage').node.findChild('Tables').node.defaultChild as never,
    );
    for (const [id, { Properties }] of policies) {
      const mentions = JSON.stringify(Properties.PolicyDocument).includes(tables);
      expect(mentions, id).toBe(/LocationRole/.test(id));
    }
  });

  it('keeps the answers of a group in a folder of its own, encrypted, whatever a client asks for', () => {
    for (const group of GROUPS) {
      template.hasResourceProperties('AWS::Athena::WorkGroup', {
        Name: `lakehouse-test-${group}`,
        WorkGroupConfiguration: {
          EnforceWorkGroupConfiguration: true,
          ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
        },
      });
    }
  });

  it('tells the tools role and workgroup of every group', () => {
    const environment = data.toolEnvironment();
    const names = GROUPS.flatMap((group) => [`ROLE_${group}`, `WORKGROUP_${group}`]);
    expect(Object.keys(environment).sort()).toEqual(['DATABASE', ...names].sort());
  });
});
