import { type DefaultStackSynthesizer, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lakeformation from 'aws-cdk-lib/aws-lakeformation';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../lib/index';

/** What the deployment may do, in the words of the API. */
export interface DeploymentGrant {
  readonly resource: { readonly [kind: string]: object };
  readonly permissions: readonly string[];
  /** Whether the deployment may pass them on. */
  readonly grantable?: boolean;
}

/**
 * An administrator of the lake of this stack's own: a role that gives the role of CloudFormation what this deployment needs, and takes it
 * back. As an administrator itself, the role with which CloudFormation deploys everything else could read every lake of the account.
 */
export class LakeAdministrator extends Construct {
  private readonly role: iam.Role;
  private readonly logGroup: LogGroup;
  private last: Construct;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { account } = Stack.of(this);
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    this.logGroup.grantWrite(this.role);
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['lakeformation:GrantPermissions', 'lakeformation:RevokePermissions'],
        resources: ['*'],
      }),
    );
    acknowledgeWildcard(this.role, '*', 'permissions of a lake have no ARN that IAM could name');
    this.last = new lakeformation.CfnDataLakeSettings(this, 'Settings', {
      admins: [{ dataLakePrincipalIdentifier: this.role.roleArn }],
      mutationType: 'APPEND',
    });
    this.last.node.addDependency(this.role);
  }

  /** Grants after everything that was granted before: the service refuses to change permissions twice at a time. */
  grant(id: string, { resource, permissions, grantable = false }: DeploymentGrant, ...after: Construct[]): Construct {
    const synthesizer = Stack.of(this).synthesizer as DefaultStackSynthesizer;
    const parameters = {
      Principal: { DataLakePrincipalIdentifier: Fn.sub(synthesizer.cloudFormationExecutionRoleArn) },
      Resource: resource,
      Permissions: permissions,
      PermissionsWithGrantOption: grantable ? permissions : [],
    };
    const service = 'LakeFormation';
    const grant = { service, action: 'grantPermissions', parameters, physicalResourceId: PhysicalResourceId.of(id) };
    // What is gone has no permissions left.
    const ignoreErrorCodesMatching = 'EntityNotFoundException|InvalidInputException';
    const made = new AwsCustomResource(this, id, {
      resourceType: 'Custom::LakePermission',
      role: this.role,
      logGroup: this.logGroup,
      installLatestAwsSdk: false,
      onCreate: grant,
      onUpdate: grant,
      onDelete: { service, action: 'revokePermissions', parameters, ignoreErrorCodesMatching },
    });
    made.node.addDependency(this.last, ...after);
    this.last = made;
    return made;
  }
}
