import { randomBytes } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ProofSecret } from '../dependencies';

/** The secret of an ARN, if there is one. The client is loaded when it is first needed: an engine needs none. */
export function proofSecret(arn: string | undefined): ProofSecret | undefined {
  return arn === undefined || arn === '' ? undefined : new StoredSecret(arn);
}

// Not in the bundle, see readObject.
const sdk = () => require('@aws-sdk/client-secrets-manager') as typeof import('@aws-sdk/client-secrets-manager');

/** A secret in AWS Secrets Manager, whose versions are told apart by its labels. */
class StoredSecret implements ProofSecret {
  private made: SecretsManagerClient | undefined;

  constructor(readonly arn: string) {}

  async values(): Promise<readonly string[]> {
    const labels = await this.labels();
    const [current, pending] = [labels.get('AWSCURRENT'), labels.get('AWSPENDING')];
    // A version that has become the current one may keep its label.
    const other = pending === undefined || pending === current ? labels.get('AWSPREVIOUS') : pending;
    const ids = [current, other].filter((id) => id !== undefined);
    const values = await Promise.all(ids.map((id) => this.value(id)));
    return values.filter((value) => value !== undefined);
  }

  async begin(versionId: string): Promise<void> {
    if ((await this.value(versionId)) !== undefined) return;
    await this.client.send(
      new (sdk().PutSecretValueCommand)({
        SecretId: this.arn,
        ClientRequestToken: versionId,
        SecretString: randomBytes(32).toString('hex'),
        VersionStages: ['AWSPENDING'],
      }),
    );
  }

  async finish(versionId: string): Promise<void> {
    const current = (await this.labels()).get('AWSCURRENT');
    if (current === versionId) return;
    await this.client.send(
      new (sdk().UpdateSecretVersionStageCommand)({
        SecretId: this.arn,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: versionId,
        RemoveFromVersionId: current,
      }),
    );
  }

  private get client(): SecretsManagerClient {
    this.made ??= new (sdk().SecretsManagerClient)({});
    return this.made;
  }

  /** Ids of versions by label. */
  private async labels(): Promise<ReadonlyMap<string, string>> {
    const answer = await this.client.send(new (sdk().DescribeSecretCommand)({ SecretId: this.arn }));
    const versions = Object.entries(answer.VersionIdsToStages ?? {});
    return new Map(versions.flatMap(([id, labels]) => labels.map((label) => [label, id] as const)));
  }

  /** Undefined for a version that does not exist, or that a rotation has begun and not filled. */
  private async value(versionId: string): Promise<string | undefined> {
    try {
      const command = new (sdk().GetSecretValueCommand)({ SecretId: this.arn, VersionId: versionId });
      return (await this.client.send(command)).SecretString;
    } catch (error) {
      if ((error as { name?: string }).name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }
}
