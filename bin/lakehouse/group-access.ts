import { Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Group } from '../../lambda/tools/lakehouse/data-model';
import { acknowledgeWildcard } from '../../lib/index';

export interface GroupAccessProps {
  readonly group: Group;
  /** Role of the function that works for members of the group. */
  readonly toolRole: iam.IRole;
  readonly databaseName: string;
  readonly tableNames: readonly string[];
  readonly results: s3.IBucket;
  readonly workgroupName: string;
}

/** As whom and where the statements of one group run: a role without any data of its own, and a workgroup with a results folder of its own. */
export class GroupAccess extends Construct {
  readonly group: Group;
  readonly role: iam.Role;
  readonly workgroupName: string;

  constructor(scope: Construct, id: string, props: GroupAccessProps) {
    super(scope, id);
    const { group, results, workgroupName } = props;
    this.group = group;
    this.workgroupName = workgroupName;
    new athena.CfnWorkGroup(this, 'Workgroup', {
      name: workgroupName,
      description: `Statements on behalf of ${group}`,
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        // Clients cannot choose another place or no encryption.
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: 1024 ** 3,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: results.s3UrlForObject(`${group}/`),
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
          expectedBucketOwner: Stack.of(this).account,
        },
      },
    });
    this.role = new iam.Role(this, 'Role', {
      description: `Reads the lake on behalf of ${group}`,
      // Only for the tools, and only with a tag that says the same group: a mistaken choice of role is refused by STS.
      assumedBy: new iam.ArnPrincipal(props.toolRole.roleArn)
        .withConditions({ StringEquals: { 'aws:RequestTag/caller_role': group } })
        .withSessionTags(),
    });
    props.toolRole.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [this.role.roleArn] }),
    );
    this.allowQueries(props);
    this.allowResults(results);
  }

  private allowQueries({ databaseName, tableNames, workgroupName }: GroupAccessProps): void {
    const stack = Stack.of(this);
    const arn = (service: string, resource: string): string =>
      `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: [
          'athena:StartQueryExecution',
          'athena:StopQueryExecution',
          'athena:GetQueryExecution',
          'athena:GetQueryResults',
        ],
        resources: [arn('athena', `workgroup/${workgroupName}`)],
      }),
    );
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['glue:GetDatabase', 'glue:GetTable'],
        resources: [
          arn('glue', 'catalog'),
          // Athena looks for it whatever the statement. Source: Athena user guide, page fine-grained-access-to-glue-resources.
          arn('glue', 'database/default'),
          arn('glue', `database/${databaseName}`),
          ...tableNames.map((table) => arn('glue', `table/${databaseName}/${table}`)),
        ],
      }),
    );
    this.role.addToPolicy(new iam.PolicyStatement({ actions: ['lakeformation:GetDataAccess'], resources: ['*'] }));
    acknowledgeWildcard(
      this.role,
      '*',
      'GetDataAccess knows no resources; it gives credentials for no more than Lake Formation permits the role',
    );
  }

  private allowResults(results: s3.IBucket): void {
    const answers = results.arnForObjects(`${this.group}/*`);
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        resources: [answers],
      }),
    );
    acknowledgeWildcard(this.role, answers, "the answers of the group's own workgroup, whose names Athena makes up");
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [results.bucketArn] }),
    );
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [results.bucketArn],
        conditions: { StringLike: { 's3:prefix': [`${this.group}/*`] } },
      }),
    );
  }
}
