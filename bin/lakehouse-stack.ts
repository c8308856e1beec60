import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { GROUPS } from '../lambda/tools/lakehouse/data-model';
import {
  type EnforcementMode,
  GovernedGateway,
  Identity,
  Observability,
  PolicyPack,
  PolicySource,
  Tools,
  TrustedField,
} from '../lib/index';
import { claimsSteps } from './lakehouse/claims-steps';
import { EXAMPLE_USERS } from './lakehouse/example-users';
import { LakehouseData } from './lakehouse/lakehouse-data';

export interface LakehouseStackProps extends StackProps {
  readonly environment: string;
  readonly mode: EnforcementMode;
  /** Whether tests may sign users in with a password, as `governed-gateway verify` does with a deployed gateway. */
  readonly testSignIn: boolean;
  /** Whether log, traces, alarms and dashboard are made. */
  readonly observed: boolean;
}

/** Arguments and results that nobody may read in the log. */
const MASKED_FIELDS = ['claimant_email', 'claimant_phone', 'bank_account', 'fraud_score', 'adjuster_notes'];

/**
 * Insurance claims for agents. Policies decide who may call which tool; the interceptor looks up where the caller is and fills in who it is;
 * the tools query the lake under the role of the caller's group; and the RESPONSE interceptor checks rows and columns once more.
 */
export class LakehouseStack extends Stack {
  constructor(scope: Construct, id: string, props: LakehouseStackProps) {
    super(scope, id, props);
    const data = new LakehouseData(this, 'Data', { environment: props.environment });
    const geographies = new dynamodb.TableV2(this, 'Geographies', {
      partitionKey: { name: 'username', type: dynamodb.AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });

    const gateway = new GovernedGateway(this, 'Gateway', {
      mode: props.mode,
      description: 'Insurance claims',
      identity: Identity.cognito({
        groups: [...GROUPS],
        people: { adminPasswordSignIn: props.testSignIn },
        signInAliases: { username: true },
        testUsers: EXAMPLE_USERS,
      }),
      targets: {
        lakehouse: Tools.fromTypeScript('lambda/tools/lakehouse/index.ts', {
          description: 'Queries over claims and sign-ins',
          role: data.toolRole,
          // Athena takes its time with a first statement.
          timeout: Duration.minutes(1),
          environment: data.toolEnvironment(),
        }),
      },
      trustedContext: {
        caller_id: TrustedField.fromClaim('username'),
        caller_role: TrustedField.fromClaimChoice(
          'cognito:groups',
          GROUPS.map((group) => ({ includes: group, value: group })),
        ),
        geography: TrustedField.fromTable(geographies, {
          keyClaim: 'username',
          keyAttribute: 'username',
          valueAttribute: 'geography',
          seed: Object.entries(EXAMPLE_USERS).flatMap(([username, { geography }]) =>
            geography === undefined ? [] : [{ username, geography }],
          ),
        }),
      },
      steps: claimsSteps(),
      policies: [
        PolicySource.fromDirectory('policies/lakehouse'),
        // Who signed in, when and from where is personal data of every user.
        PolicyPack.groups({ administrators: ['lakehouse___query_login_audit'] }, { id: 'login-audit' }),
        PolicyPack.trustedGeography({
          id: 'served-geographies',
          tools: ['lakehouse'],
          field: 'geography',
          geographies: ['US', 'CA', 'UK', 'EU'],
        }),
      ],
      observability: props.observed ? Observability.standard({ maskedFields: MASKED_FIELDS }) : undefined,
      local: { sql: data.local('policies/lakehouse/local') },
    });
    Validations.of(gateway).acknowledge({
      id: 'governed-gateway::OBSERVABILITY_TRANSACTION_SEARCH',
      reason: 'a setting of the account, which docs/operations.md asks for before the first deployment',
    });
  }
}
