import * as iam from 'aws-cdk-lib/aws-iam';

export interface PolicyEngineRightsProps {
  /** ARN of the engine, or a pattern of it when it does not exist yet. */
  readonly engineArn: string;
  readonly ownsEngine: boolean;
  /** ARN pattern of the gateway. */
  readonly gatewayArn: string;
}

/** What the handlers of policy engine and policy set may do on the service. */
export function policyEngineStatements(props: PolicyEngineRightsProps): iam.PolicyStatement[] {
  const allow = (resources: string[], ...names: string[]): iam.PolicyStatement =>
    new iam.PolicyStatement({ actions: names.map((name) => `bedrock-agentcore:${name}`), resources });
  return [
    allow([props.engineArn], 'GetPolicyEngine'),
    allow([props.gatewayArn], 'InvokeGateway', 'ManageResourceScopedPolicy'),
  ];
}
