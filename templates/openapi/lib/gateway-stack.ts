import { Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EnforcementMode, GovernedGateway, Identity, PolicySource, Tools } from 'governed-gateway';

/** A gateway whose tools are governed by the policies in `policies/`. */
export class GatewayStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const gateway = new GovernedGateway(this, 'Gateway', {
      mode: EnforcementMode.ENFORCE,
      identity: Identity.cognito({
        groups: ['writers'],
        // Users of the emulator and of policy tests. They are not deployed.
        testUsers: { ann: { groups: ['writers'] }, ben: {} },
      }),
      targets: {
        '{{target}}': Tools.fromOpenApi('apis/{{document}}', {
          // `classes` overrules what methods and extensions say of operations.{{options}}
        }),
      },
      policies: [PolicySource.fromDirectory('policies')],
    });
    Validations.of(gateway).acknowledge({
      id: 'governed-gateway::POLICY_TOOL_UNREACHABLE',
      reason: 'what destroys, or is not known to be harmless, is for nobody until somebody has looked at it',
    });
  }
}
