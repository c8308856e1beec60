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

  // Covers assumed.lake-administrator
  it('has an administrator of its own, which gives the deployment what it needs and nothing else', () => {
    const [settings] = Object.values(template.findResources('AWS::LakeFormation::DataLakeSettings'));
    const [administrator] = Object.keys(template.findResources('AWS::IAM::Role')).filter((id) =>
      /AdministratorRole/.test(id),
    );
    const identifier = { 'Fn::GetAtt': [administrator, 'Arn'] };
    expect(settings?.['Properties'].Admins).toEqual([{ DataLakePrincipalIdentifier: identifier }]);
    const grants = Object.values(template.findResources('Custom::LakePermission')).map(({ Properties }) =>
      ['Create', 'Update', 'Delete'].map((event) => callOf(Properties[event])),
    );
    for (const [created, updated, deleted] of grants) {
      expect([created?.action, updated, deleted?.action]).toEqual(['grantPermissions', created, 'revokePermissions']);
      expect(deleted?.parameters).toEqual(created?.parameters);
      expect(created?.parameters.Principal.DataLakePrincipalIdentifier).toMatch(/cfn-exec-role/);
    }
    const given = grants.map(([created]) => {
      const { Resource = {}, Permissions, PermissionsWithGrantOption } = created?.parameters ?? {};
      return [Object.keys(Resource)[0], Permissions, PermissionsWithGrantOption];
    });
    expect(given).toEqual([
      ['Catalog', ['CREATE_DATABASE'], []],
      ...Object.keys(TABLES).map(() => ['Table', ['SELECT'], ['SELECT']]),
      ['Database', ['DESCRIBE'], ['DESCRIBE']],
      ['DataLocation', ['DATA_LOCATION_ACCESS'], []],
    ]);
    template.resourcePropertiesCountIs(
      'AWS::IAM::Policy',
      {
        Roles: [{ Ref: administrator }],
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Action: ['lakeformation:GrantPermissions', 'lakeformation:RevokePermissions'] }),
          ]),
        },
      },
      1,
    );
  });

  it('makes Lake Formation govern before it permits anything', () => {
    const grants = Object.entries(template.findResources('Custom::LakePermission'));
    const passed = grants
      .filter(([, { Properties }]) => JSON.stringify(Properties).includes('SELECT'))
      .map(([id]) => id);
    expect(passed).toHaveLength(Object.keys(TABLES).length);
    const governing = [...passed, ...Object.keys(template.findResources('AWS::LakeFormation::Resource'))];
    // One after the other: the service refuses two changes of permissions at a time.
    const ids = grants.map(([id]) => id);
    const followers = grants.filter(([, { DependsOn }]) => (DependsOn as string[]).some((id) => ids.includes(id)));
    expect(followers).toHaveLength(ids.length - 1);
    const tables = Object.keys(template.findResources('AWS::Glue::Table'));
    for (const [id, { DependsOn }] of grants) {
      if (passed.includes(id)) expect(DependsOn).toEqual(expect.arrayContaining(tables));
    }
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

interface LakeCall {
  readonly action: string;
  readonly parameters: {
    readonly Principal: { readonly DataLakePrincipalIdentifier: string };
    readonly Resource: object;
    readonly Permissions: readonly string[];
    readonly PermissionsWithGrantOption: readonly string[];
  };
}

/** A call of the API in a custom resource, its tokens resolved to the text around them. */
function callOf(call: unknown): LakeCall {
  const text = JSON.stringify(call);
  const { 'Fn::Join': join } = call as { 'Fn::Join'?: [string, unknown[]] };
  const parts = join?.[1] ?? [JSON.parse(text)];
  return JSON.parse(
    parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replace(/"/g, "'"))).join(''),
  );
}
