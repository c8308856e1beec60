import type { ProofSecret } from '../../../lambda/policy-engine/dependencies';

/** A secret of AWS Secrets Manager in memory: versions by id, and labels that move as the service moves them. */
export class MemorySecret implements ProofSecret {
  readonly arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:Proof-abcdef';
  readonly versions = new Map<string, string>([['first', 'value-first']]);
  readonly labels = new Map<string, string>([['AWSCURRENT', 'first']]);

  async values(): Promise<string[]> {
    const [current, pending] = [this.labels.get('AWSCURRENT'), this.labels.get('AWSPENDING')];
    const other = pending === undefined || pending === current ? this.labels.get('AWSPREVIOUS') : pending;
    return [current, other].flatMap((id) => this.versions.get(id ?? '') ?? []);
  }

  async begin(versionId: string): Promise<void> {
    if (this.versions.has(versionId)) return;
    this.versions.set(versionId, `value-${versionId}`);
    this.labels.set('AWSPENDING', versionId);
  }

  async finish(versionId: string): Promise<void> {
    const current = this.labels.get('AWSCURRENT') ?? '';
    if (current === versionId) return;
    this.labels.set('AWSCURRENT', versionId).set('AWSPREVIOUS', current);
  }

  /** What the interceptors read. */
  get current(): string {
    return this.versions.get(this.labels.get('AWSCURRENT') ?? '') ?? '';
  }
}
