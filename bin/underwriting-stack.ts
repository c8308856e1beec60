import { type CfnElement, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import {
  Claim,
  type EnforcementMode,
  GovernedGateway,
  Identity,
  Observability,
  PolicySource,
  Steps,
  Tools,
} from '../lib/index';

export interface UnderwritingStackProps extends StackProps {
  readonly mode: EnforcementMode;
  /** Whether tests may sign users in with a password, as `governed-gateway verify` does with a deployed gateway. */
  readonly testSignIn: boolean;
  /** Whether log, traces, alarms and dashboard are made. */
  readonly observed: boolean;
}

/** Insurance applications for agents: small ones may be created, finance may assess the risk, and nobody but people approves. */
export class UnderwritingStack extends Stack {
  constructor(scope: Construct, id: string, props: UnderwritingStackProps) {
    super(scope, id, props);
    const applications = new dynamodb.TableV2(this, 'Applications', {
      partitionKey: { name: 'application_id', type: dynamodb.AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });

    const gateway = new GovernedGateway(this, 'Gateway', {
      mode: props.mode,
      description: 'Insurance applications',
      identity: Identity.cognito({
        people: { adminPasswordSignIn: props.testSignIn },
        signInAliases: { username: true },
        claims: { department: Claim.fromAttribute('custom:department') },
        testUsers: {
          finance001: { attributes: { 'custom:department': 'finance' } },
          sales001: { attributes: { 'custom:department': 'sales' } },
          newcomer001: {},
        },
      }),
      targets: {
        underwriting: Tools.fromTypeScript('lambda/tools/underwriting/index.ts', {
          description: 'Applications and their risk',
          environment: { APPLICATIONS_TABLE: applications.tableName },
        }),
      },
      // What policies read of each call, so that changed policies can be tried on calls that were made.
      steps: [Steps.decisionRecord()],
      policies: [PolicySource.fromDirectory('policies/underwriting')],
      observability: props.observed ? Observability.standard() : undefined,
      local: { values: { [this.getLogicalId(applications.node.defaultChild as CfnElement)]: 'in-memory' } },
    });
    Validations.of(gateway).acknowledge(
      {
        id: 'governed-gateway::POLICY_TOOL_UNREACHABLE',
        reason: 'approve_application is for people: the tool exists, and no policy permits it to an agent',
      },
      {
        id: 'governed-gateway::OBSERVABILITY_TRANSACTION_SEARCH',
        reason: 'a setting of the account, which docs/operations.md asks for before the first deployment',
      },
    );
    applications.grant(gateway.target('underwriting'), 'dynamodb:GetItem', 'dynamodb:PutItem');
  }
}
