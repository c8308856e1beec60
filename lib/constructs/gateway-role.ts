import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { gatewayArnPattern, policyEngineArnPatterns } from './arns';

export interface GatewayRoleProps {
  readonly gatewayName: string;
  /** With which the names of the engines begin that are made for the gateway. */
  readonly engineFamily: string;
  /** ARN of an engine that exists already, in place of the gateway's own. */
  readonly policyEngineArn: string | undefined;
  readonly encryptionKey: kms.IKey | undefined;
}

/**
 * The gateway's execution role. What the gateway needs at its own creation is a policy of its own, `attachment`, which names engine and
 * gateway by pattern; grants for tools and interceptors go to the role's default policy, on which targets depend and the
 * gateway does not. So a function may carry the gateway's URL in its environment without a cycle.
 */
export class GatewayRole extends Construct {
  readonly role: iam.Role;
  /** What must be in force before engine and gateway are created. */
  readonly attachment: iam.Policy;

  constructor(scope: Construct, id: string, props: GatewayRoleProps) {
    super(scope, id);
    const gatewayArn = gatewayArnPattern(this, props.gatewayName);
    const { policyEngineArn, engineFamily } = props;
    const engineArns = policyEngineArn ? [policyEngineArn] : policyEngineArnPatterns(this, engineFamily);
    this.role = new iam.Role(this, 'Resource', {
      description: `Execution role of gateway ${props.gatewayName}`,
      assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnLike: { 'aws:SourceArn': gatewayArn },
        },
      }),
    });
    this.attachment = new iam.Policy(this, 'Attachment', { roles: [this.role] });
    this.attachment.addStatements(
      new iam.PolicyStatement({ actions: ['bedrock-agentcore:GetPolicyEngine'], resources: engineArns }),
      new iam.PolicyStatement({
        actions: ['bedrock-agentcore:AuthorizeAction', 'bedrock-agentcore:PartiallyAuthorizeActions'],
        resources: [...engineArns, gatewayArn],
      }),
    );
    if (props.encryptionKey) this.allowKey(props.encryptionKey);
  }

  private allowKey(key: kms.IKey): void {
    const actions = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:CreateGrant'];
    this.attachment.addStatements(new iam.PolicyStatement({ actions, resources: [key.keyArn] }));
  }
}
