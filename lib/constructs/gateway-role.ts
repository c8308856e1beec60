import { Stack, Token } from 'aws-cdk-lib';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './findings/acknowledge';
import { grantsOnKey, useOfKey } from './functions/key-access';
import { attachmentCheckArn, gatewayArnPattern, policyEngineArnPatterns, policyEngineIdPatterns } from './names/arns';

export interface GatewayRoleProps {
  readonly gatewayName: string;
  /** Beginning of the names of the gateway's policy engines. */
  readonly engineFamily: string;
  /** An engine that exists already, in place of the gateway's own. */
  readonly existingEngine: agentcore.IPolicyEngine | undefined;
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
    const { existingEngine, engineFamily, encryptionKey } = props;
    const engineArns = existingEngine ? [existingEngine.policyEngineArn] : policyEngineArnPatterns(this, engineFamily);
    const engineIds = existingEngine ? [existingEngine.policyEngineId] : policyEngineIdPatterns(engineFamily);
    const checks = engineIds.map((id) => attachmentCheckArn(this, id));
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
      new iam.PolicyStatement({ actions: ['bedrock-agentcore:CheckAuthorizePermissions'], resources: checks }),
    );
    for (const check of checks)
      acknowledgeWildcard(this, check, 'the attachment of the one engine, to whichever gateway');
    if (Token.isUnresolved(props.gatewayName)) {
      acknowledgeWildcard(this, gatewayArn, 'the name of the gateway is only known when the stack is deployed');
    }
    if (encryptionKey) this.attachment.addStatements(useOfKey(encryptionKey), grantsOnKey(encryptionKey));
    if (existingEngine?.kmsKey) this.attachment.addStatements(useOfKey(existingEngine.kmsKey));
  }
}
