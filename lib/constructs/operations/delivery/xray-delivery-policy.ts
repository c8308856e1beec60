import { ArnFormat, Lazy, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as xray from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';

const ID = 'GovernedGatewayTraces';

/**
 * Lets CloudWatch Logs write the spans of some gateways to X-Ray. One per stack, because an account has five such policies.
 * Source: AgentCore developer guide, page observability-configure; the L2 of AgentCore runtimes writes the same.
 */
export class XRayDeliveryPolicy extends Construct {
  /** The policy of a stack; made at first use. */
  static of(scope: Construct): XRayDeliveryPolicy {
    const stack = Stack.of(scope);
    const existing = stack.node.tryFindChild(ID);
    return existing instanceof XRayDeliveryPolicy ? existing : new XRayDeliveryPolicy(stack, ID);
  }

  private readonly gatewayArns: string[] = [];

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    new xray.CfnResourcePolicy(this, 'Resource', {
      policyName: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      policyDocument: Lazy.string({ produce: () => Stack.of(this).toJsonString(this.document().toJSON()) }),
    });
  }

  /** Adds the spans of one gateway. */
  allow(gatewayArn: string): void {
    this.gatewayArns.push(gatewayArn);
  }

  private document(): iam.PolicyDocument {
    const stack = Stack.of(this);
    const sources = stack.formatArn({
      service: 'logs',
      resource: 'delivery-source',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const statement = new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['xray:PutTraceSegments'],
      // X-Ray's traces have no ARN.
      resources: ['*'],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': sources },
        'ForAllValues:ArnLike': { 'logs:LogGeneratingResourceArns': this.gatewayArns },
      },
    });
    return new iam.PolicyDocument({ statements: [statement] });
  }
}
