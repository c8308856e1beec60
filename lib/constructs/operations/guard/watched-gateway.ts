import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IGovernedGateway } from '../../i-governed-gateway';

/** What a guard has to know of the gateway that it watches, which is made by the same stack. */
export interface WatchedGateway {
  readonly gateway: IGovernedGateway;
  readonly gatewayLogicalId: string;
  readonly role: iam.IRole;
  readonly policyEngineArn: string;
  /** Key of the engine, with which its policies are read. */
  readonly engineKey: kms.IKey | undefined;
  /** Logical id of the policy set: a token. */
  readonly setLogicalId: string;
  /** Bucket of the policy set documents: a token. */
  readonly documentBucket: string;
  /** Topics of whom the gateway's observability tells. */
  readonly told: readonly sns.ITopic[];
  /** ARN pattern of the documents. */
  readonly documents: string;
}
